"""Texts between close and release: let through, hidden or reworded by a person; then released in one go, final."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from sessions import counting, held
from sessions.change import change
from sessions.counting import TEXT_BUCKET
from sessions.held import Held
from sessions.models import HeldText, LiveSession, LiveStep
from sessions.publishing import publish
from sessions.sealing import seal
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from sessions.vault import vault
from workshop.kinds.kind import Tally, Texts, Words
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
        row.payload = seal(key, text_id.encode(), wording.encode(), TEXT_BUCKET)
        row.status = "reworded"

    change(live, work)


def release(session: Session, live: Snapshot) -> None:
    """What was let through becomes the release of the present question, the rest is deleted; inside a transaction."""
    now, step = live.now, live.step
    if now is None or step is None:
        raise Wrong(_("No step is shown yet."))
    texts = [text for text in held.read(session, live) if text.let_through]
    people = int(now.path["held"]["answerers"])
    asked = counting.Asked.of(live, now.row)
    row = session.get_one(LiveStep, now.row)
    kept = publish(
        _tally(texts, now.path["held"]["what"], people),
        step=now.step_id,
        round=now.round,
        phase=now.phase,
        sensitivity=step.sensitivity,
        k=1,
        k_texts=1,
    )
    counting.keep(session, row, asked.audience if asked else "room", kept)
    session.execute(delete(HeldText).where(HeldText.step == now.row))
    row.path = {name: value for name, value in row.path.items() if name != "held"}


def _tally(texts: Sequence[Held], what: str, people: int) -> Tally:
    if what == "words":
        return [Words("words", tuple((text.text, text.people) for text in texts), people)]
    return [Texts("texts", tuple(text.text for text in texts), people)]


def _mark(live: Snapshot, ids: set[str], status: str) -> None:
    if live.now is None or not live.now.held:
        raise Wrong(_("There are no texts to read here."))

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        for text_id in ids:
            _one(session, old, text_id).status = status

    change(live, work)


def _one(session: Session, live: Snapshot, text_id: str) -> HeldText:
    row = session.get(HeldText, text_id)
    if row is None or live.now is None or row.step != live.now.row:
        raise Wrong(_("This text is not there any more."))
    return row
