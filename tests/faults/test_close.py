"""Closing a question against answers that are on their way, and against a disk that is full: all or nothing."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator, Sequence

import gevent
import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from sessions import answers, checkpoints, conduct, counting, lookup, room, seats
from sessions.answers import Refused
from sessions.models import LiveStep
from sessions.snapshot import Snapshot
from sessions.vault import vault
from sessions.writer import Outcome, Pending, Writer, _upsert, _verdict
from tests import factories
from tests.room_pack import ROOM
from workshop.database import db

PHONES = 5


@pytest.fixture
def live(app: Flask) -> Iterator[Snapshot]:
    """A session with the easy poll shown; nobody waits for anything else."""
    owner = factories.facilitator()
    made = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(made, "easy")
    yield _now(made)
    room.end(_now(made), factories.TODAY)


@pytest.fixture
def slow_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gap between check and commit, wide open."""
    monkeypatch.setattr(checkpoints, "_listeners", [lambda name: name == "batch-checked" and time.sleep(0.004)])


def _now(live: Snapshot) -> Snapshot:
    found = lookup.of(live.id)
    assert found
    return found


def _asks_anew(live: Snapshot, round: int) -> Snapshot:
    """The same question once more, in place of the last time; no verb allows so many rounds."""

    def work(session: Session) -> int:
        session.execute(delete(LiveStep).where(LiveStep.live_id == live.id, LiveStep.round > 1))
        step = LiveStep(live_id=live.id, step_id="easy", round=round, state="open", path={})
        session.add(step)
        session.flush()
        vault.make_question(live.handle, step.id, 0)
        return int(step.id)

    db.write(work)
    lookup.forget(live.id)
    return _now(live)


def _answers(live: Snapshot) -> str:
    """A phone that has just come in answers: what it is told."""
    assert live.now
    key = vault.key(live.handle)
    assert key
    seat = seats.seated(live, seats.take(live.handle, key), key)
    form = {"step": "easy", "round": str(live.now.round), "phase": "0", "rev": "1", "choice": "a"}
    try:
        return answers.record(seat, MultiDict(form)).verdict
    except Refused as refused:
        return refused.code


def _closes_amid_answers(live: Snapshot, after: float) -> tuple[list[str], int]:
    """What each phone was told, and how many were counted."""
    assert live.now
    row = live.now.row
    phones = [gevent.spawn(_answers, live) for _ in range(PHONES)]
    gevent.sleep(after)
    assert counting.close(live.id, row)
    told = [phone.get() for phone in phones]
    release = next(s for s in _now(live).rounds["easy"] if s.row == row).releases[0]
    return told, sum(int(str(cell.shown)) for part in release.parts for cell in getattr(part, "cells", ()))


def _rows() -> int:
    (count,) = db.run(lambda: db.connection().execute("SELECT COUNT(*) FROM open_answers").fetchone())
    return int(count)


def test_an_answer_that_a_close_overtakes_is_counted_or_refused_two_hundred_times(
    live: Snapshot, slow_batches: None
) -> None:
    chance = random.Random(55)
    seen = set[str]()
    for round in range(2, 202):
        told, counted = _closes_amid_answers(_asks_anew(live, round), chance.uniform(0, 0.015))
        assert set(told) <= {"saved", "closed"}
        saved = told.count("saved")
        assert counted == (saved if saved >= 3 else 0)
        seen |= set(told)
    assert _rows() == 0
    assert seen == {"saved", "closed"}, "the gap was never hit"


def _unchecked(self: Writer, batch: Sequence[Pending]) -> list[Outcome]:
    """Looks whether the question is open, and writes later."""
    open_before = db.run(lambda: [_verdict(db.connection(), a.row, a.phase) for a in batch])
    gevent.sleep(0.02)

    def write() -> None:
        for a, verdict in zip(batch, open_before, strict=True):
            if verdict == "saved":
                _upsert(db.connection(), a)

    try:
        db.run(write)
    except sqlite3.IntegrityError:
        return [Outcome("try_again", a.rev) for a in batch]
    return [Outcome(verdict, a.rev + 1) for a, verdict in zip(batch, open_before, strict=True)]


def test_it_is_caught_that_the_check_stands_outside_the_transaction(
    live: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Writer, "_commit", _unchecked)
    db.run(lambda: db.connection().execute("DROP TRIGGER open_answers_only_while_open").close())
    told, counted = _closes_amid_answers(_asks_anew(live, 2), 0.02)
    assert _rows() > 0
    assert counted < told.count("saved")


def test_even_then_the_trigger_lets_no_row_in(live: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writer, "_commit", _unchecked)
    told, _ = _closes_amid_answers(_asks_anew(live, 2), 0.02)
    assert _rows() == 0
    assert "saved" not in told
