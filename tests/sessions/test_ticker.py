"""Counts that are told a few times a second: never of an earlier state than what the room has seen meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask

from sessions import broadcast, closing, counting, realtime, ticker
from sessions.snapshot import Snapshot
from tests.sessions.writing import Asked


def test_counts_are_told_of_the_room_as_it_stands_after_the_answers_were_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading them waits for the writer, and the question may be closed in that time."""
    asked = Asked.anew()
    told: list[int] = []

    def read_slowly(live: Snapshot, answered: int) -> bool:
        closing.close(asked.live)
        return False

    def hears(page: str, live_id: int, lang: str, target: str, v: int, html: str) -> None:
        told.append(v)

    monkeypatch.setattr(counting, "peek", read_slowly)
    monkeypatch.setattr(realtime, "languages", lambda page, live_id: {"en"})
    monkeypatch.setattr(realtime, "send", hears)
    ticker._tell(asked.id)
    counts = [v for v in told if v >= broadcast.STEPS]
    assert counts == sorted(counts)
    assert counts[-1] // broadcast.STEPS == asked.live.version
