"""Who is told what: rooms, the newest of each region, and a disconnect that costs the same in a crowd."""

from __future__ import annotations

import time
from typing import Any

import pytest

from sessions import packets
from sessions.packets import Ready
from sessions.rooms import Listener, Members, Rooms, namespace


class Queue(list[Any]):
    put = list.append


class Wire:
    """Takes frames until it is busy."""

    def __init__(self) -> None:
        self.busy = False
        self.frames: list[bytes] = []

    def offer(self, frame: bytes) -> bool:
        if not self.busy:
            self.frames.append(frame)
        return not self.busy


class Peer:
    """engineio's side of a socket."""

    def __init__(self, upgraded: bool = True) -> None:
        self.upgraded, self.closed = upgraded, False
        self.queue, self.wire = Queue(), Wire()


def listener(
    sid: str = "a", page: str = "phone", live: int = 1, lang: str = "en", peer: Peer | None = None
) -> Listener:
    return Listener(sid, peer or Peer(), page, live, lang)


def swap(v: int, target: str = "stage") -> Ready:
    return packets.event("/phone", "swap", {"target": target, "v": v, "html": f"<p>{v}</p>"})


def sent(queue: Queue) -> list[str]:
    return [str(packet.encode()) for packet in queue]


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


def test_a_swap_reaches_its_audience_and_no_other(rooms: Rooms) -> None:
    for sid, page, live, lang in [
        ("a", "phone", 1, "en"),
        ("b", "phone", 1, "fr"),
        ("c", "screen", 1, "en"),
        ("d", "phone", 2, "en"),
    ]:
        rooms.enter(listener(sid, page, live, lang))
    assert [found.sid for found in rooms.of("phone", 1, "en")] == ["a"]
    assert {found.sid for found in rooms.of("phone", 1)} == {"a", "b"}
    assert {found.sid for found in rooms.of_live(1)} == {"a", "b", "c"}
    assert rooms.languages("phone", 1) == {"en", "fr"}


def test_a_language_is_gone_with_its_last_listener(rooms: Rooms) -> None:
    rooms.enter(listener("a", lang="en"))
    rooms.enter(listener("b", lang="fr"))
    rooms.leave("b")
    assert rooms.languages("phone", 1) == {"en"}
    rooms.leave("a")
    assert rooms.languages("phone", 1) == set()


def test_leaving_twice_or_without_having_come_changes_nothing(rooms: Rooms) -> None:
    rooms.enter(listener("a"))
    assert rooms.leave("a") is not None
    assert rooms.leave("a") is None
    assert rooms.leave("nobody") is None


def test_nothing_is_kept_of_whoever_left(rooms: Rooms) -> None:
    one = listener("a", "lead-full")
    one.account, one.seat, one.person = 7, b"seat", 2
    rooms.enter(one)
    assert rooms.of_account(7) == rooms.of_seat(b"seat") == rooms.of_helper(one.live_id, 2) == [one]
    rooms.leave("a")
    assert (rooms._by_sid, rooms._rooms, rooms._marked) == ({}, {}, {})


def test_a_ready_socket_is_written_to_at_once(rooms: Rooms) -> None:
    peer = Peer()
    listener(peer=peer).tell("stage", 1, swap(1))
    assert peer.wire.frames == [swap(1).frame]
    assert peer.queue == []


def test_a_phone_that_cannot_keep_up_gets_the_newest_of_each_region() -> None:
    peer = Peer()
    slow = listener(peer=peer)
    peer.wire.busy = True
    for v in range(1, 100):
        slow.tell("stage", v, swap(v))
        slow.tell("progress", v, swap(v, "progress"))
    assert sent(peer.queue) == [swap(99), swap(99, "progress")]


def test_an_older_region_never_replaces_a_newer_one_that_waits() -> None:
    peer = Peer()
    slow = listener(peer=peer)
    peer.wire.busy = True
    slow.tell("stage", 8, swap(8))
    slow.tell("stage", 7, swap(7))
    assert sent(peer.queue) == [swap(8)]


def test_what_was_taken_from_the_queue_no_longer_waits() -> None:
    peer = Peer()
    slow = listener(peer=peer)
    peer.wire.busy = True
    slow.tell("stage", 1, swap(1))
    assert sent(peer.queue) == [swap(1)]
    peer.queue.clear()
    slow.tell("stage", 2, swap(2))
    assert sent(peer.queue) == [swap(2)]


def test_a_polling_phone_has_one_place_for_each_region_too() -> None:
    peer = Peer(upgraded=False)
    polling = listener(peer=peer)
    for v in range(1, 100):
        polling.tell("stage", v, swap(v))
    assert sent(peer.queue) == [swap(99)]
    assert peer.wire.frames == []


def test_a_socket_that_has_closed_is_told_nothing() -> None:
    peer = Peer()
    peer.closed = peer.wire.busy = True
    listener(peer=peer).tell("stage", 1, swap(1))
    assert peer.queue == []


def test_what_differs_in_a_few_words_is_encoded_once_and_says_the_same() -> None:
    data = {"target": "mine", "v": 7, "html": '<p lang="x">Find ? !, or ? elsewhere.</p>'}
    form = packets.Form("/phone", "swap", data, ("?", "!"))
    for words in (("Fox", "12"), ("Fuchs &amp; Hase", "1"), ('a "b" \\ ü', "1000")):
        plain = packets.event(
            "/phone", "swap", data | {"html": data["html"].replace("?", words[0]).replace("!", words[1])}
        )
        inside = [packets.json_inside(word) for word in words]
        assert form.frame(inside) == plain.frame
        assert (form.message(inside), form.message(inside).frame) == (plain, plain.frame)


def test_a_frame_is_taken_only_where_nothing_older_of_its_region_waits() -> None:
    peer = Peer()
    slow = listener(peer=peer)
    assert not slow.take("mine", b"first"), "nobody knows yet that it is a websocket"
    slow.tell("stage", 1, swap(1))
    assert slow.take("mine", b"second")
    peer.wire.busy = True
    assert not slow.take("mine", b"third")
    slow.tell("mine", 3, swap(3, "mine"))
    peer.wire.busy = False
    assert not slow.take("mine", b"fourth"), "it would have come before the third"
    assert peer.wire.frames == [swap(1).frame, b"second"]


@pytest.mark.parametrize(("page", "space"), [("phone", "/phone"), ("screen", "/screen"), ("lead-full", "/console")])
def test_every_page_has_its_namespace(page: str, space: str) -> None:
    assert namespace(page) == space


class Server:
    """What the list of members asks of its server."""

    packet_class = packets.Packet

    class eio:  # noqa: N801
        number = 0

        @classmethod
        def generate_id(cls) -> str:
            cls.number += 1
            return f"sid{cls.number}"


def members(size: int) -> tuple[Members, list[str]]:
    made = Members(lambda sid: None)
    made.set_server(Server())
    return made, [made.connect(made.pre_connect(f"eio{number}", "/phone"), "/phone") for number in range(size)]


def test_a_member_that_leaves_is_forgotten_entirely() -> None:
    made, sids = members(3)
    for sid in sids:
        made.pre_disconnect(sid, "/phone")
        made.disconnect(sid, "/phone")
        assert not made.is_connected(sid, "/phone")
    assert (made.rooms, made.pending_connect, made.pending_disconnect, made.callbacks) == ({}, {}, {}, {})


def test_leaving_costs_the_same_in_a_crowd() -> None:
    def seconds(size: int) -> float:
        made, sids = members(size)
        start = time.perf_counter()
        for sid in sids[:200]:
            made.pre_disconnect(sid, "/phone")
            made.disconnect(sid, "/phone")
        return time.perf_counter() - start

    # Looking through everybody would take twenty times as long here, and did.
    assert min(seconds(4000) for _ in range(3)) < 5 * min(seconds(200) for _ in range(3))
