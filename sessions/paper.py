"""Enter the ballots of a question: once, after its close, and for good."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from sessions.ballots import Sheet
from sessions.change import change
from sessions.models import LiveSession, ReleaseRow
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop.kinds.kind import Invalid
from workshop.tally import Shift, Table
from workshop.words import gettext as _

AUDIENCE = "paper"


def enter(live: Snapshot, sheet: Sheet, tally: Sequence[Table | Shift]) -> None:
    """Store what may be shown of a hand count, as a release beside that of the phones; raises `Wrong`."""
    asked_for = sheet.asked.state

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        now = Sheet.of(old, asked_for.step_id, asked_for.round, asked_for.phase)
        if now is None or now.why_not:
            raise Wrong(now.why_not if now else _("That is not possible at this point."))
        try:
            release = now.shown(tally)
        except Invalid as refusal:
            raise Wrong(refusal.message) from refusal
        published = release.model_dump_json()
        session.add(ReleaseRow(step=asked_for.row, phase=~asked_for.phase, audience=AUDIENCE, published=published))

    change(live, work)
