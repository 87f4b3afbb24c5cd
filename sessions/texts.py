"""Texts between close and release: let through, hidden or reworded by a person; then released in one go, final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sessions import counting, held, holding
from sessions.asked import Asked
from sessions.change import change
from sessions.held import Held
from sessions.models import HeldText, LiveSession, LiveStep, ReleaseRow
from sessions.publishing import publish
from sessions.screening import masked
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from sessions.vault import vault
from workshop.release import Release, ShownTexts
from workshop.tally import Tally, Texts, Words
from workshop.words import gettext as _

LONGEST = 500


def show(live: Snapshot, text_id: str) -> None:
    _mark(live, {text_id}, "shown")


def hide(live: Snapshot, text_id: str) -> None:
    _mark(live, {text_id}, "hidden")


def show_unmarked(live: Snapshot) -> None:
    """Let through all that nobody has decided on and that needs no second look."""
    _mark(live, {text.id for text in held.waiting(live) if text.status == "held" and not text.marked}, "shown")


def edit(live: Snapshot, text_id: str, text: str) -> None:
    """Put other words in place of a text, and let it through."""
    wording = " ".join(text.split())
    if not wording or len(wording) > LONGEST:
        raise Wrong(_("A text has between 1 and 500 letters."))

    def work(session: Session, live_row: LiveSession, old: Snapshot) -> None:
        row = _one(session, old, text_id)
        key = vault.texts(old.handle, row.step)
        if key is None:
            raise Wrong(_("These texts cannot be read any more."))
        row.payload = holding.sealed(key, text_id, holding.opened(key, row)[0], wording)
        row.status = "reworded"

    change(live, work)


def release(session: Session, live: Snapshot) -> None:
    """What was let through becomes the release of the present question, the rest is deleted; inside a transaction."""
    now, step = live.now, live.step
    if now is None or step is None:
        raise Wrong(_("No step is shown yet."))
    texts = [text for text in held.read(session, live) if text.let_through]
    held_back = now.path["held"]
    asked = Asked.of(live, now.row)
    row = session.get_one(LiveStep, now.row)
    kept = publish(
        _tally(texts, held_back),
        step=now.step_id,
        round=now.round,
        phase=now.phase,
        sensitivity=step.sensitivity,
        k=1,
        k_texts=1,
    )
    counting.keep(session, row, asked.audience if asked else "room", holding.beside(kept, held_back))
    session.execute(delete(HeldText).where(HeldText.step == now.row, HeldText.status != "own"))
    holding.let_go(row, "held")


def release_own(session: Session, live: Snapshot) -> None:
    """At the end, what was written for the facilitator alone becomes a release of its own; inside a transaction."""
    key = vault.texts(live.handle, holding.OWN)
    steps = [(state, state.path["own"]) for rounds in live.rounds.values() for state in rounds if "own" in state.path]
    if key is None:
        return
    for state, noted in steps:
        own = select(HeldText).where(HeldText.step == state.row, HeldText.status == "own").order_by(HeldText.id)
        written = [holding.opened(key, row) for row in session.scalars(own)]
        parts = tuple(_own(part, [text for name, text in written if name == part["name"]]) for part in noted)
        phase = len(state.releases)
        kept = Release(step=state.step_id, round=state.round, phase=phase, parts=parts)
        session.add(ReleaseRow(step=state.row, phase=phase, audience="results", published=kept.model_dump_json()))


def _own(noted: Mapping[str, Any], texts: Sequence[str]) -> ShownTexts:
    entries = tuple(masked(text) for text in texts)
    return ShownTexts(
        name=noted["name"], title=noted["title"], n=noted["answerers"], entries=entries, facilitator_only=True
    )


def _tally(texts: Sequence[Held], held_back: Mapping[str, Any]) -> Tally:
    """The parts that waited, of the texts that were let through."""
    return [
        _part(noted, [text for text in texts if text.part == noted["name"]])
        for noted in held_back["parts"]
        if "shown" not in noted
    ]


def _part(noted: Mapping[str, Any], texts: Sequence[Held]) -> Words | Texts:
    name, people, title = noted["name"], int(noted["answerers"]), noted["title"]
    if noted["what"] == "words":
        return Words(name, tuple((text.text, text.people) for text in texts), people, title)
    return Texts(name, tuple(text.text for text in texts), people, bool(noted["own_line"]), title)


def _mark(live: Snapshot, ids: set[str], status: str) -> None:
    if live.now is None or not live.now.held:
        raise Wrong(_("There are no texts to read here."))

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        for text_id in ids:
            _one(session, old, text_id).status = status

    change(live, work)


def _one(session: Session, live: Snapshot, text_id: str) -> HeldText:
    row = session.get(HeldText, text_id)
    if row is None or live.now is None or row.step != live.now.row or row.status == "own":
        raise Wrong(_("This text is not there any more."))
    return row
