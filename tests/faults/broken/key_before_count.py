"""Destroys a question's key before what it opened is counted for good."""

from __future__ import annotations

from sessions import counting
from sessions.vault import vault

drop = counting.drop


def install() -> None:
    def dropped(session: counting.Session, row: int, phase: int) -> None:
        for handle in vault.handles():
            vault.destroy_question(handle, row, phase)
        drop(session, row, phase)

    counting.drop = dropped
