"""Socket door: who may listen to what, decided anew at each connect. Connecting is catching up."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.exceptions import NotFound

from sessions import access, broadcast, cookies, lookup, pairing, realtime, ticker
from sessions.presence import presence
from sessions.realtime import socketio
from sessions.rooms import Listener
from workshop.accounts import signed_out


def register(app: Flask) -> None:
    """Open the socket of this app."""
    realtime.open(app, welcome=_catch_up, farewell=_gone)
    signed_out.connect(_signed_out)


@socketio.on("connect", namespace="/phone")
def phone(_auth: Any = None) -> None:
    """A phone is known by its seat's cookie."""
    try:
        seat = access.seat()
    except access.NoSuchSeat:
        raise Refused("no_seat") from None
    if seat.fresh:  # its cookie is still to be set, and a socket cannot: a page first, or each connect is another seat
        raise Refused("no_seat")
    realtime.enter(_sid(), "phone", seat.live.id, seat.live.lang, seat=seat.name)
    ticker.soon(seat.live.id)
    presence.came(seat.live.id, seat.name, _sid())
    confirmed = frozenset(cookies.COVERS.brought(request).split("."))
    pairing.heard(seat, confirmed, cookies.GROUP.brought(request))


@socketio.on("connect", namespace="/screen")
def screen(auth: Any = None) -> None:
    """A screen is known by the token in its address."""
    try:
        live = access.screen(_text(auth, "token"))
    except NotFound:
        raise Refused("not_found") from None
    realtime.enter(_sid(), "screen", live.id, live.lang)


@socketio.on("connect", namespace="/console")
def console(auth: Any = None) -> None:
    """A console is known by the cookie of its facilitator or helper, and names one of their live sessions."""
    try:
        conductor = access.conductor(_number(auth, "live"))
    except NotFound:
        raise Refused("not_found") from None
    live = conductor.live
    who, person = conductor.facilitator_id, conductor.person
    realtime.enter(_sid(), conductor.page, live.id, live.lang, account=who, person=person)


def _catch_up(listener: Listener) -> None:
    """The regions as they are now: read after the room was joined, so that no change falls in between."""
    live = lookup.of(listener.live_id)
    if live is None:
        return
    for target, v, html in broadcast.regions(live, listener.page, listener.lang):
        realtime.send_to(listener, target, v, html)
    broadcast.whisper(live, listener)
    pairing.welcome(live, listener)


def _gone(listener: Listener) -> None:
    presence.gone(listener.sid)
    if listener.page == "phone":
        ticker.soon(listener.live_id)


def _signed_out(facilitator_id: int, **_: Any) -> None:
    realtime.close_account(facilitator_id)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _text(auth: Any, name: str) -> str:
    value = auth.get(name) if isinstance(auth, dict) else None
    return value if isinstance(value, str) and value.isascii() else ""


def _number(auth: Any, name: str) -> int:
    value = auth.get(name) if isinstance(auth, dict) else None
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
