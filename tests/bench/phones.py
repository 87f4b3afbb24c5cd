"""A phone's socket as an asyncio protocol, a few hundred bytes each: thousands are held from one core."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.bench import wire

Heard = Callable[[float, bytes], None]
"""Told of each event that comes down: when, and its bytes."""

CONNECTS_WITHIN = 60.0


class Socket(asyncio.Protocol):
    """One Socket.IO client in one namespace; answers pings by itself."""

    __slots__ = ("_buffer", "_heard", "_hello", "_joined", "_pong", "_request", "_transport", "_up", "lost")

    def __init__(self, request: bytes, namespace: str, auth: str, heard: Heard) -> None:
        self._request, self._heard = request, heard
        self._hello = wire.frame(f"40{namespace},{auth}".encode())
        self._pong = wire.frame(wire.PONG)
        self._buffer = b""
        self._up = self.lost = False
        self._joined: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(cls, port: int, cookie: str, heard: Heard, namespace: str = "/phone", auth: str = "") -> Socket:
        """Connected and let in; raises `ConnectionError` when it is refused."""
        request = wire.handshake(f"127.0.0.1:{port}", cookie)
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: cls(request, namespace, auth, heard), "127.0.0.1", port)
        await asyncio.wait_for(socket._joined, CONNECTS_WITHIN)
        return socket

    def cut(self) -> None:
        """Gone without a word, as a phone out of reach is."""
        self._transport.abort()

    # ---------- asyncio ----------

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(self._request)

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        if not self._joined.done():
            self._joined.set_exception(error or ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        if self._buffer:
            data, self._buffer = self._buffer + data, b""
        start = 0 if self._up else self._upgraded(data)
        while self._up and (found := wire.parsed(data, start)) is not None:
            opcode, payload, start = found
            if opcode == 1:
                self._message(payload)
            else:
                self._transport.close()
        self._buffer = data[start:]

    def _upgraded(self, data: bytes) -> int:
        """Where frames begin; everything waits until the answer to the handshake is whole."""
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        if not data.startswith(b"HTTP/1.1 101"):
            self._refuse(data[:120])
            return len(data)
        self._up = True
        return end + 4

    def _message(self, payload: bytes) -> None:
        if payload.startswith(b"42"):
            self._heard(time.perf_counter(), payload)
        elif payload == b"2":
            self._transport.write(self._pong)
        elif payload.startswith(b"0{"):
            self._transport.write(self._hello)
        elif payload.startswith(b"40") and not self._joined.done():
            self._joined.set_result(None)
        elif payload.startswith(b"44"):
            self._refuse(payload)

    def _refuse(self, why: bytes) -> None:
        if not self._joined.done():
            self._joined.set_exception(ConnectionRefusedError(why))
        self._transport.close()
