"""Answers that our script sends, past the framework: they come by a thousand at once, and it costs more than they do.

Same seat, same verb, same guard before it. What is out of the ordinary goes on to the doors in `sessions.phone`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from flask import Request, Response

from sessions import access, answers, broadcast, cookies, linking
from sessions.access import NoSuchSeat
from sessions.answers import Refused
from sessions.mine import Mine, saved
from sessions.presence import presence
from sessions.seats import Seat
from workshop import request
from workshop.kinds.kind import Form

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Express:
    """A WSGI application before another."""

    def __init__(self, rest: Application) -> None:
        self._rest = rest

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        seat = None
        if environ["PATH_INFO"] == "/w/answer" and environ["REQUEST_METHOD"] == "POST":
            asking = request.Request(environ)
            seat = _seat(asking) if request.FRAGMENT in environ.get("HTTP_ACCEPT", "") else None
        if seat is None or seat.fresh:
            return self._rest(environ, start_response)
        presence.seen(seat.live.id, seat.name)
        try:
            taken = answers.record(seat, cast(Form, asking.form), cookies.FIRST.brought(asking))
        except Refused as refused:
            return said(refused)(environ, start_response)
        body = own(seat, saved(seat, taken.next)).encode()
        start_response("200 OK", [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("X-Attune-Next", str(taken.next)),
            *linking.headers(taken.keepsake, asking.is_secure),
        ])  # fmt: skip
        return [body]


def said(refused: Refused) -> Response:
    """A refusal as our script reads it."""
    return marked(Response(refused.message, refused.status, mimetype="text/plain"), refused)


def marked(answer: Response, refused: Refused) -> Response:
    """With what a script must know of a refusal."""
    answer.headers["X-Attune-Code"] = refused.code
    if refused.next is not None and refused.code == "stale":
        answer.headers["X-Attune-Next"] = str(refused.next)
    if refused.wait is not None:
        answer.headers["Retry-After"] = str(max(1, round(refused.wait)))
    return answer


def own(seat: Seat, mine: Mine) -> str:
    """The region of one phone; a whole room is told the same, so it is drawn once."""
    return broadcast.own(seat.live, mine, seat.live.lang)


def _seat(asking: Request) -> Seat | None:
    try:
        return access.seat(asking)
    except NoSuchSeat:
        return None
