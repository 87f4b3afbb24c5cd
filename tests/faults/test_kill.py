"""`kill -9` at every point that has a name, and at random: what was acknowledged is counted once, and what was begun is
brought to its end."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actors import Phone
from tests.browsers import OverHttp
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


@pytest.mark.parametrize("point", OPENING)
def test_a_question_opens_once_after_a_kill_while_it_opens(room: Room, point: str) -> None:
    wanted = next(room.fresh)
    room.crowd.asked_anew()
    room.server.dies_at(point)
    with contextlib.suppress(OSError, http.client.HTTPException):
        room.ada.tries("show", step=wanted)
    room.server.is_dead()
    room.server.start()
    if room.ada.step != wanted:
        assert point != "changed"
        room.ada.shows(wanted)
    room.question = f"{wanted}/1/0"
    room.crowd.everybody_answers(room.question)
    assert sum(1 for phone in room.crowd.phones if phone.acked) == kill.PHONES
    assert kill.closes(room) == []


@pytest.fixture
def writers(room: Room) -> list[Phone]:
    """Four people who write texts."""
    made = [Phone(OverHttp(room.server.url), name) for name in ("Mia", "Noor", "Tom", "Lena")]
    return [one.joins(room.ada.join_url).confirms() for one in made]


def _press(room: Room, verb: str, **fields: str) -> None:
    """One from which no answer comes."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        room.ada.tries(verb, **fields)
    room.server.is_dead()
    room.server.start()


def test_texts_wait_to_be_read_after_a_kill_while_they_are_put_aside(room: Room, writers: list[Phone]) -> None:
    room.ada.shows("t00")
    for one in writers:
        one.answers(text=f"words of {one.name}")
    room.server.dies_at("texts-held")
    _press(room, "close", now="1", sure="1")
    assert room.state == "open"
    room.ada.closes(now=True)
    assert sorted(words for _, words in room.ada.texts()) == sorted(f"words of {one.name}" for one in writers)


def test_no_key_of_texts_is_left_after_a_kill_while_they_are_released(room: Room, writers: list[Phone]) -> None:
    room.ada.shows("t01")
    for one in writers:
        one.answers(text=f"lines of {one.name}")
    room.ada.closes(now=True)
    row = thief.ask(room.database, "SELECT id FROM live_steps WHERE step_id = 't01'")[0][0]
    key = room.server.data / "runtime" / f"{room.handle.hex()}.{row}.t"
    assert key.exists()
    room.ada.lets_through()
    room.server.dies_at("texts-released")
    _press(room, "reveal")
    assert room.state == "revealed"
    assert not key.exists()
    assert thief.ask(room.database, "SELECT id FROM held_texts WHERE step = ?", row) == []
    assert "lines of Mia" in room.ada.screen.sees()


@pytest.mark.parametrize("point", ENDING)
def test_nothing_is_left_of_a_session_after_a_kill_while_it_ends(room: Room, point: str) -> None:
    over = room.another(8)
    over.asks()
    over.crowd.everybody_answers(over.question)
    over.server.dies_at(point)
    _press(over, "end", sure="1")
    assert over.ada.desk["state"] == "ended"
    assert over.traces() == []
    assert not list(over.server.data.glob(f"runtime/{over.handle.hex()}*"))
    assert not list(over.server.runtime.rglob(f"{over.handle.hex()}*"))
    assert reconciling.counted(over.crowd, over.released()) == []


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
    said = {
        line.partition('reached("')[2].partition('"')[0]
        for path in Path("sessions").glob("*.py")
        for line in path.read_text().splitlines()
        if 'checkpoints.reached("' in line
    }
    assert said == ours
    assert len(ours) >= 20
