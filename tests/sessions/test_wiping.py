"""What deleting leaves on the disk is wiped: the promises of the database are asked for, and kept."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from flask import Flask

from sessions import checkpoints, closing, wiping
from sessions.wiping import wipe, wiper
from tests.privacy import thief
from tests.sessions.writing import Asked, rows
from workshop import database
from workshop.config import Settings
from workshop.database import Weak, db, fresh


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setattr(wiping, "TRY_EVERY", 0.05)
    asked = Asked.anew()
    for choice in "aabc":
        asked.writes(asked.seat(), choice=choice)
    return asked


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Somebody in the middle of reading, such as a backup."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM live_steps").fetchone()
        yield
        reader.execute("ROLLBACK")


@pytest.mark.parametrize("name", database.PRAGMAS)
def test_the_writing_connection_keeps_every_promise(app: Flask, name: str) -> None:
    assert rows(f"PRAGMA {name}") == [(database.PRAGMAS[name],)]


UNKEPT = {
    "journal_mode": "delete",
    "synchronous": 0,
    "secure_delete": 0,
    "foreign_keys": 0,
    "trusted_schema": 1,
    "temp_store": 0,
    "fullfsync": 0,
    "checkpoint_fullfsync": 0,
}


@pytest.mark.parametrize("name", database.PRAGMAS)
def test_a_promise_that_is_not_kept_is_refused(tmp_path: Path, name: str) -> None:
    """By an SQLite that hears something else."""

    class Deaf(sqlite3.Connection):
        def execute(self, said: str, *values: Any) -> sqlite3.Cursor:
            heard = f"PRAGMA {name}={UNKEPT[name]}" if said.startswith(f"PRAGMA {name}=") else said
            return super().execute(heard, *values)

    with (
        contextlib.closing(sqlite3.connect(tmp_path / "deaf.db", factory=Deaf)) as connection,
        pytest.raises(Weak, match=name),
    ):
        fresh(connection)


def test_a_database_without_a_log_is_refused() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection, pytest.raises(Weak, match="journal_mode"):
        fresh(connection)


def test_the_log_is_empty_after_a_close(asked: Asked, settings: Settings) -> None:
    assert thief.log_bytes(settings.database) > 0
    asked.closes()
    assert db.run(wipe) is True
    assert thief.log_bytes(settings.database) == 0
    assert rows("PRAGMA wal_checkpoint(PASSIVE)") == [(0, 0, 0)]


def test_no_page_is_free_once_nothing_is_open(asked: Asked) -> None:
    asked.closes()
    db.run(wipe)
    assert rows("PRAGMA freelist_count") == [(0,)]


def test_the_file_is_not_rebuilt_under_an_open_question(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = list[str]()
    monkeypatch.setattr(checkpoints, "_listeners", [reached.append])
    assert db.run(wipe) is True
    assert "checkpointed" in reached
    assert "vacuumed" not in reached
    asked.closes()
    assert db.run(wipe) is True
    assert "vacuumed" in reached


def test_names_beside_answers_are_nowhere_in_the_file(asked: Asked, settings: Settings) -> None:
    names = [p for p, _ in asked.stored()]
    assert len({name for name, _ in thief.hits(names, settings.data)}) == len(names)
    asked.closes()
    db.run(wipe)
    assert thief.hits(names, settings.data) == []


def test_a_reader_in_the_way_delays_and_breaks_nothing(asked: Asked, settings: Settings) -> None:
    with _reading(settings.database):
        asked.closes()
        wiper.soon()
        assert wiper.wiped is False
        gevent.sleep(0.2)
        assert wiper.wiped is False
        assert asked.live.now
        assert asked.live.now.state == "closed"
        assert rows("SELECT 1") == [(1,)]
    gevent.sleep(0.3)
    assert wiper.wiped is True
    assert thief.log_bytes(settings.database) == 0


def test_a_reader_in_the_way_holds_up_nobody_who_answers(asked: Asked, settings: Settings) -> None:
    with _reading(settings.database):
        wiper.soon()
        assert asked.writes(asked.seat()).verdict == "saved"
        assert rows("PRAGMA busy_timeout") == [(5000,)]


def test_whoever_waits_is_told_when_it_is_done(app: Flask) -> None:
    told = list[bool]()
    wiper.open(lambda: told.append(wiper.wiped))
    wiper.soon()
    wiper.soon()
    gevent.sleep(wiping.FIRST_SECONDS + 0.2)
    assert told[-1] is True
    assert wiper.wiped is True


def test_what_is_closed_while_a_wipe_runs_is_wiped_too(
    asked: Asked, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The close waits in the writer's queue behind the wipe, and says in the meantime that it will need another."""
    names = [p for p, _ in asked.stored()]
    held = threading.Event()
    monkeypatch.setattr(checkpoints, "_listeners", [lambda name: name == "checkpointed" and held.wait(0.3)])
    wiper.soon()
    gevent.sleep(wiping.FIRST_SECONDS + 0.05)
    closing.finish(asked.id, asked.row)
    held.set()
    assert wiper.wiped is False
    gevent.sleep(0.3)
    assert wiper.wiped is True
    assert thief.log_bytes(settings.database) == 0
    assert thief.hits(names, settings.data) == []
