"""Servers that lack one protection each are caught by the checks that `tests.faults.test_kill` makes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from tests.faults import kill, reconciling
from tests.faults.dying import Doomed
from tests.faults.room import Room


@pytest.fixture(scope="module")
def small_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room.opened(Doomed(tmp_path_factory.mktemp("broken")), 40)
    yield made
    made.server.stop()


@contextlib.contextmanager
def lacking(room: Room, protection: str) -> Iterator[Room]:
    """The server without it, and whole again afterwards."""
    _restart(room, [f"tests.faults.broken.{protection}"])
    try:
        yield room
    finally:
        _restart(room, [])


def _restart(room: Room, broken: list[str]) -> None:
    room.server.kill()
    room.server.broken = broken
    room.server.start()


@pytest.mark.parametrize(
    ("protection", "point", "times"),
    [
        ("saved_before_commit", "batch-written", 6),
        ("key_in_memory_alone", "batch-committed", 6),
        ("key_before_count", "forgotten", 1),
        ("forgets_before_it_counts", "answers-gone", 1),
    ],
)
def test_it_is_caught_that_answers_are_lost(small_room: Room, protection: str, point: str, times: int) -> None:
    with lacking(small_room, protection) as room:
        room.asks()
        kill.dies(room, point, times)
        faults = [*reconciling.stored(room), *kill.closes(room)]
    assert any(str(fault).startswith("lost") for fault in faults), faults


def test_it_is_caught_that_answers_pile_up(small_room: Room) -> None:
    with lacking(small_room, "answers_pile_up") as room:
        room.asks()
        kill.dies(room, "batch-committed", 60)
        room.ada.closes(now=True)
        faults = reconciling.counted(room.crowd, room.released())
    assert any(fault.startswith("doubled") for fault in faults), faults


@pytest.mark.parametrize(
    ("protection", "point"), [("finishes_nothing", "release-stored"), ("wipes_nothing", "key-destroyed")]
)
def test_it_is_caught_that_traces_stay(small_room: Room, protection: str, point: str) -> None:
    with lacking(small_room, protection) as room:
        room.asks()
        kill.dies(room, point)
        left = room.traces()
    assert left


def test_it_is_caught_that_phones_are_shut_out(small_room: Room) -> None:
    with lacking(small_room, "key_before_cut") as room:
        shut = room.another(3)
        shut.asks()
        kill.starts_without_its_key(shut, "key-made")
        assert not any(kill.comes_back(shut))
        shut.ada.ends()
