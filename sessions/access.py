"""The only way from a request to a live session or a seat. Absent and not yours are the same 404."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from flask import Request, abort, request
from sqlalchemy import bindparam, select

from sessions import cookies, lookup, seats
from sessions.helper_secrets import SHAPE, hashed
from sessions.models import LiveHelper, LiveRole, LiveSession
from sessions.seats import Seat
from sessions.snapshot import Snapshot
from sessions.vault import vault
from workshop import identity
from workshop.access import LARGEST
from workshop.database import db

Role = Literal["lead", "support"]

ROLE = select(LiveRole.role).where(LiveRole.live_id == bindparam("live"), LiveRole.facilitator_id == bindparam("who"))

HELPER = select(LiveHelper.live_id, LiveHelper.number).where(
    LiveHelper.secret_hash == bindparam("hash"), LiveHelper.taken == bindparam("taken")
)


class NoSuchSeat(Exception):
    """This phone has no seat in a session that is going on."""


class LockedOut(NoSuchSeat):
    """It had one, whose key was lost, and the room is locked: it may come back once the facilitator unlocks it."""


@dataclass(frozen=True)
class Conductor:
    """Somebody at the console of a live session. `view`: how much of it they want to see.

    `facilitator_id`: of an account, or None. `helper`: number of who helps without one, or 0.
    """

    live: Snapshot
    facilitator_id: int | None
    role: Role
    view: Literal["simple", "full"]
    helper: int = 0

    @property
    def page(self) -> str:
        return f"{self.role}-{self.view}"

    @property
    def person(self) -> int | None:
        """To whom quiet words may go: 0 for the lead, a helper's number; None for anybody else."""
        return 0 if self.role == "lead" else self.helper or None

    def anew(self) -> Conductor:
        """The same person at the session as it stands now."""
        return replace(self, live=lookup.of(self.live.id) or self.live)


def seat(asking: Request = request) -> Seat:
    """The seat of the phone that asks; raises `NoSuchSeat`."""
    token = seats.parse(cookies.SEAT.brought(asking))
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
    """Whoever asks, at a session they conduct or help at; `lead`: only who may move it."""
    who = identity.current()
    role = _role(live_id, who.id) if who and live_id <= LARGEST else None
    helper = 0 if role else _number_at(live_id)
    live = lookup.of(live_id) if role or helper else None
    if live is None or (lead and role != "lead"):
        abort(404)
    view: Literal["simple", "full"] = "full" if request.cookies.get("view") == "full" else "simple"
    return Conductor(live, who.id if who and role else None, role or "support", view, helper)


def conducts(live_id: int) -> bool:
    """True when whoever asks needs no link to the console of this session."""
    who = identity.current()
    return bool(who and _role(live_id, who.id)) or _number_at(live_id) > 0


def says_it_helps() -> bool:
    """True for a browser that keeps a helper's cookie, whether it means anything or not."""
    return bool(cookies.HELPER.brought(request))


def helping() -> tuple[Snapshot, int] | None:
    """The session that this browser helps at without an account, and its number there; None: it does not any more."""
    found = _helper(cookies.HELPER.brought(request), taken=True)
    live = lookup.of(found[0]) if found else None
    return (live, found[1]) if found and live else None


def offered(secret: str) -> Snapshot | None:
    """The session of a link that nobody has used yet."""
    found = _helper(secret, taken=False)
    return lookup.of(found[0]) if found else None


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


def _number_at(live_id: int) -> int:
    found = _helper(cookies.HELPER.brought(request), taken=True)
    return found[1] if found and found[0] == live_id else 0


def _helper(secret: str, *, taken: bool) -> tuple[int, int] | None:
    if not SHAPE.fullmatch(secret):
        return None
    with db.read() as reader:
        row = reader.execute(HELPER, {"hash": hashed(secret), "taken": taken}).first()
    return (row.live_id, row.number) if row else None


def _role(live_id: int, facilitator_id: int) -> Role | None:
    with db.read() as reader:
        role = reader.scalar(ROLE, {"live": live_id, "who": facilitator_id})
    return "lead" if role == "lead" else "support" if role else None
