"""Close a question: count, publish, store the release and forget the answers in one transaction; then its key dies."""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sessions import checkpoints, lookup
from sessions.interim import interim
from sessions.models import HeldText, LiveSession, LiveStep, OpenAnswer, ReleaseRow
from sessions.publishing import k_for, live_due, publish, second_round
from sessions.screening import second_look
from sessions.sealing import Unreadable, place, seal, unseal
from sessions.snapshot import Snapshot, StepState
from sessions.vault import Key, vault
from sessions.writer import writer
from workshop import kinds
from workshop.database import db
from workshop.kinds.kind import (
    Answer,
    Kind,
    Question,
    Release,
    ShownTexts,
    ShownWords,
    Tally,
    Texts,
    Words,
)
from workshop.pack import Step

TEXT_BUCKET = 1024
UNCOUNTED = ("open", "closing", "interrupted")
"""States in which a question still has answers."""

_shuffle = random.SystemRandom().shuffle


@dataclass(frozen=True)
class Asked:
    """A question in a transaction: everything that counting it needs, in one hand."""

    live: Snapshot
    step: Step
    state: StepState
    kind: Kind
    question: Question

    @classmethod
    def of(cls, live: Snapshot, row: int) -> Asked | None:
        for rounds in live.rounds.values():
            for state in rounds:
                if state.row == row:
                    return cls._of(live, state)
        return None

    @classmethod
    def _of(cls, live: Snapshot, state: StepState) -> Asked | None:
        step = next((step for step in live.plan if step.id == state.step_id), None)
        if step is None:
            return None
        kind = kinds.get(step.kind)
        question = kind.question(step.config, state.releases[: state.phase])
        return cls(live, step, state, kind, question) if question else None

    @property
    def audience(self) -> str:
        return "facilitator" if self.step.reveal == "facilitator_only" else self.question.audience

    def k(self, what: Literal["counts", "texts"]) -> int:
        """How many people must have answered; of answers or of texts."""
        return k_for(self.step.sensitivity, what, min_show=self.step.min_show, raised=self.live.raised_k)


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


def peek(live: Snapshot, answered: int) -> bool:
    """For a low question with live bars: keep a new interim release when a batch of at least k is in."""
    now, step = live.now, live.step
    if not now or not step or step.reveal != "live" or step.sensitivity != "low" or not now.taking:
        return False
    asked = Asked.of(live, now.row)
    shown = interim.answerers(now.row, now.phase)
    if asked is None or not live_due(shown, answered, max(asked.k("counts"), shown // 10)):
        return False
    tally = db.write(lambda session: _tally(session, asked))
    people = max((part.answerers for part in tally), default=0)
    if not live_due(shown, people, asked.k("counts")):
        return False
    interim.keep(now.row, now.phase, people, _publish(asked, tally))
    return True


def _close(session: Session, live_id: int, row: int, only: Collection[str]) -> int | None:
    """The phase that was closed, or None."""
    step_row = session.get_one(LiveStep, row)
    live_row = session.get_one(LiveSession, live_id)
    if step_row.state not in only:
        return None
    asked = Asked.of(lookup.within(session, live_row), row)
    if asked is not None:
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
    release = _publish(asked, tally)
    waiting = _to_read(release, tally) if asked.question.moderated else []
    if waiting:
        _hold(session, row, asked, waiting)
        answerers = max(part.answerers for part in tally)
        row.path = {**row.path, "held": {"answerers": answerers, "what": type(tally[0]).__name__.lower()}}
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
    )
    first = _first_round(asked)
    return second_round(first, release, tally, asked.step.sensitivity) if first else release


def _first_round(asked: Asked) -> Release | None:
    """The release that a second round of the same question stands beside."""
    rounds = asked.live.rounds[asked.state.step_id]
    if asked.state.round == 1 or len(rounds[0].releases) <= asked.state.phase:
        return None
    return rounds[0].releases[asked.state.phase]


def _to_read(release: Release, tally: Tally) -> list[tuple[str, int]]:
    """Texts and words of a tally that may be shown at all, with their number of people; the rest is deleted unseen."""
    words = {word for part in release.parts if isinstance(part, ShownWords) for word, _ in part.entries}
    texts = any(isinstance(part, ShownTexts) for part in release.parts)
    found: list[tuple[str, int]] = []
    for part in tally:
        if isinstance(part, Words):
            found += [(word, people) for word, people in part.entries if word in words]
        elif isinstance(part, Texts) and texts:
            found += [(text, 1) for text in part.entries]
    return found


def _hold(session: Session, row: LiveStep, asked: Asked, waiting: list[tuple[str, int]]) -> None:
    """Put texts away for a person to read first, shuffled; words that two phones sent pass by themselves."""
    key = vault.make_texts(asked.live.handle, row.id)
    _shuffle(waiting)
    for text, people in waiting:
        text_id = secrets.token_hex(8)
        payload = seal(key, text_id.encode(), text.encode(), TEXT_BUCKET)
        status = "passed" if people > 1 and not second_look(text) else "held"
        session.add(HeldText(id=text_id, step=row.id, phase=row.phase, people=people, status=status, payload=payload))
    session.flush()
    checkpoints.reached("texts-held")
