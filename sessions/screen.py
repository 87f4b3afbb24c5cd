"""The presenter screen: a link of its own that can only ever receive what the room may see."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sessions import access, broadcast, invitation, progress, stage
from sessions.snapshot import Snapshot
from workshop.access import public

doors = Blueprint("screen", __name__)


@doors.get("/screen/<token>")
@public
def screen(token: str) -> ResponseReturnValue:
    live = access.screen(token)
    _, values = stage.screen(live, live.lang)
    meter = progress.meter(live, "screen", 0)
    return broadcast.page(
        live, "screen/page.html", **values, progress=meter, token=token, console=_console(live), plain_http=_plain()
    )


def _console(live: Snapshot) -> str:
    """Where this browser may steer: presenter keys act only when it is signed in as the session's lead."""
    try:
        return f"/console/{access.conductor(live.id, lead=True).live.id}"
    except NotFound:
        return ""


def _plain() -> bool:
    return invitation.base().startswith("http://")
