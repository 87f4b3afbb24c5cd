"""Sentences to the whole room besides its step: a kind note, an open offer, a quiet minute, two minutes in pairs.

To all phones at once, since nothing links a text or a need to any one of them.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from sessions.change import Work, change
from sessions.models import LiveSession
from sessions.snapshot import Snapshot
from sessions.stage import NOTES
from sessions.states import Wrong
from workshop.words import gettext as _


def send(live: Snapshot, what: str) -> None:
    """To the room, in a pause too; it stays until the room goes on, or it is taken back."""
    if what not in NOTES:
        raise Wrong(_("There is no such button."))
    change(live, _said(what), begins=("note",))


def take_back(live: Snapshot) -> None:
    """Nobody is shown it any more."""
    change(live, _said(""))


def _said(what: str) -> Work:
    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        row.rules = {**row.rules, "note": what}

    return work
