"""The last instant of the last seconds: whoever takes the close back in time has taken it back."""

from __future__ import annotations

import gevent
import pytest
from flask import Flask

from sessions import closing, counting
from sessions.states import Wrong
from tests.sessions.writing import Asked


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.1)
    asked = Asked.anew()
    for choice in "aabc":
        asked.writes(asked.seat(), choice=choice)
    return asked


def test_an_undo_between_the_clock_and_the_count_wins(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is up, and the counting is about to begin."""
    count, reached = counting.close, list[str]()

    def undone_first(live_id: int, row: int, *only: object) -> bool:
        assert asked.live.now
        reached.append(asked.live.now.state)
        closing.undo(asked.live)
        return count(live_id, row, *only)  # type: ignore[arg-type]

    monkeypatch.setattr(counting, "close", undone_first)
    closing.close(asked.live)
    gevent.sleep(0.3)
    assert reached == ["closing"]
    assert asked.live.now
    assert (asked.live.now.state, asked.live.now.releases) == ("open", ())
    assert len(asked.stored()) == 4


def test_after_the_last_seconds_it_is_counted(asked: Asked) -> None:
    closing.close(asked.live)
    gevent.sleep(0.3)
    assert asked.live.now
    assert (asked.live.now.state, len(asked.live.now.releases)) == ("closed", 1)
    assert asked.stored() == []


def test_a_second_press_neither_lengthens_the_last_seconds_nor_stops_them(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused, and the first one runs out when it said it would."""
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.8)
    closing.close(asked.live)
    gevent.sleep(0.6)
    with pytest.raises(Wrong):
        closing.close(asked.live)
    gevent.sleep(0.4)
    assert asked.live.now
    assert (asked.live.now.state, len(asked.live.now.releases)) == ("closed", 1)
