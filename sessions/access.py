"""The only way from a request to a live session or a seat. Absent and not yours are the same 404."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from flask import Request, abort, request
from sqlalchemy import bindparam, select

from sessions import lookup, seats
from sessions.models import LiveRole, LiveSession
from sessions.seats import Seat
from sessions.snapshot import Snapshot
from sessions.vault import vault
from workshop import identity
from workshop.access import LARGEST
from workshop.database import db

Role = Literal["lead", "support"]

ROLE = select(LiveRole.role).where(LiveRole.live_id == bindparam("live"), LiveRole.facilitator_id == bindparam("who"))


class NoSuchSeat(Exception):
    """This phone has no seat in a session that is going on."""


class LockedOut(NoSuchSeat):
    """It had one, whose key was lost, and the room is locked: it may come back once the facilitator unlocks it."""


@dataclass(frozen=True)
class Conductor:
    """A facilitator at a live session of theirs. `view`: how much of the console they want to see."""

    live: Snapshot
    facilitator_id: int
    role: Role
    view: Literal["simple", "full"]

    @property
    def page(self) -> str:
        return f"{self.role}-{self.view}"

    def anew(self) -> Conductor:
        """The same facilitator at the session as it stands now."""
        return replace(self, live=lookup.of(self.live.id) or self.live)


def seat(asking: Request = request) -> Seat:
    """The seat of the phone that asks; raises `NoSuchSeat`."""
    token = seats.parse(asking.cookies.get(seats.cookie_name(asking.is_secure), ""))
    live = lookup.by_handle(token.handle) if token else None
    key = vault.key(live.handle) if live and live.state != "ended" else None
    if token is None or live is None or key is None:
        raise NoSuchSeat
    if seats.ours(token, key):
        return _still_taken(seats.seated(live, token, key))
    if not live.rekeyed:
        raise NoSuchSeat
    if live.locked:
        raise LockedOut
    # The key was lost and this phone was in: it names the session's random handle, which only its phones know.
    return seats.seated(live, seats.take(live.handle, key), key, fresh=True)


def _still_taken(found: Seat) -> Seat:
    """After Leave a cookie means nothing, even one that somebody has copied."""
    if vault.gave_up(found.live.handle, found.name):
        raise NoSuchSeat
    return found


def conductor(live_id: int, *, lead: bool = False) -> Conductor:
    """The facilitator who asks, at a session they conduct; `lead`: only who may move it."""
    who = identity.current()
    role = _role(live_id, who.id) if who and live_id <= LARGEST else None
    live = lookup.of(live_id) if role else None
    if who is None or role is None or live is None or (lead and role != "lead"):
        abort(404)
    view: Literal["simple", "full"] = "full" if request.cookies.get("view") == "full" else "simple"
    return Conductor(live, who.id, role, view)


def conducted(facilitator_id: int) -> list[LiveSession]:
    """The sessions of a facilitator, newest first."""
    query = select(LiveSession).join(LiveRole, LiveRole.live_id == LiveSession.id)
    with db.read() as reader:
        mine = query.where(LiveRole.facilitator_id == facilitator_id).order_by(LiveSession.id.desc())
        return list(reader.scalars(mine))


def led(facilitator_id: int) -> frozenset[int]:
    """Ids of the sessions that a facilitator leads, and not only helps at."""
    leads = LiveRole.facilitator_id == facilitator_id, LiveRole.role == "lead"
    with db.read() as reader:
        return frozenset(reader.scalars(select(LiveRole.live_id).where(*leads)))


def row(live_id: int) -> LiveSession:
    """The stored session, for a report."""
    with db.read() as reader:
        return reader.get_one(LiveSession, live_id)


def conducting(facilitator_id: int) -> bool:
    """True while one of their sessions is going on."""
    return any(live.state != "ended" for live in conducted(facilitator_id))


def screen(token: str) -> Snapshot:
    """The session of a screen link: it can receive what the room may see, and nothing else."""
    live = lookup.by_screen_token(token) if len(token) == 22 else None
    if live is None:
        abort(404)
    return live


def _role(live_id: int, facilitator_id: int) -> Role | None:
    with db.read() as reader:
        role = reader.scalar(ROLE, {"live": live_id, "who": facilitator_id})
    return "lead" if role == "lead" else "support" if role else None
