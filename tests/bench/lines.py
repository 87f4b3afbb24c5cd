"""A kept HTTP connection: one request after another, bytes in and bytes out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

LONGEST_SECONDS = 60.0


@dataclass(frozen=True)
class Reply:
    """What came back, unparsed but for its status."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> str:
        """The first header of this name, in any case; empty where there is none."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.lower() == name.lower():
                return value.strip().decode()
        return ""


class Line(asyncio.Protocol):
    """`ask` one request at a time."""

    __slots__ = ("_got", "_transport", "_waiting")

    def __init__(self) -> None:
        self._got = b""
        self._waiting: asyncio.Future[Reply] | None = None

    @classmethod
    async def to(cls, port: int) -> Line:
        _, line = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return line

    async def ask(self, request: bytes) -> Reply:
        """Raises `ConnectionError` when the server hangs up first."""
        self._waiting = asyncio.get_running_loop().create_future()
        if self._transport.is_closing():
            raise ConnectionResetError
        self._transport.write(request)
        return await asyncio.wait_for(self._waiting, LONGEST_SECONDS)

    def close(self) -> None:
        self._transport.abort()

    # ---------- asyncio ----------

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._got[:end]
        reply = Reply(int(head[9:12]), head, self._got[end + 4 :])
        whole = reply.status in (204, 304) or len(reply.body) >= int(reply.header(b"content-length") or 0)
        if whole and self._waiting and not self._waiting.done():
            self._got = b""
            self._waiting.set_result(reply)

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error or ConnectionResetError())
