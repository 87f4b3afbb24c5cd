"""A phone's websocket under gevent, which engineio reads from and writes to, and which the fan-out writes to directly.

Two greenlets use one: engineio's reader waits for messages, its writer empties the phone's queue. What begins on the
socket is finished before anything else begins, or the stream of a phone that stopped reading would be corrupt.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Any, Protocol

import gevent

from sessions import frames, packets
from sessions.buckets import TokenBucket
from sessions.frames import Broken
from sessions.packets import Down, Ready

KERNEL_BYTES = 65_536
"""Send buffer: what lies in it cannot be taken back, so a slow phone must not have megabytes of old regions there."""
FAREWELL_SECONDS = 1.0
PATIENCE_SECONDS = 25.0
"""For one message to a phone that hardly reads, although it answers pings."""


class Queue(Protocol):
    """Packets that a phone's writer sends in turn."""

    def put(self, packet: Any) -> None: ...

    def qsize(self) -> int: ...


class Wire:
    """One websocket, with no extension. `wait` and `send` block their greenlet; `offer` never does."""

    __slots__ = (
        "_alive", "_allowance", "_code", "_ended", "_gone", "_parts", "_queue", "_received", "_socket", "_writing"
    )  # fmt: skip

    def __init__(self, connection: Any, queue: Queue, alive: Callable[[], None]) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        connection.settimeout(None)  # `sessions.heart` hangs up on the silent: no timer for each wait
        self._socket, self._queue, self._alive = connection, queue, alive
        self._received, self._parts = b"", list[bytes]()
        self._allowance = TokenBucket(rate=2.0, burst=64.0, now=time.monotonic())
        self._writing = self._ended = self._gone = False
        self._code = frames.NORMAL

    def wait(self) -> str | None:
        """The next message that may come up; None when there will be none. Never raises."""
        try:
            while not self._ended and (message := self._message()) is not None:
                if message == packets.PONG:
                    self._alive()
                elif packets.admit(message):
                    return message
        except Broken as broken:
            self._code = broken.code
        except packets.Malformed:
            self._code = frames.UNWANTED
        except OSError:
            self._gone = True
        self._ended = True
        if self._writing:
            self.abort()  # its writer waits for a phone that will not read: let it go
        return None

    def send(self, message: str) -> None:
        """Write all of a message, however long the phone takes; only for the phone's own writer."""
        if self._ended:
            raise BrokenPipeError
        frame = message.frame if isinstance(message, Ready) else frames.text(message)
        self._writing = True
        try:
            self._socket.settimeout(PATIENCE_SECONDS)
            self._socket.sendall(frame)
            self._socket.settimeout(None)
        except OSError:
            self._gone = True
            raise
        finally:
            self._writing = False

    def offer(self, frame: bytes) -> bool:
        """Write a frame now if nothing is under way; what does not fit is the writer's, first of all. False: busy."""
        if self._writing or self._queue.qsize():
            return False
        try:
            sent = self._socket.send(frame, 0, 0.0)
        except BlockingIOError:
            return False
        except OSError:
            self._gone = True  # the reader hears of it by itself
            return True
        if sent < len(frame):
            self._queue.put(Down(Ready.rest(frame[sent:])))
        return True

    def close(self) -> None:
        """Say goodbye if a frame can still begin, and stop writing; the reader then waits a second for the answer."""
        if not self._gone and not self._writing:
            with contextlib.suppress(OSError):
                self._socket.send(frames.closing(self._code), 0, 0.0)
        self._gone = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        if not self._ended:
            gevent.spawn_later(FAREWELL_SECONDS, self.abort)

    def abort(self) -> None:
        """End both directions at once, and wake whoever waits."""
        self._ended = self._gone = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _message(self) -> str | None:
        """A whole text message, put together from its fragments; None when the other side closes."""
        while True:
            frame = self._frame()
            if frame is None or frame.opcode == frames.CLOSE:
                self._code = frames.close_code(frame.payload) if frame else frames.NORMAL
                return None
            if frame.opcode == frames.PING:
                self._answer(frames.control(frames.PONG, frame.payload))
            elif frame.opcode != frames.PONG and self._whole(frame):
                return self._text()

    def _whole(self, frame: frames.Frame) -> bool:
        """Keep a fragment; True when it was the last."""
        if frame.opcode == frames.BINARY:
            raise Broken(frames.NOT_TEXT)
        if bool(self._parts) != (frame.opcode == frames.CONTINUATION):
            raise Broken(frames.WRONG)
        self._parts.append(frame.payload)
        return frame.final

    def _text(self) -> str:
        data, self._parts = b"".join(self._parts), []
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise Broken(frames.NOT_UTF8) from error

    def _frame(self) -> frames.Frame | None:
        room = packets.LONGEST - sum(map(len, self._parts))
        while (found := frames.parse(self._received, room)) is None:
            more = self._socket.recv(4096)
            if not more:
                return None
            self._received += more
        frame, self._received = found
        if self._allowance.take(time.monotonic()):
            raise Broken(frames.UNWANTED)  # a phone has almost nothing to say
        return frame

    def _answer(self, frame: bytes) -> None:
        if not self.offer(frame):
            self._queue.put(Down(Ready.rest(frame)))
