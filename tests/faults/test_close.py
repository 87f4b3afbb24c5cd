"""Closing a question against answers that are on their way, and against a disk that is full: all or nothing."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence

import gevent
import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from sessions import answers, checkpoints, closing, conduct, counting, room, seats, snapshot
from sessions.answers import Refused
from sessions.models import LiveStep
from sessions.snapshot import Snapshot
from sessions.vault import vault
from sessions.writer import Outcome, Pending, Writer, _upsert, _verdict
from tests import factories
from tests.actors import Cast, Facilitator, Phone
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
    found = snapshot.of(live.id)
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
    snapshot.forget(live.id)
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


# ---------- a full disk ----------


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """Call it: from then on the database cannot grow. It can again at the end, or when it is called with room."""

    def limit(room: bool = False) -> None:
        def work() -> None:
            connection = db.connection()
            connection.execute("VACUUM")
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages + (100_000 if room else 0)}").fetchone()

        db.run(work)

    yield limit
    limit(room=True)


def _writers(cast: Cast, ada: Facilitator, many: int = 8) -> list[Phone]:
    return cast.phones(ada.join_url, many)


LONG = "a line of some length, again and again " * 2


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(
    cast: Cast, ada: Facilitator, room: str, full_disk: Callable[..., None]
) -> None:
    ada.opens("core", room).shows("lines")
    phones = _writers(cast, ada)
    full_disk()
    told = [phone.tries_to_answer(text=[f"{LONG}{i}", LONG]) for i, phone in enumerate(phones)]
    refused = [answer for answer in told if answer.status != 200]
    assert refused
    for answer in refused:
        assert (answer.status, answer.code) == (503, "try_again")
        assert int(answer.headers["retry-after"]) >= 1
    assert [phone.mine for phone in phones] == ["saved" if answer.status == 200 else "none" for answer in told]
    full_disk(room=True)
    for i, (phone, answer) in enumerate(zip(phones, told, strict=True)):
        if answer.status != 200:
            phone.answers(text=[f"{LONG}{i}", LONG])
    ada.closes(now=True)
    assert len(ada.texts()) == 2 * len(phones)


def test_a_close_on_a_full_disk_does_nothing_and_says_why(
    cast: Cast, ada: Facilitator, room: str, full_disk: Callable[..., None]
) -> None:
    ada.opens("core", room).shows("lines")
    for i, phone in enumerate(_writers(cast, ada)):
        phone.answers(text=[f"{LONG}{i}", LONG])
    before, rows = ada.desk, _rows()
    full_disk()
    answer = ada.tries("close", sure="1", now="1")
    assert answer.status == 503
    assert "the disk is full" in answer.page.get("console").text
    assert (ada.desk, _rows()) == (before, rows)
    full_disk(room=True)
    ada.closes(now=True)
    assert len(ada.texts()) == 16
    assert _rows() == 0


def test_last_seconds_that_end_on_a_full_disk_end_again_when_there_is_room(
    cast: Cast, ada: Facilitator, room: str, full_disk: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.1)
    monkeypatch.setattr(closing, "TRY_EVERY", 0.1)
    ada.opens("core", room).shows("lines")
    for i, phone in enumerate(_writers(cast, ada)):
        phone.answers(text=[f"{LONG}{i}", LONG])
    ada.closes()
    full_disk()
    gevent.sleep(0.4)
    assert ada.desk["step_state"] == "closing"
    full_disk(room=True)
    gevent.sleep(0.4)
    assert ada.desk["step_state"] == "closed"
    assert len(ada.texts()) == 16
