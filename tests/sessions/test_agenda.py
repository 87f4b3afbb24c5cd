"""When the session will end: what a step has taken is taken, whatever happens within it."""

from __future__ import annotations

import pytest
from flask import Flask

from sessions import agenda, conduct, lookup, stage
from sessions.snapshot import Snapshot
from sessions.timers import timers
from tests import factories
from tests.room_pack import ROOM
from tests.story_pack import TELLING

NOW = 29_000_000


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timers, "_clock", clock)
    monkeypatch.setattr(agenda, "wall", lambda: NOW * 60 + 20 + clock.now)
    return clock


def again(live: Snapshot) -> Snapshot:
    found = lookup.of(live.id)
    assert found
    return found


def expected_end(live: Snapshot) -> int:
    plan = agenda.plan(again(live))
    assert plan
    return plan.expected_end


def test_the_expected_end_does_not_move_from_stage_to_stage(clock: Clock) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(live, "talk")
    ends = expected_end(live)
    for second in range(60):
        clock.now += 1
        assert expected_end(live) == ends, f"after {second} seconds it is another minute"
    for spent in (60, 90):
        clock.now += spent
        assert expected_end(live) == ends
        conduct.act(again(live), "forward")
        assert expected_end(live) == ends, "a stage that begins gave the step its whole time back"
    assert stage.seconds_left(again(live)) == 30, "a stage begins with less than its time"


def test_time_over_what_was_planned_moves_it(clock: Clock) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(live, "talk")
    ends = expected_end(live)
    clock.now += 210 + 120
    assert expected_end(live) == ends + 2


def test_it_is_not_known_before_the_first_step(clock: Clock) -> None:
    owner = factories.facilitator()
    assert agenda.plan(factories.session(owner, factories.shelved(owner, ROOM))) is None


def test_a_story_of_fewer_turns_brings_the_expected_end_nearer_and_leaves_the_planned_one(clock: Clock) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, TELLING))
    conduct.show(live, "tell")
    before = agenda.plan(again(live))
    assert before
    conduct.act(again(live), "swap:visit")
    after = agenda.plan(again(live))
    assert after
    assert after.planned_end == before.planned_end
    assert after.expected_end == before.expected_end - 1
    assert [row.minutes for row in agenda.rows(again(live)) if row.id == "tell"] == ["3:10"]
