"""`kill -9` at every point that has a name, and at random: what was acknowledged is counted once, and what was begun is
brought to its end."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.faults import kill, reconciling
from tests.faults.dying import Doomed
from tests.faults.room import Room
from tests.privacy import thief
from tests.serving import Server

UNDER_LOAD = {"batch-checked": 12, "answer-written": 150, "batch-written": 12, "batch-committed": 12}
"""Points within a batch, with the number of batches or answers before it is time."""

OPENING = ("key-drafted", "key-made", "changed")
CLOSING = ("counted", "forgotten", "release-stored", "key-overwritten", "key-destroyed")
WIPING = ("before-checkpoint", "checkpointed", "vacuumed")
ENDING = ("ended", "keys-destroyed")
STARTING = ("strays-dropped", "cut-off")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A hundred phones at a server that is killed over and over."""
    made = Room.opened(Doomed(tmp_path_factory.mktemp("killed")), kill.PHONES)
    yield made
    made.server.stop()
    assert "Traceback" not in made.server.said()


# ---------- at named points ----------


@pytest.mark.parametrize("point", UNDER_LOAD)
def test_an_answer_that_was_acknowledged_is_there_after_a_kill_within_a_batch(room: Room, point: str) -> None:
    room.asks()
    kill.dies(room, point, UNDER_LOAD[point])
    assert room.state == "open"
    assert reconciling.stored(room) == []
    assert kill.closes(room) == []


@pytest.mark.parametrize("point", CLOSING + WIPING)
def test_a_question_is_counted_once_and_forgotten_after_a_kill_while_it_closes(room: Room, point: str) -> None:
    room.asks()
    kill.dies(room, point)
    if room.state == "open":
        assert point in ("counted", "forgotten")
        assert reconciling.stored(room) == []
    assert kill.closes(room) == []


@pytest.mark.parametrize("point", ["release-stored", "key-overwritten"])
def test_a_disk_holds_no_key_of_a_question_after_a_kill_while_it_is_destroyed(room: Room, point: str) -> None:
    room.asks()
    bytes_on_disk = room.keeps_the_bytes_of_its_key()
    kill.dies(room, point)
    assert bytes_on_disk() == b"\0" * 32
    assert kill.closes(room) == []


@pytest.mark.parametrize("point", OPENING)
def test_a_question_opens_once_after_a_kill_while_it_opens(room: Room, point: str) -> None:
    assert kill.opens(room, point) == []
    assert kill.closes(room) == []


def test_texts_wait_to_be_read_after_a_kill_while_they_are_put_aside(room: Room) -> None:
    written = kill.writes(room, "t00")
    room.server.dies_at("texts-held")
    kill.presses(room, "close", now="1", sure="1")
    assert room.state == "open"
    room.ada.closes(now=True)
    assert kill.read(room) == written


def test_no_key_of_texts_is_left_after_a_kill_while_they_are_released(room: Room) -> None:
    written = kill.writes(room, "t01")
    room.ada.closes(now=True)
    key = kill.texts_key(room, "t01")
    assert key.exists()
    room.ada.lets_through()
    room.server.dies_at("texts-released")
    kill.presses(room, "reveal")
    assert room.state == "revealed"
    assert not key.exists()
    waiting = "SELECT h.id FROM held_texts h JOIN live_steps s ON s.id = h.step WHERE step_id = 't01'"
    assert thief.ask(room.database, waiting) == []
    assert all(words in room.ada.screen.sees() for words in written)


@pytest.mark.parametrize("point", ENDING)
def test_nothing_is_left_of_a_session_after_a_kill_while_it_ends(room: Room, point: str) -> None:
    assert kill.ends(room, point) == []


@pytest.mark.parametrize("point", STARTING)
def test_a_session_whose_key_is_lost_goes_on_after_a_kill_while_it_starts(room: Room, point: str) -> None:
    shut = room.another(4)
    shut.asks()
    shut.crowd.everybody_answers(shut.question)
    assert kill.starts_without_its_key(shut, point) == "interrupted"
    assert all(kill.comes_back(shut))
    shut.ada.closes(now=True)
    assert reconciling.counted(shut.crowd, shut.released()) == []
    shut.ada.ends()


def test_an_answer_of_a_question_that_is_not_open_is_deleted_after_a_kill_while_it_starts(room: Room) -> None:
    room.asks()
    room.ada.closes(now=True)
    room.server.kill()
    room.plants_a_stray()
    kill.starts(room, "strays-dropped")
    assert kill.closes(room) == []
    assert "deleted 1 answers of questions that were not open" in room.server.said()


# ---------- at random ----------


def test_twenty_kills_at_random_lose_double_and_invent_nothing(room: Room) -> None:
    toll = kill.at_random(room, 20, seed=20)
    print(f"{room.crowd.acks / room.crowd.seconds:.0f} answers/s")
    assert toll.kills == 20
    assert toll.faults == []


def test_the_public_command_takes_an_answer_within_three_seconds_of_a_kill(room: Room) -> None:
    """The quicker of two, since other tests may run beside it."""
    room.asks()
    seconds = []
    for _ in range(2):
        room.server.kill()
        began = time.monotonic()
        real = Server(room.server.folder, port=room.server.port).start()
        room.crowd.everybody_answers(room.question)
        seconds.append(time.monotonic() - began)
        real.kill()
    room.server.start()
    assert min(seconds) < 3.0, seconds
    assert kill.closes(room) == []


def test_every_point_has_its_test() -> None:
    """A point added to the product is killed at here too."""
    ours = {*UNDER_LOAD, *OPENING, *CLOSING, *WIPING, *ENDING, *STARTING, "texts-held", "texts-released"}
    assert kill.points() == ours
    assert len(ours) >= 20
