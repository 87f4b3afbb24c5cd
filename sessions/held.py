"""Texts that wait between close and release, as the facilitator reads them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions import holding
from sessions.models import HeldText
from sessions.screening import masked, second_look
from sessions.snapshot import Snapshot
from sessions.vault import vault
from workshop.database import db


@dataclass(frozen=True)
class Held:
    """A text that waits. `marked`: look twice.

    `status`: `held`, `passed` (by itself), `shown`, `reworded` (by a person, and shown) or `hidden`.
    """

    id: str
    part: str
    text: str
    people: int
    status: str
    marked: bool

    @property
    def let_through(self) -> bool:
        return self.status in ("passed", "shown", "reworded")


def waiting(live: Snapshot) -> list[Held]:
    """The texts of the present question, in an order that says nothing; empty once they are released."""
    if not live.now or not live.now.held:
        return []
    with db.read() as reader:
        return read(reader, live)


def read(session: Session, live: Snapshot) -> list[Held]:
    """The same, in the caller's transaction."""
    now = live.now
    key = vault.texts(live.handle, now.row) if now else None
    if now is None or key is None:
        return []
    waiting = select(HeldText).where(HeldText.step == now.row, HeldText.status != "own").order_by(HeldText.id)
    return [_held(row, *holding.opened(key, row)) for row in session.scalars(waiting)]


def _held(row: HeldText, part: str, text: str) -> Held:
    """Contacts are masked until a person has put the words right themselves."""
    wording = text if row.status == "reworded" else masked(text)
    return Held(row.id, part, wording, row.people, row.status, second_look(text))
