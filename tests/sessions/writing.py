"""A question that is open, and answers to it as they reach the writer: what the tests of nouns share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gevent
from sqlalchemy import select

from sessions import conduct, counting, lookup, questions, room, seats
from sessions.models import LiveSession, LiveStep
from sessions.sealing import place, seal
from sessions.snapshot import Snapshot
from sessions.vault import vault
from sessions.wiping import wiper
from sessions.writer import Outcome, Pending, writer
from tests import factories
from tests.room_pack import ROOM
from workshop.database import db


@dataclass
class Asked:
    """A session with a question; `step` is its step."""

    id: int
    step: str

    @classmethod
    def anew(cls, step: str = "easy", **given: Any) -> Asked:
        """In an empty app: Alice, her workshop, a session, the question shown."""
        owner = factories.facilitator()
        live = factories.session(owner, factories.shelved(owner, ROOM), **given)
        conduct.show(live, step)
        asked = cls(live.id, step)
        if asked.live.now and asked.live.now.state == "shown":
            questions.ask(asked.live)
        return asked

    @property
    def live(self) -> Snapshot:
        found = lookup.of(self.id)
        assert found
        return found

    @property
    def row(self) -> int:
        now = self.live.newest(self.step)
        assert now
        return now.row

    def seat(self) -> seats.Seat:
        """Somebody new."""
        key = vault.key(self.live.handle)
        assert key
        return seats.seated(self.live, seats.take(self.live.handle, key), key)

    def pending(self, seat: seats.Seat, rev: int = 1, choice: str = "a") -> Pending:
        state = self.live.newest(self.step)
        assert state
        p = seat.pseudonym(self.step, state.round, state.phase)
        key = vault.question(self.live.handle, state.row, state.phase)
        assert key
        plain = b'{"choices":["%s"]}' % choice.encode() if choice else b""
        return Pending(state.row, state.phase, p, rev, seal(key, place(state.row, state.phase, p, rev), plain, 256))

    def writes(self, seat: seats.Seat, rev: int = 1, choice: str = "a") -> Outcome:
        return writer.record(self.pending(seat, rev, choice))

    def closes(self) -> None:
        assert counting.close(self.id, self.row)

    def ends(self) -> None:
        room.end(self.live, factories.TODAY)

    def stored(self) -> list[tuple[bytes, int]]:
        """Pseudonym and revision of every answer."""
        return rows("SELECT p, rev FROM open_answers WHERE step = ? ORDER BY p", self.row)


def until_wiped() -> None:
    """Until the traces of everything that was closed are gone from the disk; fails after five seconds."""
    with gevent.Timeout(5.0):
        while not wiper.wiped:
            gevent.sleep(0.02)


def rows(query: str, *values: object) -> list[Any]:
    return db.run(lambda: db.connection().execute(query, values).fetchall())


def step_row(asked: Asked) -> LiveStep:
    with db.read() as reader:
        return reader.scalars(select(LiveStep).where(LiveStep.id == asked.row)).one()


def session_row(asked: Asked) -> LiveSession:
    with db.read() as reader:
        return reader.get_one(LiveSession, asked.id)
