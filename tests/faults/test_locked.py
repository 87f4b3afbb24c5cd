"""Another program holds the database for twice as long as we wait: answers come late, and each is there once.

With the true figures (5 s of patience, 10 s of lock, phones that give up after 6 s) it is the same, ten times as slow.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults import crowd, hurried, reconciling
from tests.faults.dying import Doomed
from tests.faults.room import Room

LOCKED = 2 * hurried.SECONDS
GIVES_UP = 1.2 * hurried.SECONDS


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(crowd, "LONGEST", GIVES_UP)
    made = Room.opened(Doomed(tmp_path_factory.mktemp("locked"), broken=["tests.faults.hurried"]), 20)
    yield made
    made.server.stop()
    assert "Traceback" not in made.server.said()


@contextlib.contextmanager
def locked(room: Room) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(room.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def _acks(*rooms: Room) -> int:
    return sum(one.crowd.acks for one in rooms)


def test_answers_in_every_room_wait_out_a_lock_and_are_there_once(room: Room) -> None:
    other = room.another(20)
    rooms = (room, other)
    for one in rooms:
        one.asks()
    with room.crowd.answering(room.question), other.crowd.answering(other.question):
        time.sleep(0.8)
        with locked(room):
            time.sleep(0.3)
            before = _acks(*rooms)
            time.sleep(LOCKED)
            assert _acks(*rooms) == before, "something was acknowledged that could not be written"
            assert [one.ada.browser.get(one.ada.console).status for one in rooms] == [200, 200], (
                "reading waits for nobody"
            )
        time.sleep(1)
        assert _acks(*rooms) > before
    phones = [phone for one in rooms for phone in one.crowd.phones]
    assert sum(phone.cuts for phone in phones) > 0, "nobody gave up"
    assert {*sum((phone.refused for phone in phones), Counter[str]())} == {"try_again"}
    for one in rooms:
        one.crowd.everybody_answers(one.question)
        assert reconciling.stored(one) == []
        one.ada.closes(now=True)
        assert reconciling.counted(one.crowd, one.released()) == []


def test_a_press_waits_out_a_lock_too_and_is_done_once(room: Room) -> None:
    room.asks()
    room.crowd.everybody_answers(room.question)
    told = list[int]()
    press = threading.Thread(target=lambda: told.append(room.ada.tries("close", now="1", sure="1").status))
    with locked(room):
        press.start()
        time.sleep(0.6 * hurried.SECONDS)
    press.join()
    assert told == [200]
    assert room.state == "closed"
    assert reconciling.counted(room.crowd, room.released()) == []
