"""A bad network between the phones and the server: everybody comes back, and every answer is there once."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.actors import Phone
from tests.browsers import FRAGMENT, OverHttp
from tests.faults import reconciling
from tests.faults.crowd import Crowd, Cut
from tests.faults.dying import Doomed
from tests.faults.proxy import Proxy
from tests.faults.room import Room
from tests.raw_socket import Closed, RawSocket

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


def listens(room: Room, proxy: Proxy, who: int = 0) -> tuple[RawSocket, str]:
    """A phone's socket through the proxy, and the stage that it is given at once."""
    host = f"127.0.0.1:{room.server.port}"
    headers = {"Host": host, "Origin": f"http://{host}", "Cookie": room.crowd.phones[who].cookie}
    socket = RawSocket(f"http://127.0.0.1:{proxy.port}", headers=headers)
    assert socket.join("/phone").startswith("40/phone,")
    return socket, stage(socket)


def stage(socket: RawSocket, timeout: float = 5.0) -> str:
    """The state of the next stage that is sent."""
    while True:
        name, data = socket.event(timeout)
        if name == "swap" and data["target"] == "stage":
            return str(data["html"].partition('data-state="')[2].partition('"')[0])


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
def test_every_socket_that_was_cut_is_let_in_again_and_catches_up(room: Room, proxy: Proxy, spoil: str) -> None:
    room.asks()
    sockets = [listens(room, proxy, who)[0] for who in range(5)]
    getattr(proxy, spoil)()
    assert all(_ends(socket) for socket in sockets)
    room.ada.closes(now=True)
    again = [listens(room, proxy, who) for who in range(5)]
    assert [state for _, state in again] == ["closed"] * 5
    for socket, _ in again:
        socket.socket.close()


def _ends(socket: RawSocket) -> bool:
    with socket, contextlib.suppress(Closed, OSError):
        while True:
            socket.receive(5)
    return True


# ---------- 58c ----------


def test_a_phone_that_slept_through_a_close_is_in_the_right_place_within_two_seconds(room: Room, proxy: Proxy) -> None:
    room.asks()
    awake, _ = listens(room, proxy)
    proxy.holds()
    room.ada.closes(now=True, show=True)
    with pytest.raises(TimeoutError):
        awake.receive(1.5)
    proxy.heals()
    began = time.monotonic()
    seen = stage(awake, 2)
    while seen != "revealed":
        seen = stage(awake, 2)
    assert time.monotonic() - began < 2
    awake.socket.close()


def test_a_phone_that_was_given_up_comes_back_to_the_right_place_within_two_seconds(room: Room, proxy: Proxy) -> None:
    room.asks()
    lost, _ = listens(room, proxy)
    proxy.resets()
    room.ada.closes(now=True, show=True)
    began = time.monotonic()
    back, state = listens(room, proxy)
    assert state == "revealed"
    assert time.monotonic() - began < 2
    for socket in (lost, back):
        socket.socket.close()


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
