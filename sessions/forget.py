"""Destroy what outlived its purpose, end retention, and finish after a crash what was begun."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete as erase
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from sessions import checkpoints, counting, holding, lookup, states
from sessions.deleted import deleted
from sessions.models import HeldText, LiveSession, LiveStep, OpenAnswer, ReleaseRow
from sessions.retention import retention
from sessions.vault import vault
from sessions.wiping import wipe, wiper
from workshop.database import db
from workshop.kinds.kind import OUTCOME

log = logging.getLogger("attune")


def finish(today: date) -> None:
    """At start: bring everything that a crash interrupted to its end, then wipe."""
    _drop_deleted()
    _drop_strays()
    checkpoints.reached("strays-dropped")
    for live in _running():
        _finish(live)
    for handle in vault.handles() - {live.handle for live in _running()}:
        vault.destroy(handle)
    expire(today)
    lookup.forget()
    if not db.run(wipe):
        wiper.soon()


def expire(today: date) -> None:
    """Delete sessions past their time, and practice that ended."""
    if db.write(lambda session: _expire(session, today)):
        lookup.forget()
        wiper.soon()


def delete(live_id: int) -> None:
    """A session and all that is left of it, now."""
    db.write(lambda session: remove(session, live_id))
    lookup.forget()
    wiper.soon()


def running() -> list[int]:
    """The ids of the sessions that are going on."""
    return [live.id for live in _running()]


def _running() -> list[LiveSession]:
    with db.read() as reader:
        return list(reader.scalars(select(LiveSession).where(LiveSession.state != "ended")))


def _drop_deleted() -> None:
    """A backup that was put back must not bring back what was deleted since."""

    def work(session: Session) -> int:
        back = [row.id for row in session.execute(select(LiveSession.id, LiveSession.handle)) if row.handle in deleted]
        for live_id in back:
            remove(session, live_id)
        return len(back)

    if many := db.write(work):
        log.warning("deleted %d sessions once more that had been deleted before", many)


def _drop_strays() -> None:
    """Answers of questions that are not open can only be a mistake; they go, and the log says how many."""
    open_rows = select(LiveStep.id).where(LiveStep.state.in_(("open", "closing", "interrupted")))
    strays = db.write(
        lambda session: (
            session.connection().execute(erase(OpenAnswer).where(OpenAnswer.step.not_in(open_rows))).rowcount
        )
    )
    if strays:
        log.warning("deleted %d answers of questions that were not open", strays)


def _finish(live: LiveSession) -> None:
    """A session as a crash left it: last seconds are over, old keys die, a lost session key cuts off questions."""
    rows = db.write(lambda session: _open_rows(session, live.id))
    for row, _phase, state in rows:
        if state == "closing":
            counting.close(live.id, row)
    if vault.key(live.handle) is None:
        rekey(live.id)
    unreadable = [
        row for row, phase, state in rows if state == "open" and vault.question(live.handle, row, phase) is None
    ]
    if unreadable:
        db.write(lambda session: _cut(session, live.id, unreadable))
    still = {(row, phase) for row, phase, state in rows if state in ("open", "interrupted")}
    for row, phase in vault.questions(live.handle) - still:
        vault.destroy_question(live.handle, row, phase)
    for row in vault.texts_kept(live.handle) - _held_rows(live.id):
        vault.destroy_texts(live.handle, row)
    db.write(lambda session: _raise_version(session, live.id))


def _held_rows(live_id: int) -> set[int]:
    """The rows whose texts' keys are still needed."""
    query = select(HeldText.step, HeldText.status).join(LiveStep, HeldText.step == LiveStep.id)
    with db.read() as reader:
        waiting = reader.execute(query.where(LiveStep.live_id == live_id))
        return {holding.OWN if status == "own" else step for step, status in waiting}


def rekey(live_id: int) -> None:
    """The session's key is lost: a new one, fresh seats for the phones that are in, and what was open is cut off."""
    with db.read() as reader:
        handle = reader.get_one(LiveSession, live_id).handle
    db.write(lambda session: _rekey(session, live_id))
    checkpoints.reached("cut-off")
    vault.make(handle)  # last: with a key, nobody would see that the old one is lost
    lookup.forget(live_id)


def _rekey(session: Session, live_id: int) -> None:
    session.get_one(LiveSession, live_id).rekeyed += 1
    _cut(session, live_id, [row for row, _phase, state in _open_rows(session, live_id) if state == "open"])


def _cut(session: Session, live_id: int, rows: Sequence[int]) -> None:
    """Nobody can answer these questions any more as they were asked."""
    session.get_one(LiveSession, live_id).version += 1
    for row in rows:
        step = session.get_one(LiveStep, row)
        step.state = states.after(states.QUESTION, "cut", step.state)


def _open_rows(session: Session, live_id: int) -> list[tuple[int, int, str]]:
    query = select(LiveStep.id, LiveStep.phase, LiveStep.state).where(
        LiveStep.live_id == live_id, LiveStep.state.in_(("open", "closing", "interrupted"))
    )
    return [(row, phase, state) for row, phase, state in session.execute(query)]


def _raise_version(session: Session, live_id: int) -> None:
    """Counts in memory start anew with the process, so every page must take what it is sent next."""
    session.get_one(LiveSession, live_id).version += 1


def _expire(session: Session, today: date) -> bool:
    """True when anything went."""
    went = False
    for live in session.scalars(select(LiveSession).where(LiveSession.state == "ended")):
        age = today - (live.ended_on or today)
        if live.practice or age > timedelta(days=retention.releases):
            remove(session, live.id)
            went = True
        elif age > timedelta(days=retention.rest) and not live.rules.get("thinned"):
            _thin(session, live)
            went = True
    return went


def remove(session: Session, live_id: int) -> None:
    """A session with everything that hangs on it.

    It is named as deleted first: a crash between the two deletes it at the next start.
    """
    handle = session.scalar(select(LiveSession.handle).where(LiveSession.id == live_id))
    if handle is not None:
        deleted.add(handle)
    rows = select(LiveStep.id).where(LiveStep.live_id == live_id)
    session.execute(erase(OpenAnswer).where(OpenAnswer.step.in_(rows)))
    session.execute(text("DELETE FROM live_sessions WHERE id = :id"), {"id": live_id})


def _thin(session: Session, live: LiveSession) -> None:
    """Leave what draws its releases, and to whom they belong; nothing of how the session was run."""
    rows = select(LiveStep.id).where(LiveStep.live_id == live.id)
    released = select(ReleaseRow.step).where(ReleaseRow.step.in_(rows))
    session.execute(erase(LiveStep).where(LiveStep.live_id == live.id, LiveStep.id.not_in(released)))
    for step in session.scalars(select(LiveStep).where(LiveStep.live_id == live.id)):
        step.path = {name: value for name, value in step.path.items() if name == OUTCOME}
    live.screen_token = secrets.token_urlsafe(16)
    live.rules = {**live.rules, "thinned": True}
