"""A bad network between the phones and the server: everybody comes back, and every answer is there once."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from tests.actors import Phone
from tests.browsers import FRAGMENT, OverHttp
from tests.faults import reconciling
from tests.faults.crowd import Crowd, Cut
from tests.faults.dying import Doomed
from tests.faults.following import Follower, are_at, following, joined
from tests.faults.proxy import Proxy
from tests.faults.room import Room

PHONES = 20


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room.opened(Doomed(tmp_path_factory.mktemp("network")), PHONES)
    yield made
    made.server.stop()
    assert "Traceback" not in made.server.said()


@pytest.fixture
def proxy(room: Room) -> Iterator[Proxy]:
    """Between the room's phones and its server, with nothing wrong yet."""
    with Proxy(room.server.port).running() as proxy:
        for phone in room.crowd.phones:
            phone.port = proxy.port
        yield proxy
        for phone in room.crowd.phones:
            phone.port = 0


@pytest.fixture
def five(room: Room, proxy: Proxy) -> Iterator[Sequence[Follower]]:
    """Phones that listen, where a question is open."""
    room.asks()
    with following(room, proxy.port, 5) as followers:
        yield followers


# ---------- 59: faults of every sort ----------


def _cut(proxy: Proxy) -> None:
    for _ in range(3):
        proxy.cuts()
        time.sleep(0.3)


def _reset(proxy: Proxy) -> None:
    for _ in range(3):
        proxy.resets()
        time.sleep(0.3)


def _black_hole(proxy: Proxy) -> None:
    proxy.deaf = True
    time.sleep(1)


def _stalls(proxy: Proxy) -> None:
    proxy.stalls = 0.3
    time.sleep(1.2)


def _latency(proxy: Proxy) -> None:
    proxy.latency = 2.0
    time.sleep(4.5)


def _slow(proxy: Proxy) -> None:
    proxy.bytes_a_second = 5000
    time.sleep(1.2)


@pytest.mark.parametrize("fault", [_cut, _reset, _black_hole, _stalls, _latency, _slow], ids=lambda f: f.__name__[1:])
def test_answers_through_a_bad_network_are_there_once(room: Room, proxy: Proxy, fault: Callable[[Proxy], None]) -> None:
    room.asks()
    before = room.crowd.acks
    with room.crowd.answering(room.question):
        time.sleep(0.5)
        fault(proxy)
        proxy.heals()
        time.sleep(0.5)
    room.crowd.everybody_answers(room.question)
    assert room.crowd.acks - before >= 2 * PHONES
    assert reconciling.stored(room) == []
    room.ada.closes(now=True)
    assert reconciling.counted(room.crowd, room.released()) == []
    assert sum(room.released().values()) <= PHONES


@pytest.mark.parametrize("spoil", ["cuts", "resets"])
def test_every_socket_that_was_cut_is_let_in_again_and_catches_up(
    room: Room, proxy: Proxy, five: Sequence[Follower], spoil: str
) -> None:
    proxy.refuses = True
    getattr(proxy, spoil)()
    room.ada.closes(now=True)
    time.sleep(0.3)
    assert {one.state for one in five} == {"open"}
    proxy.heals()
    are_at(five, "closed")
    assert joined(five) == {2}


@pytest.mark.parametrize(("fault", "much"), [("stalls", 0.3), ("latency", 2.0), ("bytes_a_second", 5000.0)])
def test_sockets_in_a_bad_network_are_told_and_let_in_again(
    room: Room, proxy: Proxy, five: Sequence[Follower], fault: str, much: float
) -> None:
    setattr(proxy, fault, much)
    room.ada.closes(now=True, show=True)
    are_at(five, "revealed")
    assert joined(five) == {1}, "slow is not gone"
    proxy.cuts()
    room.asks()
    are_at(five, "open")
    assert joined(five) == {2}


def test_sockets_whose_network_swallows_everything_are_let_in_again_and_catch_up(
    room: Room, proxy: Proxy, five: Sequence[Follower]
) -> None:
    proxy.deaf = True
    room.ada.closes(now=True, show=True)
    time.sleep(0.5)
    assert {one.state for one in five} == {"open"}
    proxy.heals()
    are_at(five, "revealed")
    assert joined(five) == {2}


# ---------- 58c: see test_standstill too ----------


def test_phones_that_slept_through_a_close_are_in_the_right_place_within_two_seconds(
    room: Room, proxy: Proxy, five: Sequence[Follower]
) -> None:
    proxy.holds()
    room.ada.closes(now=True, show=True)
    time.sleep(1.5)
    assert {one.state for one in five} == {"open"}
    proxy.heals()
    are_at(five, "revealed", within=2)
    assert joined(five) == {1}


def test_phones_that_were_given_up_come_back_to_the_right_place_within_two_seconds(
    room: Room, proxy: Proxy, five: Sequence[Follower]
) -> None:
    proxy.refuses = True
    proxy.resets()
    room.ada.closes(now=True, show=True)
    proxy.heals()
    are_at(five, "revealed", within=2)
    assert joined(five) == {2}


# ---------- 60, 61 ----------


def _one(room: Room, proxy: Proxy) -> Room:
    """The room with a crowd of one, who is new."""
    crowd = Crowd(f"127.0.0.1:{room.server.port}", 1)
    crowd.joins(room.ada.join_url)
    crowd.phones[0].port = proxy.port
    return replace(room, crowd=crowd)


def test_a_reply_that_was_lost_is_given_again(room: Room, proxy: Proxy) -> None:
    room.asks()
    alone = _one(room, proxy)
    proxy.swallows_replies = True
    with alone.crowd.answering(room.question):
        time.sleep(1)
    (phone,) = alone.crowd.phones
    sent = phone.pending
    assert sent == (1, sent[1] if sent else "")
    assert phone.acks == 0
    proxy.heals()
    alone.crowd.everybody_answers(room.question)
    assert (phone.acked, phone.next) == (sent, 2)
    assert reconciling.stored(alone) == []


def test_a_reply_that_was_lost_before_a_close_gets_the_sentence_that_says_so(room: Room, proxy: Proxy) -> None:
    room.asks()
    mia = Phone(OverHttp(room.server.url)).joins(room.ada.join_url).confirms()
    form = mia.form() | {"choice": "a"}
    mia.answers(choice="a")
    room.ada.closes(now=True)
    late = mia.browser.post("/w/answer", form, **FRAGMENT)
    assert (late.status, late.code) == (409, "closed")
    assert "it is counted" in late.text


def test_two_tabs_of_one_phone_end_with_the_newest_choice(room: Room, proxy: Proxy) -> None:
    room.asks()
    first = Phone(OverHttp(room.server.url)).joins(room.ada.join_url).confirms()
    second = Phone(OverHttp(room.server.url, first.browser.cookies))
    old = first.form()
    first.answers(choice="a")
    behind = second.browser.post("/w/answer", {**old, "choice": "b"}, **FRAGMENT)
    assert (behind.status, behind.code, behind.headers["x-attune-next"]) == (409, "stale", "2")
    newest = {**old, "choice": "b", "rev": "2"}
    assert second.browser.post("/w/answer", newest, **FRAGMENT).status == 200
    again = first.browser.post("/w/answer", {**old, "choice": "a"}, **FRAGMENT)
    assert (again.status, again.headers["x-attune-next"]) == (409, "3")
    assert second.browser.post("/w/answer", newest, **FRAGMENT).headers["x-attune-next"] == "3"
    for phone in (first, second):
        assert phone.mine == "saved"


def test_a_server_that_nobody_can_reach_for_a_moment_is_found_again(room: Room, proxy: Proxy) -> None:
    room.asks()
    proxy.refuses = True
    proxy.cuts()
    with room.crowd.answering(room.question):
        time.sleep(0.6)
        assert room.crowd.phones[0].pending
        proxy.heals()
    with contextlib.suppress(Cut):
        room.crowd.everybody_answers(room.question)
    assert all(phone.acked for phone in room.crowd.phones)
    assert reconciling.stored(room) == []
