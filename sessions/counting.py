"""Close a question: count, publish, store the release and forget the answers in one transaction; then its key dies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sessions import checkpoints, holding, lookup
from sessions.asked import Asked
from sessions.interim import interim
from sessions.models import LiveSession, LiveStep, OpenAnswer, ReleaseRow
from sessions.publishing import live_due, publish, second_round
from sessions.sealing import Unreadable, place, unseal
from sessions.snapshot import Snapshot
from sessions.vault import Key, vault
from sessions.writer import writer
from workshop.database import db
from workshop.kinds.kind import Answer
from workshop.release import Release
from workshop.tally import Tally

UNCOUNTED = ("open", "closing", "interrupted")
"""States in which a question still has answers."""


def close(live_id: int, row: int, only: Collection[str] = UNCOUNTED) -> bool:
    """Close the question of `row`; False when it was closed already. Waits for every answer before it in the queue."""
    phase = db.write(lambda session: _close(session, live_id, row, only))
    lookup.forget(live_id)
    if phase is None:
        return False
    live = lookup.of(live_id)
    if live:
        checkpoints.reached("release-stored")
        vault.destroy_question(live.handle, row, phase)
        checkpoints.reached("key-destroyed")
    writer.forget(row, phase)
    interim.forget(row, phase)
    return True


def drop(session: Session, row: int, phase: int) -> None:
    """Delete the answers of a question unseen."""
    session.execute(delete(OpenAnswer).where(OpenAnswer.step == row, OpenAnswer.phase == phase))


def any_answer(session: Session, row: int, phase: int) -> bool:
    """Whether any answer to a question has come in, a pass included."""
    found = select(OpenAnswer.p).where(OpenAnswer.step == row, OpenAnswer.phase == phase).limit(1)
    return session.execute(found).first() is not None


def peek(live: Snapshot, answered: int) -> bool:
    """For a low question with live bars: keep a new interim release when a batch of at least k is in."""
    now, step = live.now, live.step
    moving = live.for_the_room and step is not None and (step.reveal, step.sensitivity) == ("live", "low")
    if not now or not now.taking or not moving:
        return False
    asked = Asked.of(live, now.row)
    shown = interim.answerers(now.row, now.phase)
    if asked is None or not live_due(shown, answered, max(asked.k("counts"), shown // 10)):
        return False
    tally = db.write(lambda session: _tally(session, asked))
    people = max((part.answerers for part in tally), default=0)
    if not live_due(shown, people, asked.k("counts")):
        return False
    release = holding.counted(_publish(asked, tally))  # texts are read first, whatever the step
    if not release.parts:
        return False
    interim.keep(now.row, now.phase, people, release)
    return True


def _close(session: Session, live_id: int, row: int, only: Collection[str]) -> int | None:
    """The phase that was closed, or None."""
    step_row = session.get_one(LiveStep, row)
    live_row = session.get_one(LiveSession, live_id)
    if step_row.state not in only:
        return None
    asked = Asked.of(lookup.within(session, live_row), row)
    if asked is not None and asked.question.linked != "pre":  # that is counted with its second half, or never
        _store(session, step_row, asked, _tally(session, asked))
    checkpoints.reached("counted")
    drop(session, row, step_row.phase)
    checkpoints.reached("forgotten")
    step_row.state = "closed"
    live_row.version += 1
    return step_row.phase


def _tally(session: Session, asked: Asked) -> Tally:
    key = vault.question(asked.live.handle, asked.state.row, asked.state.phase)
    query = select(OpenAnswer.p, OpenAnswer.rev, OpenAnswer.payload).where(
        OpenAnswer.step == asked.state.row, OpenAnswer.phase == asked.state.phase
    )
    rows = session.connection().execute(query)
    return asked.kind.count(_opened(rows, key, asked), asked.question) if key else ()


def _opened(rows: Iterable[tuple[bytes, int, bytes]], key: Key, asked: Asked) -> list[Answer]:
    """The answers in the order of their pseudonyms, passes left out. One that does not open is nobody's answer."""
    answers = []
    read = cache(asked.question.answer.model_validate_json)  # a room has more people than opinions
    for p, rev, payload in rows:
        try:
            plain = unseal(key, place(asked.state.row, asked.state.phase, p, rev), payload)
        except Unreadable:
            continue
        if plain:
            answers.append(read(plain))
    return answers


def _store(session: Session, row: LiveStep, asked: Asked, tally: Tally) -> None:
    """Store the release; or, where a person must read texts first, hold them under a key of their own."""
    if asked.question.audience == "nobody" or asked.step.reveal in ("never", "none"):
        return
    own, tally = asked.own(tally), asked.shared(tally)
    holding.keep_for_the_end(session, asked.live.handle, row, own)
    if own and not tally:
        return
    release = _publish(asked, tally)
    waiting = holding.to_read(release, tally) if asked.question.moderated else []
    if waiting:
        holding.hold(session, asked.live.handle, row, waiting)
        row.path = {**row.path, "held": holding.note(release, tally)}
    else:
        keep(session, row, asked.audience, release)


def keep(session: Session, row: LiveStep, audience: str, release: Release) -> None:
    """Store what may be shown of a question; there is no way to change it after."""
    published = release.model_dump_json()
    session.add(ReleaseRow(step=row.id, phase=row.phase, audience=audience, published=published))


def _publish(asked: Asked, tally: Tally) -> Release:
    release = publish(
        tally,
        step=asked.state.step_id,
        round=asked.state.round,
        phase=asked.state.phase,
        sensitivity=asked.step.sensitivity,
        k=asked.k("counts"),
        k_texts=asked.k("texts"),
        rules=asked.rules,
    )
    first = _first_round(asked)
    return second_round(first, release, tally, asked.step.sensitivity) if first else release


def _first_round(asked: Asked) -> Release | None:
    """The release that a second round of the same question stands beside."""
    rounds = asked.live.rounds[asked.state.step_id]
    if asked.state.round == 1 or len(rounds[0].releases) <= asked.state.phase:
        return None
    return rounds[0].releases[asked.state.phase]
