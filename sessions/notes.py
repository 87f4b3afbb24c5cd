"""Kind notes: a sentence to all phones at once, since nothing links a text to any one of them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sessions.change import change, must_run
from sessions.models import LiveSession
from sessions.snapshot import Snapshot


def send_kind_note(live: Snapshot) -> None:
    """If something feels heavy: Help, or a quiet word."""
    _send(live, "kind_note_all")


def ask_to_rephrase(live: Snapshot) -> None:
    """Some lines came in too sharp for the screen; a new one is welcome."""
    _send(live, "text_rephrase_all")


def _send(live: Snapshot, string: str) -> None:
    """It stays until the room goes on."""
    must_run(live)

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        row.rules = {**row.rules, "note": string}

    change(live, work)
