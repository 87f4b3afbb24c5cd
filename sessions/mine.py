"""The region that belongs to one phone alone: whether it has answered, and which revision it may send next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from sessions.models import OpenAnswer
from sessions.sealing import Unreadable, place, unseal
from sessions.seats import Seat
from sessions.vault import vault
from workshop.database import db


@dataclass(frozen=True)
class Mine:
    """`state`: `none`, `saved` or `passed`. `question` is the one it speaks of. Never the answer itself."""

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
    query = select(OpenAnswer.rev, OpenAnswer.payload).where(
        OpenAnswer.step == now.row, OpenAnswer.phase == now.phase, OpenAnswer.p == p
    )
    with db.read() as reader:
        stored = reader.execute(query).first()
    if stored is None:
        return Mine("none", 1, key, live.version)
    rev, payload = stored
    passed = _passed(seat, place(now.row, now.phase, p, rev), payload)
    return Mine("passed" if passed else "saved", rev + 1, key, live.version)


def saved(seat: Seat, next: int, *, passed: bool) -> Mine:
    """After an answer was stored: nothing has to be read again."""
    return Mine("passed" if passed else "saved", next, seat.live.question_key, seat.live.version)


def _passed(seat: Seat, where: bytes, payload: bytes) -> bool:
    now = seat.live.now
    key = vault.question(seat.live.handle, now.row, now.phase) if now else None
    if key is None:
        return False
    try:
        return not unseal(key, where, payload)
    except Unreadable:
        return False
