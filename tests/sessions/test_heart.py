"""Pings: everybody in turn, by a monotonic clock, and only the silent are hung up on."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.heart import FRAME, Heart


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Wire:
    def __init__(self) -> None:
        self.busy = False
        self.frames: list[bytes] = []

    def offer(self, frame: bytes) -> bool:
        if not self.busy:
            self.frames.append(frame)
        return not self.busy


class Queue(list[Any]):
    put = list.append


class Peer:
    def __init__(self) -> None:
        self.last_ping: float | None = 1.0
        self.mark: object = None
        self.closed = self.closing = False
        self.upgraded, self.wire, self.queue = True, Wire(), Queue()


class Room:
    """A heart without its greenlet: the test beats."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gevent.spawn", lambda run: object())
        self.clock, self.dead = Clock(), list[Peer]()
        self.heart = Heart(10, 15, self.dead.append, self.clock)

    def comes(self) -> Peer:
        peer = Peer()
        self.heart.rest(peer)
        return peer

    def passes(self, seconds: int) -> None:
        """Time goes by in the pauses that the heart asks for."""
        ends = self.clock.now + seconds
        while (pause := self.heart.beat()) and self.clock.now + pause <= ends:
            self.clock.now += pause
        self.clock.now = ends
        self.heart.beat()


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(monkeypatch)


def test_a_phone_is_pinged_ten_seconds_after_it_came_and_after_each_answer(room: Room) -> None:
    ana = room.comes()
    for pings in range(1, 20):
        room.passes(9)
        assert len(ana.wire.frames) == pings - 1
        room.passes(1)
        assert ana.wire.frames == [FRAME] * pings
        room.heart.rest(ana)
    assert room.dead == []


def test_a_phone_that_does_not_answer_is_hung_up_on_after_fifteen_seconds(room: Room) -> None:
    silent, ana = room.comes(), room.comes()
    room.passes(10)
    room.heart.rest(ana)
    room.passes(14)
    assert room.dead == []
    room.passes(1)
    assert room.dead == [silent]


def test_an_answer_to_a_later_ping_does_not_excuse_an_earlier_silence_twice(room: Room) -> None:
    ana = room.comes()
    room.passes(10)
    room.passes(12)
    room.heart.rest(ana)
    room.passes(20)
    assert room.dead == []
    assert len(ana.wire.frames) == 2


def test_answers_that_nobody_asked_for_bring_no_more_pings(room: Room) -> None:
    ana = room.comes()
    for _ in range(1000):
        room.heart.rest(ana)
    room.passes(10)
    assert ana.wire.frames == [FRAME]


def test_a_ping_waits_in_line_for_a_phone_that_is_busy(room: Room) -> None:
    ana = room.comes()
    ana.wire.busy = True
    room.passes(10)
    assert [packet.encode() for packet in ana.queue] == ["2"]


def test_whoever_is_gone_is_forgotten(room: Room) -> None:
    ana, bo = room.comes(), room.comes()
    ana.closed = True
    room.passes(10)
    bo.closed = True
    room.passes(30)
    assert room.dead == []
    assert room.heart.beat() == 0
