"""A WebSocket and Socket.IO client of the standard library alone, for tests that send what no library would send."""

from __future__ import annotations

import base64
import json
import os
import socket
import time
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Closed(Exception):
    """The server has closed; `code` is what its close frame said, None without one."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class RawSocket:
    """One connection. `handshake=False` leaves the upgrade to the test."""

    def __init__(
        self, url: str, *, headers: dict[str, str] | None = None, handshake: bool = True, receive_buffer: int = 0
    ) -> None:
        parts = urlsplit(url)
        self.host = parts.netloc
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(10)
        self.buffer = b""
        try:
            self.socket.connect((parts.hostname or "127.0.0.1", parts.port or 80))
            status, _ = self.handshake(headers) if handshake else (101, "")
            assert status == 101, status
        except BaseException:
            self.socket.close()
            raise

    def __enter__(self) -> RawSocket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def handshake(self, headers: dict[str, str] | None = None, query: str = "") -> tuple[int, str]:
        """Ask for the upgrade; the status and the head of the answer. A header set to "" is left out."""
        sent = {
            "Host": self.host, "Origin": f"http://{self.host}", "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), "Sec-WebSocket-Version": "13",
        } | (headers or {})  # fmt: skip
        lines = [f"{name}: {value}" for name, value in sent.items() if value]
        head = [f"GET /socket.io/?EIO=4&transport=websocket{query} HTTP/1.1", *lines, "", ""]
        self.socket.sendall("\r\n".join(head).encode())
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self._more()
        answer, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        return int(answer.split()[1]), answer.decode()

    def frame(self, payload: bytes, *, opcode: int = TEXT, head: int = 0x80, length: int | None = None) -> None:
        """Send a frame; `head` carries FIN and the reserved bits, `length` may lie."""
        size, mask = len(payload) if length is None else length, os.urandom(4)
        start = bytes([head | opcode, 0x80 | size]) if size < 126 else (
            bytes([head | opcode, 0xFE]) + size.to_bytes(2, "big") if size < 65536
            else bytes([head | opcode, 0xFF]) + size.to_bytes(8, "big")
        )  # fmt: skip
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
        self.socket.sendall(start + mask + masked)

    def say(self, message: str) -> None:
        self.frame(message.encode())

    def receive(self, timeout: float = 5.0) -> tuple[int, bytes]:
        """The next frame: opcode and payload. Raises `Closed`, `TimeoutError`, or fails if it is no frame."""
        ends = time.monotonic() + timeout
        while (found := self._parse()) is None:
            self.socket.settimeout(max(0.001, ends - time.monotonic()))
            self.buffer += self._more()
        opcode, payload = found
        if opcode == CLOSE:
            raise Closed(int.from_bytes(payload[:2], "big") if payload else None)
        return opcode, payload

    def hear(self, timeout: float = 5.0) -> str:
        """The next message; Engine.IO pings are answered on the way."""
        while True:
            opcode, payload = self.receive(timeout)
            if opcode == TEXT and payload == b"2":
                self.say("3")
            elif opcode == TEXT:
                return payload.decode()

    def join(self, namespace: str, auth: dict[str, Any] | None = None) -> str:
        """Engine.IO's opening, then Socket.IO's connect; the answer, `40…` when let in and `44…` when not."""
        assert self.hear().startswith("0{")
        self.say(f"40{namespace},{json.dumps(auth) if auth is not None else ''}")
        return self.hear()

    def event(self, timeout: float = 5.0) -> tuple[str, dict[str, Any]]:
        """The next Socket.IO event: name and data."""
        while True:
            message = self.hear(timeout)
            if message.startswith("42"):
                name, data = json.loads(message[message.index("[") :])
                return name, data

    def _parse(self) -> tuple[int, bytes] | None:
        data = self.buffer
        if len(data) < 2:
            return None
        assert data[0] in {0x80 | code for code in (TEXT, CLOSE, PING, PONG)}, f"not the start of a frame: {data[:4]!r}"
        size, start = data[1], 2
        if size > 125:
            start = 4 if size == 126 else 10
            size = int.from_bytes(data[2:start], "big")
        if len(data) < start + size:
            return None
        self.buffer = data[start + size :]
        return data[0] & 15, data[start : start + size]

    def _more(self) -> bytes:
        try:
            more = self.socket.recv(65536)
        except ConnectionError:
            more = b""
        if not more:
            raise Closed(None)
        return more
