"""Who is here: distinct seats with a socket or a recent request."""

from __future__ import annotations

import pytest

from sessions.presence import Presence


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def presence(clock: Clock) -> Presence:
    return Presence(clock)


def test_two_sockets_of_one_phone_are_one_seat(presence: Presence) -> None:
    presence.came(1, b"ana", "a")
    presence.came(1, b"ana", "b")
    presence.came(1, b"bo", "c")
    assert presence.count(1) == 2


def test_a_socket_that_closes_twice_is_gone_once(presence: Presence, clock: Clock) -> None:
    presence.came(1, b"ana", "a")
    presence.came(1, b"bo", "b")
    for _ in range(1000):
        presence.gone("a")
    clock.now += 61
    assert presence.count(1) == 1


def test_a_socket_that_comes_a_thousand_times_is_one_seat(presence: Presence, clock: Clock) -> None:
    for _ in range(1000):
        presence.came(1, b"ana", "a")
    assert presence.count(1) == 1
    presence.gone("a")
    clock.now += 61
    assert presence.count(1) == 0


def test_a_phone_without_a_socket_is_here_for_a_minute_after_a_request(presence: Presence, clock: Clock) -> None:
    presence.seen(1, b"ana")
    clock.now += 59
    assert presence.count(1) == 1
    clock.now += 2
    assert presence.count(1) == 0


def test_an_open_socket_is_here_however_long_it_is_silent(presence: Presence, clock: Clock) -> None:
    presence.came(1, b"ana", "a")
    clock.now += 3600
    assert presence.count(1) == 1


def test_requests_in_any_order_expire_each_by_its_own_minute(presence: Presence, clock: Clock) -> None:
    presence.seen(1, b"ana")
    clock.now += 30
    presence.seen(1, b"bo")
    presence.seen(1, b"ana")
    clock.now += 45
    presence.seen(1, b"cy")
    assert presence.count(1) == 3
    clock.now += 16
    assert presence.count(1) == 1


def test_a_seat_that_leaves_is_gone_at_once_with_all_its_sockets(presence: Presence) -> None:
    presence.came(1, b"ana", "a")
    presence.came(1, b"ana", "b")
    presence.left(1, b"ana")
    assert presence.count(1) == 0
    presence.gone("a")
    assert presence.count(1) == 0


def test_live_sessions_do_not_see_each_other(presence: Presence) -> None:
    presence.came(1, b"ana", "a")
    presence.came(2, b"bo", "b")
    presence.forget(1)
    assert (presence.count(1), presence.count(2)) == (0, 1)


def test_nothing_is_kept_of_a_session_that_is_over(presence: Presence) -> None:
    presence.came(1, b"ana", "a")
    presence.seen(1, b"bo")
    presence.forget(1)
    assert presence._rooms == {}
    assert presence._seats == {}
