"""The socket: finished HTML down to the people who may see it, nothing up. The only module that emits.

A swap is encoded once for its room and written to every socket without blocking; a phone that cannot keep up gets the
newest of each region when it can, never a queue of old ones.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import gevent
from flask import Flask
from flask_socketio import SocketIO

from sessions import packets
from sessions.driver import Driver
from sessions.heart import Heart
from sessions.packets import Form, Ready
from sessions.polling import Gate
from sessions.rooms import Listener, Members, Page, Rooms, namespace
from workshop.trouble import note

NAMESPACES = ("/phone", "/screen", "/console")
LATEST = 1 << 62
"""The `v` of an event that nothing replaces."""
GRACE_SECONDS = 0.5
"""How long a socket that is closed from here may take to read what it was sent last."""

INTERVAL, TIMEOUT = 10, 15
"""Seconds from an answer to the next ping, and to answer it in; a page that hears nothing for 12 s connects anew."""


class Discreet(logging.Handler):
    """The libraries log sids, origins, packets, and tracebacks with values in them: of an error, its class is kept."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            note(record.exc_info[1])


discreet = logging.getLogger("attune.socket")
discreet.setLevel(logging.ERROR)
discreet.propagate = False
discreet.addHandler(Discreet())

socketio = SocketIO(
    async_mode="gevent",
    async_handlers=False,  # handlers only connect; in the reader's own greenlet they stay in order
    always_connect=False,  # a refusal is a CONNECT_ERROR; nobody is connected before being let in
    manage_session=False,
    namespaces=list(NAMESPACES),  # type: ignore[call-arg]
    transports=["websocket", "polling"],
    cors_allowed_origins=[],  # no CORS headers at all; `workshop.guard` compares origins, for HTTP and socket alike
    max_http_buffer_size=packets.LONGEST,
    http_compression=False,
    ping_interval=INTERVAL,
    ping_timeout=TIMEOUT,
    monitor_clients=False,  # `sessions.heart` does it
    logger=discreet,
    engineio_logger=discreet,
)
socketio.on_error_default(lambda error: bool(note(error)) and False)

_rooms = Rooms()


def open(app: Flask, *, welcome: Callable[[Listener], None], farewell: Callable[[Listener], None]) -> None:
    """Attach to `app`, with nobody in. `welcome` is called once a listener may be sent something."""
    global _rooms  # noqa: PLW0603 - one app a process; tests make many, one after another
    _rooms = Rooms()

    def arrived(sid: str) -> None:
        if listener := _rooms.get(sid):
            welcome(listener)

    def gone(sid: str, _reason: str = "") -> None:
        if listener := _rooms.leave(sid):
            farewell(listener)

    socketio.init_app(app, client_manager=Members(arrived))
    server = _server()
    for space in NAMESPACES:
        server.on("disconnect", gone, namespace=space)
    _take_over(server)


def _take_over(server: Any) -> None:
    """Put our own websocket, gate and heart where the library has its own."""
    heart = Heart(INTERVAL, TIMEOUT, _hang_up)

    def came(eio_sid: str, environ: dict[str, Any]) -> None:
        peer = server.eio.sockets[eio_sid]
        peer.schedule_ping = partial(heart.rest, peer)
        server._handle_eio_connect(eio_sid, environ)

    def gone(eio_sid: str, reason: str) -> None:
        server._handle_eio_disconnect(eio_sid, reason)
        server.eio.sockets.pop(eio_sid, None)

    server.eio.on("connect", came)
    server.eio.on("disconnect", gone)
    server.eio._async = server.eio._async | {"websocket": Driver}
    socketio.sockio_mw.engineio_app = Gate(server)  # type: ignore[attr-defined]


def enter(
    sid: str,
    page: Page,
    live_id: int,
    lang: str,
    *,
    account: int | None = None,
    seat: bytes | None = None,
    person: int | None = None,
) -> None:
    """Let a socket in. Called while it connects, so that no swap can fall between its first regions and its room."""
    server = _server()
    peer = server.eio.sockets[server.manager.eio_sid_from_sid(sid, namespace(page))]
    listener = Listener(sid, peer, page, live_id, lang)
    listener.account, listener.seat, listener.person = account, seat, person
    _rooms.enter(listener)


def listened() -> set[int]:
    """The live sessions that somebody listens to."""
    return _rooms.lives()


def languages(page: Page, live_id: int) -> set[str]:
    """The languages that somebody listens in."""
    return _rooms.languages(page, live_id)


def listeners(page: Page, live_id: int, lang: str) -> list[Listener]:
    """Whoever listens to one page in one language, where not all are told the same."""
    return _rooms.of(page, live_id, lang)


def send(page: Page, live_id: int, lang: str, target: str, v: int, html: str) -> None:  # noqa: PLR0917
    """Replace a region on every page of one audience."""
    _tell(_rooms.of(page, live_id, lang), target, v, _swap(page, target, v, html))


def send_to(listener: Listener, target: str, v: int, html: str) -> None:
    """Replace a region on one page: catching up."""
    listener.tell(target, v, _swap(listener.page, target, v, html))


def form(target: str, v: int, html: str, marks: Sequence[str]) -> Form:
    """A region of phones that differ in the words for these marks, to be filled in for each."""
    return Form("/phone", "swap", {"target": target, "v": v, "html": html}, marks)


def send_own(seat: bytes, lang: str, target: str, form: Form, words: Sequence[bytes]) -> None:
    """Replace a region on every page of one phone: what is its own alone."""
    for listener in _rooms.of_seat(seat):
        if listener.lang == lang:
            _tell_own(listener, target, form, words)


def send_each(live_id: int, lang: str, target: str, own: Callable[[bytes], tuple[Form, Sequence[bytes]]]) -> None:
    """The same on every phone, with what is `own` to each seat.

    Listeners in their order, as in any fan-out: to and fro through the memory of a thousand costs half as much again.
    """
    for listener in _rooms.of("phone", live_id, lang):
        if listener.seat is not None:
            _tell_own(listener, target, *own(listener.seat))


def bye(live_id: int) -> None:
    """The session is over, on every page of it."""
    farewells = {space: packets.event(space, "bye", {}) for space in NAMESPACES}
    for listener in _rooms.of_live(live_id):
        listener.tell("bye", LATEST, farewells[namespace(listener.page)])


def close_account(facilitator_id: int) -> None:
    """Every socket of an account, after sign-out."""
    _close(_rooms.of_account(facilitator_id))


def close_helper(live_id: int, number: int) -> None:
    """Every socket of a helper, whose right has ended."""
    _close(_rooms.of_helper(live_id, number))


def close_seat(seat: bytes) -> None:
    """Every socket of a phone that has left."""
    _close(_rooms.of_seat(seat))


def close_live(live_id: int) -> None:
    """Every socket of a live session, after `bye`."""
    _close(_rooms.of_live(live_id))


def close_all() -> None:
    """Before the server ends: phones come back to the next one by themselves."""
    for peer in list(_server().eio.sockets.values()):
        _hang_up(peer)


def _swap(page: Page, target: str, v: int, html: str) -> Ready:
    return packets.event(namespace(page), "swap", {"target": target, "v": v, "html": html})


def _tell_own(listener: Listener, target: str, form: Form, words: Sequence[bytes]) -> None:
    if not listener.take(target, form.frame(words)):
        listener.tell(target, form.v, form.message(words))


def _tell(listeners: list[Listener], key: str, v: int, message: Ready) -> None:
    for listener in listeners:
        listener.tell(key, v, message)


def _close(listeners: list[Listener]) -> None:
    for listener in listeners:
        _hang_up(listener.peer)


def _hang_up(peer: Any) -> None:
    wire = getattr(peer, "wire", None)
    peer.close(wait=False)
    if wire is not None:
        gevent.spawn_later(GRACE_SECONDS, wire.abort)


def _server() -> Any:
    return socketio.server  # type: ignore[attr-defined]
