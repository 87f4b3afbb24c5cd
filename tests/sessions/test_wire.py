"""The websocket: frames as the protocol has them, and nothing that is not."""

from __future__ import annotations

import os
from typing import Any

import pytest

from sessions import frames, packets
from sessions.driver import accept
from sessions.frames import Broken
from sessions.wire import Wire

LIMIT = packets.LONGEST


def client_frame(
    payload: bytes, opcode: int = frames.TEXT, first: int | None = None, length: int | None = None
) -> bytes:
    size, mask = len(payload) if length is None else length, os.urandom(4)
    head = bytes([0x80 | opcode if first is None else first])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 1 << 16:
        head += bytes([0xFE]) + size.to_bytes(2, "big")
    else:
        head += bytes([0xFF]) + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))


class Queue(list[Any]):
    """The packets that are the writer's."""

    put = list.append

    def qsize(self) -> int:
        return len(self)


class Socket:
    """A connection that gives what it was given, in pieces, and takes `room` bytes before it is full."""

    def __init__(self, incoming: bytes = b"", *, room: int = 1 << 20, piece: int = 4096) -> None:
        self.incoming, self.room, self.piece = incoming, room, piece
        self.sent = b""
        self.shut: list[int] = []

    def setsockopt(self, *args: int) -> None: ...

    def settimeout(self, seconds: float | None) -> None: ...

    def shutdown(self, how: int) -> None:
        self.shut.append(how)

    def recv(self, size: int) -> bytes:
        size = min(size, self.piece)
        piece, self.incoming = self.incoming[:size], self.incoming[size:]
        return piece

    def send(self, data: bytes, flags: int, timeout: float) -> int:
        if not self.room:
            raise BlockingIOError
        taken = data[: self.room]
        self.sent += taken
        self.room -= len(taken)
        return len(taken)

    def sendall(self, data: bytes) -> None:
        self.sent += data


def wire(incoming: bytes = b"", alive: Any = lambda: None, **options: Any) -> tuple[Wire, Socket, Queue]:
    connection, queue = Socket(incoming, **options), Queue()
    return Wire(connection, queue, alive), connection, queue


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 4095, LIMIT])
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_a_frame_is_read_whole_however_it_arrives(size: int, piece: int) -> None:
    payload = os.urandom(size // 2).hex().encode().ljust(size, b"x")
    data = client_frame(payload)
    for end in range(0, len(data), max(1, len(data) // 50) if piece > 1 else 997):
        assert frames.parse(data[:end], LIMIT) is None
    found = frames.parse(data + b"next", LIMIT)
    assert found == (frames.Frame(True, frames.TEXT, payload), b"next")


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_what_a_server_writes_is_unmasked_and_says_its_length(size: int) -> None:
    frame = frames.text("x" * size)
    head = 2 if size < 126 else 4 if size < 65536 else 10
    assert frame[0] == 0x81
    assert frame[1] < 0x80
    assert len(frame) == head + size


def test_a_message_in_fragments_with_a_ping_between_them() -> None:
    parts = (
        client_frame(b"40/ph", first=frames.TEXT),
        client_frame(b"still there?", frames.PING),
        client_frame(b"one,", first=0x80),
    )
    socket_wire, connection, _ = wire(b"".join(parts), piece=3)
    assert socket_wire.wait() == "40/phone,"
    assert connection.sent == b"\x8a\x0cstill there?"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (client_frame(b"x" * (LIMIT + 1)), 1009),
        (client_frame(b"", length=40_000_000)[:10], 1009),
        (client_frame(b"", length=1 << 62)[:10], 1009),
        (client_frame(b"x" * LIMIT, first=frames.TEXT) + client_frame(b"x", first=0x80), 1009),
        (client_frame(b"x", first=0xC1), 1002),
        (client_frame(b"x", first=0x83), 1002),
        (client_frame(b"x", first=0x80), 1002),
        (client_frame(b"4", first=frames.TEXT) + client_frame(b"0"), 1002),
        (client_frame(b"x" * 126, frames.PING), 1002),
        (client_frame(b"x", first=frames.PING), 1002),
        (b"\x81\x02hi", 1002),
        (client_frame(b"\xff\xfe"), 1007),
        (client_frame("\ud800".encode("utf-8", "surrogatepass")), 1007),
        (client_frame(b"\x00\x01", frames.BINARY), 1003),
        (client_frame(b"nonsense"), 1008),
        (client_frame(b"\x03\xe8", frames.CLOSE), 1000),
        (client_frame(b"", frames.CLOSE), 1000),
        (client_frame(b"\x03", frames.CLOSE), 1002),
        (client_frame(b"\x03\xed", frames.CLOSE), 1002),
        (client_frame(b"\x03\xe8\xff", frames.CLOSE), 1007),
        (client_frame(b"3") * 70, 1008),
    ],
    ids=[
        "a byte too long", "40 MB announced", "an absurd length", "too long in fragments", "compressed",
        "unknown opcode",
        "an end without a beginning", "a beginning without an end", "a long ping", "a ping in fragments", "not masked",
        "not UTF-8", "half a surrogate pair", "binary", "not a packet", "closing", "closing without a code",
        "half a close code", "a code that is never sent", "a reason that is not UTF-8", "too many messages",
    ],
)  # fmt: skip
def test_it_closes_with_the_code_that_says_why(data: bytes, code: int) -> None:
    socket_wire, connection, _ = wire(data)
    while socket_wire.wait() is not None:
        pass
    socket_wire.close()
    assert connection.sent[-4:] == b"\x88\x02" + code.to_bytes(2, "big")


def test_a_length_that_is_too_long_is_refused_before_its_content_has_come() -> None:
    with pytest.raises(Broken):
        frames.parse(client_frame(b"", length=LIMIT + 1)[:4], LIMIT)


def test_what_does_not_fit_is_finished_before_anything_else_begins() -> None:
    socket_wire, connection, queue = wire(room=10)
    first, second = frames.text("a" * 50), frames.text("b" * 50)
    assert socket_wire.offer(first)
    assert not socket_wire.offer(second), "a frame began inside another"
    connection.room = 1 << 20
    assert not socket_wire.offer(second), "a frame overtook the rest of another"
    socket_wire.send(queue.pop(0).encode())
    assert socket_wire.offer(second)
    assert connection.sent == first + second


def test_a_full_socket_takes_nothing_and_says_so() -> None:
    socket_wire, connection, queue = wire(room=0)
    assert not socket_wire.offer(frames.text("a"))
    assert (connection.sent, queue) == (b"", [])


def test_a_pong_waits_for_the_frame_that_has_begun() -> None:
    socket_wire, connection, queue = wire(client_frame(b"!", frames.PING) + client_frame(b"40"), room=10)
    region = frames.text("a" * 50)
    socket_wire.offer(region)
    assert socket_wire.wait() == "40"
    connection.room = 1 << 20
    while queue:
        socket_wire.send(queue.pop(0).encode())
    assert connection.sent == region + b"\x8a\x01!"


def test_nothing_is_written_after_goodbye() -> None:
    socket_wire, connection, _ = wire()
    assert socket_wire.wait() is None
    socket_wire.close()
    before = connection.sent
    with pytest.raises(BrokenPipeError):
        socket_wire.send("2")
    assert connection.sent == before


@pytest.mark.parametrize(
    "message",
    ["3", "2probe", "5", "1", "40", "40/phone", "40/phone,", '40/screen,{"token":"x"}', "41/phone,", "40/phone,{}"],
)
def test_what_a_client_of_ours_says_is_let_through(message: str) -> None:
    assert packets.admit(message)


@pytest.mark.parametrize(
    "message",
    ['42["connect"]', '42/phone,["disconnect"]', '42/phone,17["x",NaN,1e400]', '42["x",' + "[" * 9000, '42["a"'],
)
def test_events_are_dropped_unread(message: str) -> None:
    assert not packets.admit(message)


@pytest.mark.parametrize(
    "message",
    [
        "", "x", "4", "4" + "[" * 15000, "42{}", "42", "42[1]", "42" + "9" * 5000 + '["x"]', "43[1]", '451-["x"]',
        "40" + "[" * 15000, '40/phone,{"a":{"b":1}}', '40/phone,{"a":}', "40/phone,{" + '"' * 600 + "}", "44", "b4AAA",
        "0{}", "2", "٣", "40/phone,٣", "45", "9",
    ],
)  # fmt: skip
def test_what_no_client_says_is_malformed(message: str) -> None:
    with pytest.raises(packets.Malformed):
        packets.admit(message)


def test_the_answer_to_a_handshake_is_the_one_of_the_standard() -> None:
    environ = {"HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==", "HTTP_SEC_WEBSOCKET_VERSION": "13"}
    assert accept(environ) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.mark.parametrize(
    "change",
    [{"HTTP_SEC_WEBSOCKET_KEY": "short"}, {"HTTP_SEC_WEBSOCKET_VERSION": "8"}, {"HTTP_SEC_WEBSOCKET_KEY": "é" * 24}],
)
def test_a_handshake_that_is_not_one_has_no_answer(change: dict[str, str]) -> None:
    environ = {"HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==", "HTTP_SEC_WEBSOCKET_VERSION": "13"}
    assert accept(environ | change) is None
