"""Stopwatches by a clock that nobody can set: paused with the room, and never below nought."""

from __future__ import annotations

import pytest

from sessions.timers import Timers


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timers(clock: Clock) -> Timers:
    timers = Timers(clock)
    timers.start(1, "step")
    return timers


def test_it_counts_down_to_nought_and_stays_there(timers: Timers, clock: Clock) -> None:
    assert timers.left(1, "step", 60) == 60
    clock.now += 45
    assert timers.left(1, "step", 60) == 15
    clock.now += 1000
    assert timers.left(1, "step", 60) == 0


@pytest.mark.parametrize("jump", [-3600.0, -0.001])
def test_a_clock_that_runs_backwards_gives_no_more_than_there_was(timers: Timers, clock: Clock, jump: float) -> None:
    clock.now += jump
    assert timers.left(1, "step", 60) == 60
    assert timers.elapsed(1, "step") == 0.0


def test_a_pause_costs_no_time(timers: Timers, clock: Clock) -> None:
    clock.now += 10
    timers.hold(1)
    timers.hold(1)
    clock.now += 500
    assert timers.left(1, "step", 60) == 50
    timers.go_on(1)
    timers.go_on(1)
    clock.now += 5
    assert timers.left(1, "step", 60) == 45


def test_rooms_have_clocks_of_their_own(timers: Timers, clock: Clock) -> None:
    timers.start(2, "step")
    timers.hold(2)
    clock.now += 10
    assert timers.left(1, "step", 60) == 50
    assert timers.left(2, "step", 60) == 60
    timers.forget(1)
    assert timers.elapsed(1, "step") is None
    assert timers.elapsed(2, "step") == 0.0


def test_after_a_restart_a_stage_shows_its_whole_time(timers: Timers, clock: Clock) -> None:
    clock.now += 30
    timers.open()
    assert timers.left(1, "step", 60) == 60


def test_time_is_given_and_taken_never_below_nothing(clock: Clock) -> None:
    timers = Timers(clock)
    timers.start(1, "step")
    assert timers.give(1, "step", 60, 90) == 60
    assert timers.left(1, "step", 90) == 150
    assert timers.give(1, "step", -200, 90) == -150
    assert timers.left(1, "step", 90) == 0
    assert timers.give(1, "step", -60, 90) == 0
    clock.now += 500
    assert timers.give(1, "step", 60, 90) == 60
    assert timers.left(1, "step", 90) == 60
    assert timers.give(1, "unknown", 60, 90) == 60
    assert timers.left(1, "unknown", 90) == 150
    timers.start(1, "step")
    assert timers.left(1, "step", 90) == 90
