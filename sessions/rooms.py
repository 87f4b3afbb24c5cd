"""Who listens to what: rooms of (page, live session, language), found by socket, seat, account or helper at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from socketio.manager import Manager

from sessions.packets import Held, Ready
from sessions.wire import Wire

Page = str
"""`phone`, `screen`, or the name of a console: there are several, drawn for a role and a view."""

Mark = tuple[str, int | bytes | tuple[int, int]]
"""By what listeners are found without a search: a live session, an account, a seat, or a helper of a session."""


def namespace(page: Page) -> str:
    """The Socket.IO namespace that a page is connected to."""
    return f"/{page}" if page in ("phone", "screen") else "/console"


class Listener:
    """One socket that was let in. `peer` is engineio's side of it: its queue, and its wire once it is a websocket.

    A fan-out visits each listener of a room for ten millionths of a second, most of which is the kernel's; what is left
    goes into objects that are in no cache any more, so it touches as few of them as it can.
    """

    __slots__ = ("_waiting", "_wire", "account", "lang", "live_id", "page", "peer", "person", "seat", "sid")

    def __init__(self, sid: str, peer: Any, page: Page, live_id: int, lang: str) -> None:
        self.sid, self.peer = sid, peer
        self.page, self.live_id, self.lang = page, live_id, lang
        self.account: int | None = None
        self.seat: bytes | None = None
        self.person: int | None = None
        """At a console: 0 for the lead, a helper's number, None for anybody else."""
        self._waiting: dict[str, Held] | None = None
        self._wire: Wire | None = None

    def tell(self, key: str, v: int, message: Ready) -> None:
        """Write now if the socket can take it; else keep it as the newest of `key`, in place of an older one."""
        if self._waiting and (held := self._waiting.get(key)):
            held.replace(v, message)
        elif not (self._wire and self._wire.offer(message.frame)) and not self._upgraded(message):
            self._keep(key, v, message)

    def take(self, key: str, frame: bytes) -> bool:
        """Write a frame of `key` now; False where it cannot be, or an older one waits: `tell` it then."""
        return not (self._waiting and key in self._waiting) and self._wire is not None and self._wire.offer(frame)

    def _upgraded(self, message: Ready) -> bool:
        """True when it has become a websocket since, and took the message."""
        if self._wire or not self.peer.upgraded:
            return False
        self._wire = self.peer.wire
        return self._wire is not None and self._wire.offer(message.frame)

    def _keep(self, key: str, v: int, message: Ready) -> None:
        if not self.peer.closed:
            self._waiting = {} if self._waiting is None else self._waiting
            self.peer.queue.put(Held(self._waiting, key, v, message))


class Rooms:
    """All listeners of this process. A phone coming or going costs the same in a room of ten and of ten thousand."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Listener] = {}
        self._rooms: dict[tuple[Page, int], dict[str, dict[str, Listener]]] = {}
        self._marked: dict[Mark, dict[str, Listener]] = {}

    def enter(self, listener: Listener) -> None:
        self.leave(listener.sid)
        self._by_sid[listener.sid] = listener
        languages = self._rooms.setdefault((listener.page, listener.live_id), {})
        languages.setdefault(listener.lang, {})[listener.sid] = listener
        for mark in _marks(listener):
            self._marked.setdefault(mark, {})[listener.sid] = listener

    def leave(self, sid: str) -> Listener | None:
        """The listener that was there, or None."""
        listener = self._by_sid.pop(sid, None)
        if listener is not None:
            room = (listener.page, listener.live_id)
            _drop(self._rooms[room], listener.lang, sid)
            if not self._rooms[room]:
                del self._rooms[room]
            for mark in _marks(listener):
                _drop(self._marked, mark, sid)
        return listener

    def get(self, sid: str) -> Listener | None:
        return self._by_sid.get(sid)

    def lives(self) -> set[int]:
        return {live_id for _page, live_id in self._rooms}

    def languages(self, page: Page, live_id: int) -> set[str]:
        return set(self._rooms.get((page, live_id), ()))

    def of(self, page: Page, live_id: int, lang: str | None = None) -> list[Listener]:
        """Listeners to one page of a live session, in one language or in all."""
        languages = self._rooms.get((page, live_id), {})
        wanted = languages.values() if lang is None else [languages.get(lang, {})]
        return [listener for room in wanted for listener in room.values()]

    def of_live(self, live_id: int) -> list[Listener]:
        """Everybody who listens to a live session."""
        return list(self._marked.get(("live", live_id), {}).values())

    def of_account(self, facilitator_id: int) -> list[Listener]:
        return list(self._marked.get(("account", facilitator_id), {}).values())

    def of_helper(self, live_id: int, number: int) -> list[Listener]:
        return list(self._marked.get(("helper", (live_id, number)), {}).values())

    def of_seat(self, seat: bytes) -> list[Listener]:
        return list(self._marked.get(("seat", seat), {}).values())


class Members(Manager):  # type: ignore[misc]
    """python-socketio's own list of clients, without rooms: its disconnect looks through all of them, and each client
    is one, so that 10,000 phones leaving cost 10,000 times 10,000."""

    def __init__(self, arrived: Any) -> None:
        super().__init__()
        self._arrived = arrived

    def connect(self, sid: str, namespace: str) -> Any:
        """Called when the client has been told that it is connected: from here on it may be sent something."""
        sid = super().connect(sid, namespace)
        self._arrived(sid)
        return sid

    def basic_disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        for room in (sid, None):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]


def _marks(listener: Listener) -> Iterable[Mark]:
    yield "live", listener.live_id
    if listener.account is not None:
        yield "account", listener.account
    if listener.seat is not None:
        yield "seat", listener.seat
    if listener.person:
        yield "helper", (listener.live_id, listener.person)


def _drop(rooms: dict[Any, dict[str, Listener]], key: Any, sid: str) -> None:
    rooms[key].pop(sid, None)
    if not rooms[key]:
        del rooms[key]
