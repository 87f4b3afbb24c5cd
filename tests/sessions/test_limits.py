"""What a phone may do how often."""

from __future__ import annotations

import pytest

from sessions.limits import Limits


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    limits = Limits(clock)
    limits.open()
    return limits


def test_a_thousand_answers_in_a_second_become_ten_to_twelve(limits: Limits, clock: Clock) -> None:
    taken = 0
    for _ in range(1000):
        taken += limits.answer(b"ana") is None
        clock.now += 0.001
    assert 10 <= taken <= 12


def test_one_seat_does_not_slow_another(limits: Limits) -> None:
    while limits.answer(b"ana") is None:
        pass
    assert limits.answer(b"bo") is None


def test_it_says_how_long_to_wait_and_keeps_its_word(limits: Limits, clock: Clock) -> None:
    while (wait := limits.answer(b"ana")) is None:
        pass
    assert 0 < wait <= 0.5
    clock.now += wait
    assert limits.answer(b"ana") is None


def test_a_clock_that_goes_back_gives_and_takes_nothing(limits: Limits, clock: Clock) -> None:
    while limits.answer(b"ana") is None:
        pass
    clock.now -= 3600
    assert limits.answer(b"ana") is not None
    clock.now += 1
    assert limits.answer(b"ana") is None


def test_six_texts_a_minute(limits: Limits, clock: Clock) -> None:
    assert [limits.text(b"ana") is None for _ in range(7)] == [True] * 6 + [False]
    assert 1 <= (limits.text(b"ana") or 0) <= 60
    assert limits.text(b"bo") is None
    clock.now += 61
    assert limits.text(b"ana") is None


def test_thirty_wrong_codes_from_one_address_then_no_lookup(limits: Limits) -> None:
    assert all(limits.code("10.0.0.1") for _ in range(30))
    assert limits.code("10.0.0.1") is None
    assert limits.code("10.0.0.2") is not None


def test_five_hundred_right_codes_from_one_address_in_one_moment(limits: Limits) -> None:
    for _ in range(500):
        ticket = limits.code("10.0.0.1")
        assert ticket
        ticket.give_back()


def test_the_whole_server_looks_up_sixty_wrong_codes_a_minute(limits: Limits, clock: Clock) -> None:
    tries = sum(limits.code(f"10.0.{n // 250}.{n % 250}") is not None for n in range(1000))
    assert tries == 60
    clock.now += 60
    assert sum(limits.code(f"10.1.{n // 250}.{n % 250}") is not None for n in range(1000)) == 60


def test_three_hours_of_guessing_find_a_code_of_fifty_sessions_less_than_once_in_a_hundred(
    limits: Limits, clock: Clock
) -> None:
    tries = 0
    for second in range(3 * 3600):
        clock.now += 1
        while limits.code(f"10.0.0.{second % 200}"):
            tries += 1
    assert 1 - (1 - 50 / 10**8) ** tries < 0.01


def test_no_address_is_kept_and_the_same_address_has_another_name_an_hour_later(limits: Limits, clock: Clock) -> None:
    limits.code("10.0.0.1")
    first = set(limits._addresses._kept)
    clock.now += 3601
    limits.code("10.0.0.1")
    assert first
    assert not first & set(limits._addresses._kept)
    assert not any(b"10.0.0.1" in key for key in first)


def test_buckets_that_are_full_again_are_forgotten(limits: Limits, clock: Clock) -> None:
    for number in range(1000):
        limits.answer(number.to_bytes(16, "big"))
    clock.now += 6
    limits.answer(b"ana")
    assert len(limits._answers) == 1
