"""When the session will end: what a step has taken is taken, whatever happens within it."""

from __future__ import annotations

import pytest
from flask import Flask

from sessions import agenda, closing, conduct, lookup, planning, schedule, stage
from sessions.snapshot import Snapshot
from sessions.timers import timers
from tests import factories
from tests.room_pack import ROOM
from tests.story_pack import TELLING

NOW = 29_000_000


class Clock:
    now = 100.0

    second = 20
    """Of the minute, in which the test begins."""

    def __call__(self) -> float:
        return self.now

    def wall(self) -> float:
        return NOW * 60 + self.second + self.now

    def minute(self) -> int:
        return int(self.wall() // 60)


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timers, "_clock", clock)
    monkeypatch.setattr(schedule, "wall", clock.wall)
    monkeypatch.setattr(conduct, "minute", clock.minute)
    monkeypatch.setattr(planning, "minute_now", clock.minute)
    return clock


def again(live: Snapshot) -> Snapshot:
    found = lookup.of(live.id)
    assert found
    return found


def expected_end(live: Snapshot) -> int:
    plan = schedule.plan(again(live))
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
    assert schedule.plan(factories.session(owner, factories.shelved(owner, ROOM))) is None


def test_a_story_of_fewer_turns_brings_the_expected_end_nearer_and_leaves_the_planned_one(clock: Clock) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, TELLING))
    conduct.show(live, "tell")
    before = schedule.plan(again(live))
    assert before
    conduct.act(again(live), "swap:visit")
    after = schedule.plan(again(live))
    assert after
    assert after.planned_end == before.planned_end
    assert after.expected_end == before.expected_end - 1
    assert [row.minutes for row in agenda.rows(again(live)) if row.id == "tell"] == ["3:10"]


@pytest.mark.parametrize("second", range(0, 60, 7))
def test_whatever_the_second_in_which_it_begins_it_is_on_time(clock: Clock, second: int) -> None:
    clock.second = second
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(live, "hello")
    for _ in range(30):
        plan = schedule.plan(again(live))
        assert plan
        assert plan.late == "on time"
        clock.now += 1


def test_looking_back_costs_no_time(clock: Clock) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(live, "care")
    clock.now += 10
    conduct.next_step(again(live))
    closing.close(again(live), now=True)
    clock.now += 30
    ends = expected_end(live)
    conduct.back(again(live))
    assert expected_end(live) == ends, "what was seen takes its time again"
    clock.now += 5
    conduct.next_step(again(live))
    assert expected_end(live) == ends, "the step begins anew"
    clock.now += 600
    conduct.back(again(live))
    assert expected_end(live) > ends + 7, "time goes on while the room looks back"


@pytest.mark.parametrize("given", [0, 1])
def test_after_a_restart_a_step_has_the_time_that_was_left(clock: Clock, given: int) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(live, "talk")
    if given:
        planning.minute(again(live), given)
    clock.now += 120
    ends = expected_end(live)
    timers.open()
    assert expected_end(live) > ends, "the control: without it, all of the step is still to come"
    planning.find_the_time_again()
    assert abs(expected_end(live) - ends) <= 1


def test_another_plan_leaves_the_planned_end_until_she_takes_the_new_one(clock: Clock) -> None:
    owner = factories.facilitator()
    live = factories.session(owner, factories.shelved(owner, ROOM))
    conduct.show(live, "care")
    before = schedule.plan(again(live))
    planning.switch(again(live), "short")
    after = schedule.plan(again(live))
    assert before
    assert after
    assert (after.planned_end, after.late) != (before.planned_end, "on time")
    assert after.planned_end == before.planned_end
    planning.new_end(again(live))
    taken = schedule.plan(again(live))
    assert taken
    assert taken.planned_end == after.expected_end
