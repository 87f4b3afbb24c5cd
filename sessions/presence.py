"""Which seats are here: a socket is open, or a request came within a minute. In memory; sets, never counters.

A counter can be driven by whoever may call it twice; a set of socket ids cannot.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

HEARD_SECONDS = 60.0


@dataclass
class Room:
    """One live session: seats with their open sockets, and seats without one by when they were heard last, in order."""

    sockets: dict[bytes, set[str]] = field(default_factory=dict)
    heard: dict[bytes, float] = field(default_factory=dict)


class Presence:
    """Every call is O(1), counted over many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.open()

    def open(self, settings: object = None) -> None:
        self._rooms: dict[int, Room] = {}
        self._seats: dict[str, tuple[int, bytes]] = {}

    def came(self, live_id: int, seat: bytes, sid: str) -> None:
        """A socket of this seat has opened."""
        self.gone(sid)
        room = self._rooms.setdefault(live_id, Room())
        room.heard.pop(seat, None)
        room.sockets.setdefault(seat, set()).add(sid)
        self._seats[sid] = (live_id, seat)

    def gone(self, sid: str) -> None:
        """A socket has closed; its seat is here for another minute."""
        live_id, seat = self._seats.pop(sid, (0, b""))
        room = self._rooms.get(live_id)
        sids = room.sockets.get(seat) if room else None
        if room is None or sids is None:
            return
        sids.discard(sid)
        if not sids:
            del room.sockets[seat]
            room.heard[seat] = self._clock()

    def seen(self, live_id: int, seat: bytes) -> None:
        """A request of this seat has come."""
        room = self._rooms.setdefault(live_id, Room())
        if seat not in room.sockets:
            room.heard.pop(seat, None)
            room.heard[seat] = self._clock()

    def count(self, live_id: int) -> int:
        """How many seats are here."""
        room = self._rooms.get(live_id)
        if room is None:
            return 0
        self._drop_silent(room)
        return len(room.sockets) + len(room.heard)

    def all(self, live_id: int) -> list[bytes]:
        """The seats that are here, in no order that says anything."""
        room = self._rooms.get(live_id, Room())
        self._drop_silent(room)
        return sorted((*room.sockets, *room.heard))

    def here(self, live_id: int, seat: bytes) -> bool:
        room = self._rooms.get(live_id, Room())
        return seat in room.sockets or room.heard.get(seat, -HEARD_SECONDS) > self._clock() - HEARD_SECONDS

    def left(self, live_id: int, seat: bytes) -> None:
        """This seat is given up, at once and with every socket it has."""
        room = self._rooms.get(live_id, Room())
        room.heard.pop(seat, None)
        for sid in room.sockets.pop(seat, ()):
            self._seats.pop(sid, None)

    def forget(self, live_id: int) -> None:
        """The session is over."""
        for sids in self._rooms.pop(live_id, Room()).sockets.values():
            for sid in sids:
                self._seats.pop(sid, None)

    def _drop_silent(self, room: Room) -> None:
        since = self._clock() - HEARD_SECONDS
        while room.heard:
            seat, at = next(iter(room.heard.items()))
            if at > since:
                return
            del room.heard[seat]


presence = Presence()
