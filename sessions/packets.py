"""Engine.IO and Socket.IO packets: the very few that may come up, and those that go down, encoded once for all."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from engineio.packet import MESSAGE, Packet

from sessions import frames

LONGEST = 16_384
"""Bytes of one message, fragments and polling bodies included."""

PONG = "3"
HEARTBEAT = frozenset({PONG, "2probe", "5", "1", "6"})
"""Engine.IO's own: pong, the two steps from polling to a websocket, close, nothing."""
CONNECT = re.compile(r"40(?:/[a-z]{0,20}(?:\?[^,]{0,100})?,?)?(?P<auth>\{[^{}\[\]]{0,400}\})?", re.ASCII)
DISCONNECT = re.compile(r"41(?:/[a-z]{0,20},?)?", re.ASCII)
EVENT = re.compile(r'42(?:/[a-z]{0,20},)?\d{0,10}\[\s*"', re.ASCII)


class Malformed(ValueError):
    """A message that no client of ours sends, and that a parser might choke on."""


def admit(message: str) -> bool:
    """True: for the server to read. False: an event, and nothing goes up, so it is dropped unread. Else `Malformed`.

    The libraries' parsers never see what this does not know: deep nesting, endless numbers, binary placeholders, and
    events named `connect` or `disconnect`, which would call our handlers by name.
    """
    if message in HEARTBEAT or DISCONNECT.fullmatch(message):
        return True
    if connect := CONNECT.fullmatch(message):
        return _readable(connect["auth"] or "{}")
    if EVENT.match(message):
        return False
    raise Malformed


def _readable(auth: str) -> bool:
    try:
        json.loads(auth)
    except ValueError as error:
        raise Malformed from error
    return True


class Ready(str):
    """A message with its websocket frame beside it, so that a thousand phones cost one encoding."""

    __slots__ = ("frame",)

    frame: bytes

    @classmethod
    def of(cls, message: str) -> Ready:
        ready = cls(message)
        ready.frame = frames.text(message)
        return ready

    @classmethod
    def rest(cls, frame: bytes) -> Ready:
        """The end of a frame that has begun."""
        ready = cls()
        ready.frame = frame
        return ready


def event(namespace: str, name: str, data: dict[str, Any]) -> Ready:
    """A Socket.IO event as an Engine.IO message."""
    body = json.dumps([name, data], ensure_ascii=False, separators=(",", ":"))
    return Ready.of(f"42{namespace},{body}")


class Form:
    """An event that differs from phone to phone in a few words alone: encoded once, filled in for each."""

    def __init__(self, namespace: str, name: str, data: dict[str, Any], marks: Sequence[str]) -> None:
        self.v: int = data["v"]
        parts = re.split(f"({'|'.join(map(re.escape, marks))})", event(namespace, name, data))
        self._places = [(place, marks.index(part)) for place, part in enumerate(parts, start=1) if part in marks]
        self._parts = [b"", *(b"" if part in marks else part.encode() for part in parts)]
        self._length = sum(map(len, self._parts))

    def frame(self, words: Sequence[bytes]) -> bytes:
        """With a word, as `json_inside` writes it, for each mark."""
        parts, length = self._parts, self._length
        for place, mark in self._places:
            parts[place] = words[mark]
            length += len(words[mark])
        parts[0] = frames.head(frames.TEXT, length)
        return b"".join(parts)

    def message(self, words: Sequence[bytes]) -> Ready:
        """The same for a phone that cannot take it now."""
        self.frame(words)
        return Ready.of(b"".join(self._parts[1:]).decode())


def json_inside(word: str) -> bytes:
    """A word as it stands between the quotation marks of JSON."""
    return json.dumps(word, ensure_ascii=False)[1:-1].encode()


class Down(Packet):  # type: ignore[misc]
    """A packet in a phone's queue that is encoded already."""

    def __init__(self, message: Ready) -> None:
        super().__init__(MESSAGE)
        self.message = message

    def encode(self, b64: bool = False) -> Ready:
        return self.message


class Held(Down):
    """The newest of one region, waiting until its phone can take it: a newer one replaces it where it stands."""

    def __init__(self, waiting: dict[str, Held], key: str, v: int, message: Ready) -> None:
        super().__init__(message)
        self._waiting, self._key, self.v = waiting, key, v
        waiting[key] = self

    def replace(self, v: int, message: Ready) -> None:
        if v >= self.v:
            self.v, self.message = v, message

    def encode(self, b64: bool = False) -> Ready:
        self._waiting.pop(self._key, None)
        return self.message
