"""WebSocket and Engine.IO as a phone speaks them: bytes to send, and a parser for what comes, without any library."""

from __future__ import annotations

MASK = b"\x11\x22\x33\x44"
PONG = b"3"


def frame(payload: bytes, head: int = 0x81) -> bytes:
    """A masked frame, as every client must send."""
    length = len(payload)
    mask = (MASK * (length // 4 + 1))[:length]
    masked = (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(length, "big")
    size = bytes((head, 0x80 | length)) if length < 126 else bytes((head, 0xFE)) + length.to_bytes(2, "big")
    return size + MASK + masked


def plain_frame(payload: bytes) -> bytes:
    """A frame as a server sends it."""
    length = len(payload)
    if length < 126:
        return bytes((0x81, length)) + payload
    if length < 65536:
        return b"\x81\x7e" + length.to_bytes(2, "big") + payload
    return b"\x81\x7f" + length.to_bytes(8, "big") + payload


def parsed(data: bytes, start: int) -> tuple[int, bytes, int] | None:
    """Opcode and payload of the unmasked frame at `start`, and where the next begins; None until all of it is there."""
    room = len(data) - start
    if room < 2:
        return None
    length, head = data[start + 1], 2
    if length == 126:
        if room < 4:
            return None
        length, head = int.from_bytes(data[start + 2 : start + 4], "big"), 4
    elif length == 127:
        if room < 10:
            return None
        length, head = int.from_bytes(data[start + 2 : start + 10], "big"), 10
    end = start + head + length
    return (data[start] & 15, data[start + head : end], end) if room >= head + length else None


def handshake(host: str, cookie: str) -> bytes:
    """The request that turns a connection into a phone's socket."""
    lines = (
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        *([f"Cookie: {cookie}"] if cookie else []),
    )
    return "\r\n".join((*lines, "", "")).encode()


def post(host: str, path: str, body: bytes, cookie: str = "", kind: str = "application/x-www-form-urlencoded") -> bytes:
    """A POST as our scripts send it."""
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        "Accept: text/html-fragment",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *([f"Cookie: {cookie}"] if cookie else []),
    )
    return "\r\n".join((*lines, "", "")).encode() + body


def get(host: str, path: str, cookie: str = "") -> bytes:
    """A GET that keeps its connection."""
    lines = (f"GET {path} HTTP/1.1", f"Host: {host}", *([f"Cookie: {cookie}"] if cookie else []))
    return "\r\n".join((*lines, "", "")).encode()
