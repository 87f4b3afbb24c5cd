"""Answers written: gathered for a few milliseconds, decided and committed in one transaction, then acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import gevent
from gevent.event import AsyncResult

from sessions import checkpoints
from sessions.wiping import wiper
from workshop import storage
from workshop.database import db

WINDOW = 0.008
BATCH = 64

Verdict = Literal["saved", "stale", "closed", "not_open", "paused", "try_again"]


@dataclass(frozen=True)
class Outcome:
    """What became of one answer. `next`: the rev that this phone may send next. `new`: its first for this question."""

    verdict: Verdict
    next: int = 1
    new: bool = False


@dataclass(eq=False)
class Pending:
    """One answer on its way: where it belongs, whose (for this question alone), which revision, sealed."""

    row: int
    phase: int
    p: bytes
    rev: int
    payload: bytes
    outcome: AsyncResult[Outcome] = field(default_factory=AsyncResult, repr=False)


class Writer:
    """Batches of up to 64 answers or 8 ms; one greenlet gathers, the one writing thread decides."""

    def __init__(self) -> None:
        self._waiting: list[Pending] = []
        self._running = False
        self._counts: dict[tuple[int, int], int] = {}

    def open(self) -> None:
        self._waiting, self._running, self._counts = [], False, {}

    def record(self, pending: Pending) -> Outcome:
        """Wait until `pending` is committed, or refused."""
        self._waiting.append(pending)
        self._begin()
        outcome: Outcome = pending.outcome.get()
        return outcome

    def answered(self, row: int, phase: int) -> int:
        """How many phones have answered or passed; counted once, then kept up by each commit."""
        key = (row, phase)
        if key not in self._counts:
            self._counts[key] = db.run(lambda: _count(db.connection(), row, phase))
        return self._counts[key]

    def expect(self, row: int, phase: int) -> None:
        """A question opens: nobody has answered it."""
        self._counts[row, phase] = 0

    def forget(self, row: int, phase: int) -> None:
        self._counts.pop((row, phase), None)

    def _begin(self) -> None:
        if self._waiting and not self._running:
            self._running = True
            gevent.spawn(self._run)

    def _run(self) -> None:
        try:
            while self._waiting:
                if len(self._waiting) < BATCH:
                    gevent.sleep(WINDOW)
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                self._settle(batch)
        finally:  # an error that nobody foresaw costs its own batch, not every answer after it
            self._running = False
            self._begin()

    def _settle(self, batch: Sequence[Pending]) -> None:
        """Answer every waiter of a batch, whatever happens to it."""
        outcomes = _later(batch)
        try:
            outcomes = self._commit(batch)
        finally:
            for pending, outcome in zip(batch, outcomes, strict=True):
                self._note(pending, outcome)
                pending.outcome.set(outcome)

    def _commit(self, batch: Sequence[Pending]) -> list[Outcome]:
        """The outcomes of a batch; when the transaction as a whole fails, of each by itself."""
        try:
            outcomes = db.run(lambda: _write(db.connection(), batch))
        except sqlite3.Error as error:
            if len(batch) == 1 or storage.fault(error) == storage.BUSY:  # no answer's fault: each would wait as long
                return _later(batch)
            return [outcome for pending in batch for outcome in self._commit([pending])]
        if not db.whole:
            wiper.soon()  # what was acknowledged before is carried over into the file, as long as we can
            return _later(batch)
        return outcomes

    def _note(self, pending: Pending, outcome: Outcome) -> None:
        key = (pending.row, pending.phase)
        if outcome.new and key in self._counts:
            self._counts[key] += 1


def _later(batch: Sequence[Pending]) -> list[Outcome]:
    return [Outcome("try_again", pending.rev) for pending in batch]


def _write(connection: sqlite3.Connection, batch: Sequence[Pending]) -> list[Outcome]:
    """Decide and store a batch in one transaction. Rows go in by pseudonym, so their order says nothing of arrival."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        questions = {(a.row, a.phase) for a in batch}
        verdicts = {(row, phase): _verdict(connection, row, phase) for row, phase in questions}
        checkpoints.reached("batch-checked")
        outcomes: dict[int, Outcome] = {}
        for index in sorted(range(len(batch)), key=lambda i: (batch[i].p, batch[i].rev)):
            answer = batch[index]
            verdict = verdicts[answer.row, answer.phase]
            outcomes[index] = _upsert(connection, answer) if verdict == "saved" else Outcome(verdict, answer.rev)
            checkpoints.reached("answer-written")
        checkpoints.reached("batch-written")
        connection.execute("COMMIT")
        checkpoints.reached("batch-committed")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return [outcomes[index] for index in range(len(batch))]


STATE = """SELECT s.state, l.state, s.phase FROM live_steps s JOIN live_sessions l ON l.id = s.live_id WHERE s.id = ?"""


def _verdict(connection: sqlite3.Connection, row: int, phase: int) -> Verdict:
    """Whether a question takes answers now: the check that counts."""
    found = connection.execute(STATE, (row,)).fetchone()
    if found is None:
        return "not_open"
    step, live, present = found
    if live == "paused" and step in ("open", "closing"):
        return "paused"
    if step in ("open", "closing") and live == "live" and phase == present:
        return "saved"
    return "closed" if phase < present or step in ("closed", "revealed", "open", "closing") else "not_open"


STORED = "SELECT rev, payload FROM open_answers WHERE step = ? AND phase = ? AND p = ?"
INSERT = "INSERT INTO open_answers (step, phase, p, rev, payload) VALUES (?, ?, ?, ?, ?)"
UPDATE = "UPDATE open_answers SET rev = ?, payload = ? WHERE step = ? AND phase = ? AND p = ?"


def _upsert(connection: sqlite3.Connection, a: Pending) -> Outcome:
    """Store an answer that is newer than what is there; the same one again is saved as the first time."""
    stored = connection.execute(STORED, (a.row, a.phase, a.p)).fetchone()
    if stored is None:
        connection.execute(INSERT, (a.row, a.phase, a.p, a.rev, a.payload))
        return Outcome("saved", a.rev + 1, new=True)
    rev, payload = stored
    if a.rev > rev:
        connection.execute(UPDATE, (a.rev, a.payload, a.row, a.phase, a.p))
        return Outcome("saved", a.rev + 1)
    same = a.rev == rev and a.payload == payload
    return Outcome("saved" if same else "stale", rev + 1)


def _count(connection: sqlite3.Connection, row: int, phase: int) -> int:
    query = "SELECT COUNT(*) FROM open_answers WHERE step = ? AND phase = ?"
    (count,) = connection.execute(query, (row, phase)).fetchone()
    return int(count)


writer = Writer()
