"""The region that belongs to one phone alone: whether it has answered, and which revision it may send next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from sessions.models import OpenAnswer
from sessions.seats import Seat
from workshop.database import db


@dataclass(frozen=True)
class Mine:
    """`state`: `none` or `saved`, of which a pass is one like any other: neither the neighbour nor the Wi-Fi can tell.

    `question` is the one it speaks of. Never the answer itself.
    """

    state: str
    next: int
    question: str
    v: int


def of(seat: Seat) -> Mine:
    """What this phone has done with the present question."""
    live = seat.live
    now, key = live.now, live.question_key
    if not now or not key or not now.taking:
        return Mine("none", 1, key, live.version)
    p = seat.pseudonym(now.step_id, now.round, now.phase)
    query = select(OpenAnswer.rev).where(OpenAnswer.step == now.row, OpenAnswer.phase == now.phase, OpenAnswer.p == p)
    with db.read() as reader:
        rev = reader.scalar(query)
    return Mine("none", 1, key, live.version) if rev is None else saved(seat, rev + 1)


def saved(seat: Seat, next: int) -> Mine:
    """After an answer was stored: nothing has to be read again."""
    return Mine("saved", next, seat.live.question_key, seat.live.version)
