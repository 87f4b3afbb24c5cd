"""Servers that lack one protection each are caught by the checks that `tests.faults.test_kill` makes.

Every point that has a name has a protection of its own here, but for three. At `batch-checked` nothing is written yet:
that the check stands in the transaction shows without a kill, in `test_close`. After `checkpointed` and `vacuumed` all
that a wipe has yet to do is to lay the file out anew, in which there is nothing to find any more. What only a power cut
could tell apart, the order in which things reach the disk, is held by `test_order`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.faults import kill, reconciling
from tests.faults.dying import Doomed
from tests.faults.room import Room

UNSEEN = {"batch-checked", "checkpointed", "vacuumed"}

BATCH = {"answer-written": "commits_each"}
LOSING = {
    "batch-written": "saved_before_commit",
    "batch-committed": "key_in_memory_alone",
    "counted": "forgets_before_it_counts",
    "forgotten": "key_before_count",
}
OPENING = {"key-drafted": "opens_before_its_key", "changed": "told_before_commit"}
WRONG_AT_OPENING = {"key-drafted": "shut out", "changed": "lost"}
TRACING = {
    "before-checkpoint": "starts_without_wiping",
    "release-stored": "finishes_nothing",
    "key-destroyed": "wipes_nothing",
}
UNLINKING = {"key-overwritten": "unlinks_only"}
HOLDING = {"texts-held": "texts_held_apart", "release-stored": "texts_key_in_memory_alone"}
RELEASING = {"texts-released": "finishes_nothing"}
ENDING = {"ended": "finishes_nothing", "keys-destroyed": "starts_without_wiping"}
STARTING = {"key-made": "key_before_cut", "cut-off": "interrupted_are_strays", "strays-dropped": "leaves_strays"}

lines = (f"t{i:02}" for i in count())
"""Questions for texts of which nobody has been asked yet."""


@pytest.fixture(scope="module")
def small_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room.opened(Doomed(tmp_path_factory.mktemp("broken")), 40)
    yield made
    made.server.stop()


@contextlib.contextmanager
def lacking(room: Room, *protections: str) -> Iterator[Room]:
    """The server without them; afterwards there is none."""
    room.server.kill()
    room.server.broken = [f"tests.faults.broken.{protection}" for protection in protections]
    room.server.start()
    yield room
    room.server.kill()


def each(found: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("point", "protection"), found.items(), ids=found)


# ---------- answers ----------


def test_nothing_of_a_batch_is_kept_before_the_whole_of_it_is_committed(small_room: Room) -> None:
    with lacking(small_room) as room:
        room.asks()
        kill.dies(room, "answer-written", 60)
        assert reconciling.untold(room) == []


@each(BATCH)
def test_it_is_caught_that_half_a_batch_is_kept(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        room.asks()
        kill.dies(room, point, 60)
        assert reconciling.untold(room) != []


@each(LOSING)
def test_it_is_caught_that_answers_are_lost(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        room.asks()
        kill.dies(room, point, 6 if point.startswith("batch") else 1)
        faults = [*reconciling.stored(room), *kill.closes(room)]
    assert any(str(fault).startswith("lost") for fault in faults), faults


def test_it_is_caught_that_answers_pile_up(small_room: Room) -> None:
    with lacking(small_room, "answers_pile_up") as room:
        room.asks()
        kill.dies(room, "batch-committed", 60)
        room.ada.closes(now=True)
        faults = reconciling.counted(room.crowd, room.released())
    assert any(fault.startswith("doubled") for fault in faults), faults


@each(OPENING)
def test_it_is_caught_that_a_question_is_not_open_for_everybody(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        first, *_ = kill.opens(room, point)
    assert first.startswith(WRONG_AT_OPENING[point])


# ---------- traces ----------


@each(TRACING)
def test_it_is_caught_that_traces_stay(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        room.asks()
        kill.dies(room, point)
        left = room.traces()
    assert left


@each(UNLINKING)
def test_it_is_caught_that_a_key_stays_on_the_disk(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        room.asks()
        bytes_on_disk = room.keeps_the_bytes_of_its_key()
        kill.dies(room, point)
        assert bytes_on_disk() != b"\0" * 32


@each(ENDING)
def test_it_is_caught_that_something_is_left_of_a_session(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        left = kill.ends(room, point)
    assert left
    assert any(isinstance(one, Path) for one in left) == (point == "ended"), "a key is a file"


# ---------- texts ----------


@each(HOLDING)
def test_it_is_caught_that_texts_are_lost_or_doubled(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        written = kill.writes(room, next(lines))
        room.server.dies_at(point)
        kill.presses(room, "close", now="1", sure="1")
        if room.state == "open":
            room.ada.closes(now=True)
        assert kill.read(room) == ([] if point == "release-stored" else sorted(written * 2))


@each(RELEASING)
def test_it_is_caught_that_the_key_of_texts_outlives_them(small_room: Room, point: str, protection: str) -> None:
    with lacking(small_room, protection) as room:
        key = _reveals(room, point)
        assert room.state == "revealed"
        assert key.exists()


def test_it_is_caught_that_the_key_of_texts_goes_before_they_are_shown(small_room: Room) -> None:
    with lacking(small_room, "texts_key_before_release") as room:
        _reveals(room, "texts-key-gone")
        assert room.state == "closed"
        assert kill.read(room) == []


def _reveals(room: Room, point: str) -> Path:
    step = next(lines)
    kill.writes(room, step)
    room.ada.closes(now=True)
    room.ada.lets_through()
    room.server.dies_at(point)
    kill.presses(room, "reveal")
    return kill.texts_key(room, step)


# ---------- starts ----------


def test_it_is_caught_that_phones_are_shut_out(small_room: Room) -> None:
    with lacking(small_room, STARTING["key-made"]) as room:
        shut = room.another(3)
        shut.asks()
        kill.starts_without_its_key(shut, "key-made")
        assert not any(kill.comes_back(shut))
        shut.ada.ends()


def test_it_is_caught_that_answers_of_a_question_that_was_cut_off_are_lost(small_room: Room) -> None:
    with lacking(small_room, STARTING["cut-off"]) as room:
        shut = room.another(4)
        shut.asks()
        shut.crowd.everybody_answers(shut.question)
        assert kill.starts_without_its_key(shut, "cut-off") == "interrupted"
        shut.ada.closes(now=True)
        assert reconciling.counted(shut.crowd, shut.released()) != []
        shut.ada.ends()


def test_it_is_caught_that_an_answer_of_a_question_that_is_not_open_stays(small_room: Room) -> None:
    with lacking(small_room, STARTING["strays-dropped"]) as room:
        room.asks()
        room.ada.closes(now=True)
        room.server.kill()
        room.plants_a_stray()
        kill.starts(room, "strays-dropped")
        assert room.traces() != []


def test_every_point_has_a_protection_that_can_be_taken_out() -> None:
    tables = (BATCH, LOSING, OPENING, TRACING, UNLINKING, HOLDING, RELEASING, ENDING, STARTING)
    assert {point for table in tables for point in table} == kill.points() - UNSEEN
