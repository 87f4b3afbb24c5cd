"""Phones in flight mode for longer than the server waits, a server that stands still: all come back, nothing is lost.

The server's patience is two seconds here and not twenty-five; what it does then is the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from tests.faults import reconciling
from tests.faults.dying import Doomed
from tests.faults.following import are_at, following, joined
from tests.faults.impatient import SECONDS
from tests.faults.proxy import Proxy
from tests.faults.room import Room

PHONES = 20
LONG = 3.5 * SECONDS
BACK_WITHIN = 15.0
LAST_SECONDS = 5.0

stands_still = pytest.mark.skipif(os.name == "nt", reason="Windows stops no process by a signal")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    server = Doomed(tmp_path_factory.mktemp("still"), broken=["tests.faults.impatient"])
    made = Room.opened(server, PHONES)
    yield made
    made.server.stop()
    assert "Traceback" not in made.server.said()


@pytest.fixture
def proxy(room: Room) -> Iterator[Proxy]:
    with Proxy(room.server.port).running() as proxy:
        yield proxy


# ---------- 58c ----------


def test_phones_in_flight_mode_are_given_up_and_back_in_the_right_place_within_two_seconds(
    room: Room, proxy: Proxy
) -> None:
    room.asks()
    room.crowd.everybody_answers(room.question)
    with following(room, proxy.port) as five:
        proxy.holds()
        time.sleep(LONG)
        room.ada.closes(now=True, show=True)
        proxy.heals()
        are_at(five, "revealed", within=2)
        assert joined(five) == {2}, "the server never gave them up"
    assert reconciling.counted(room.crowd, room.released()) == []


def test_phones_in_a_quiet_room_are_not_given_up(room: Room) -> None:
    room.asks()
    with following(room, room.server.port) as five:
        time.sleep(LONG)
        room.ada.closes(now=True)
        are_at(five, "closed")
        assert joined(five) == {1}


def test_answers_of_phones_in_flight_mode_are_there_once_afterwards(room: Room, proxy: Proxy) -> None:
    room.asks()
    for phone in room.crowd.phones:
        phone.port = proxy.port
    with room.crowd.answering(room.question):
        time.sleep(0.5)
        proxy.holds()
        time.sleep(LONG)
        proxy.heals()
        time.sleep(0.5)
    room.crowd.everybody_answers(room.question)
    for phone in room.crowd.phones:
        phone.port = 0
    assert reconciling.stored(room) == []
    room.ada.closes(now=True)
    assert reconciling.counted(room.crowd, room.released()) == []


# ---------- 62 ----------


@stands_still
def test_a_server_that_stood_still_has_everybody_back_and_has_lost_nothing(room: Room) -> None:
    room.asks()
    with following(room, room.server.port) as five:
        with room.crowd.answering(room.question):
            time.sleep(0.5)
            room.server.freeze()
            time.sleep(LONG)
            room.server.thaw()
            began = time.monotonic()
            time.sleep(0.5)
        room.crowd.everybody_answers(room.question)
        assert room.state == "open"
        assert reconciling.stored(room) == []
        room.ada.closes(now=True, show=True)
        are_at(five, "revealed")
        assert time.monotonic() - began < BACK_WITHIN
    assert reconciling.counted(room.crowd, room.released()) == []


@stands_still
def test_last_seconds_are_not_over_early_because_the_server_stood_still(room: Room) -> None:
    room.asks()
    room.crowd.everybody_answers(room.question)
    with following(room, room.server.port) as five:
        began = time.monotonic()
        room.ada.closes()
        are_at(five, "closing")
        room.server.freeze()
        time.sleep(2)
        room.server.thaw()
        states = {one.state for one in five}
        are_at(five, "closed")
        took = time.monotonic() - began
    assert states == {"closing"}
    assert LAST_SECONDS <= took < BACK_WITHIN
    assert reconciling.counted(room.crowd, room.released()) == []


@stands_still
def test_last_seconds_that_ran_out_while_the_server_stood_still_close_the_question_once(room: Room) -> None:
    room.asks()
    room.crowd.everybody_answers(room.question)
    with following(room, room.server.port) as five:
        room.ada.closes()
        room.server.freeze()
        time.sleep(LAST_SECONDS + 1)
        room.server.thaw()
        assert are_at(five, "closed") < BACK_WITHIN
    assert reconciling.counted(room.crowd, room.released()) == []
    for place in (room.ada.console, room.ada.screen.path):
        assert 'data-left="-' not in room.ada.browser.get(place).text
