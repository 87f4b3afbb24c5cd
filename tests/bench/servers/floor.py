"""The floor: no library at all. uvloop sockets, canned answers, one frame encoded by hand and written to everybody."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import uvloop

from tests.bench.wire import plain_frame

UPGRADED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)
OPEN = plain_frame(b'0{"sid":"s","upgrades":[],"pingInterval":600000,"pingTimeout":60000,"maxPayload":1000000}')
JOINED = plain_frame(b'40/phone,{"sid":"s"}')
phones: set[asyncio.Transport] = set()


class Connection(asyncio.Protocol):
    """A phone, or whoever posts."""

    def connection_made(self, transport: Any) -> None:
        self.transport, self.got = transport, b""

    def data_received(self, data: bytes) -> None:
        if self.transport in phones:
            return
        self.got += data
        head, _, body = self.got.partition(b"\r\n\r\n")
        if head.startswith(b"GET"):
            if self.got.count(b"\r\n\r\n") == 1 and not body:
                self.transport.write(UPGRADED + OPEN)
            else:
                self.transport.write(JOINED)
                phones.add(self.transport)
        elif len(body) >= int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0] or 0):
            self.got = b""
            message = plain_frame(b'42/phone,["swap",' + body + b"]")
            for phone in phones:
                phone.write(message)
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    def connection_lost(self, error: Exception | None) -> None:
        phones.discard(self.transport)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
