"""The doors into a room: a QR, or a code typed at `/`. What does not open anything now gets one and the same page."""

from __future__ import annotations

import re

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sessions import access, cookies, lookup, seats
from sessions.access import NoSuchSeat
from sessions.limits import limits
from sessions.snapshot import Snapshot
from sessions.vault import vault
from workshop import strings
from workshop.access import public

doors = Blueprint("join", __name__)

SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
"""Cookie: what this phone has confirmed in this session (`consent`, `interruption`)."""


def t(name: str) -> str:
    """An interface string as it stands before any pack is known."""
    return strings.text({}, name)


@doors.get("/")
@public
def code() -> ResponseReturnValue:
    return render_template("join/code.html", t=t, code="", error=None, plain_http=not request.is_secure)


@doors.post("/join")
@public
def join_by_code() -> ResponseReturnValue:
    """A typed code takes a token before it is looked up, and a right one gives it back."""
    typed = re.sub(r"[\s-]", "", request.form.get("code", ""))
    ticket = limits.code(request.remote_addr or "")
    if ticket is None:
        page = render_template("join/code.html", t=t, code="", error=t("join_slow"), plain_http=not request.is_secure)
        return page, 429, {"Retry-After": "60"}
    live = lookup.by_code(typed) if typed.isascii() and typed.isdigit() and len(typed) == 8 else None
    if live is None:
        return _unknown()
    ticket.give_back()
    return _take(live, {"code": typed}, "/join")


@doors.get("/j/<secret>")
@public
def invitation(secret: str) -> ResponseReturnValue:
    """The same page for anything of 22 characters: a link preview must neither take a seat nor learn anything."""
    if not SECRET.fullmatch(secret):
        return _unknown()
    return render_template("join/join.html", t=t, secret=secret, plain_http=not request.is_secure)


@doors.post("/j/<secret>")
@public
def join(secret: str) -> ResponseReturnValue:
    live = lookup.by_join_secret(secret) if SECRET.fullmatch(secret) else None
    return _take(live, {}, f"/j/{secret}") if live else _unknown()


def _take(live: Snapshot, fields: dict[str, str], action: str) -> ResponseReturnValue:
    """A seat in `live`: the one this phone has, or a new one, unless the room is locked."""
    held = _held()
    if held and held.id == live.id:
        return redirect("/w", 303)
    key = vault.key(live.handle)
    if live.locked or live.state == "ended" or key is None:
        return _unknown()
    if held and request.form.get("sure") != "1":
        return render_template("join/elsewhere.html", t=t, fields=fields, action=action)
    answer = make_response(redirect("/w", 303))
    https = request.is_secure
    seat = cookies.SEAT.line(str(seats.take(live.handle, key)), https)
    answer.headers.extend([seat, cookies.COVERS.gone(https), cookies.FIRST.gone(https)])
    return answer


def _held() -> Snapshot | None:
    try:
        return access.seat().live
    except NoSuchSeat:
        return None


def _unknown() -> ResponseReturnValue:
    return render_template("join/unknown.html", t=t), 404
