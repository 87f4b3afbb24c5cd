"""A database that is locked, read-only, taken away or damaged: no answer is called saved, and a person is told why."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from sessions.writer import Pending, writer
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import InProcess
from tests.room_pack import ROOM
from tests.serving import ROOT, Server
from workshop.config import Settings
from workshop.database import db
from workshop.storage import Unusable

PATIENCE_MS = 300


@pytest.fixture
def ada(app: Flask) -> Facilitator:
    cast = Cast.of(app)
    ada = cast.facilitator("Ada")
    ada.opens("core", cast.shelves(ada, ROOM)).shows("easy")
    return ada


@pytest.fixture
def phones(app: Flask, ada: Facilitator) -> list[Phone]:
    return Cast.of(app).phones(ada.join_url, 6)


def _write(pragma: str) -> None:
    db.run(lambda: db.connection().execute(f"PRAGMA {pragma}").fetchall() and None)


@contextlib.contextmanager
def _locked(database: Path) -> Iterator[None]:
    """By another process, for as long as the block lasts."""
    hold = (
        f"import sqlite3, sys; c = sqlite3.connect({str(database)!r}); c.execute('BEGIN IMMEDIATE'); print(flush=True)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", f"import sqlite3, sys; {hold}; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout
    assert other.stdin
    other.stdout.readline()
    yield
    other.stdin.close()
    other.wait()
    other.stdout.close()


def _refused(phone: Phone) -> None:
    answer = phone.tries_to_answer(choice="a")
    assert (answer.status, answer.code) == (503, "try_again")
    assert int(answer.headers["retry-after"]) >= 1


def _told(ada: Facilitator, verb: str = "close") -> str:
    """What the console says to a press that could not be kept."""
    before = ada.desk
    answer = ada.tries(verb, sure="1", now="1")
    assert (answer.status, ada.desk) == (503, before)
    (said,) = [one.text for one in answer.page.all(role="alert") if one.text]
    return said


def test_a_locked_database_keeps_people_waiting_and_saves_when_it_can(
    settings: Settings, ada: Facilitator, phones: list[Phone]
) -> None:
    _write(f"busy_timeout={PATIENCE_MS}")
    with _locked(settings.database):
        _refused(phones[0])
        assert phones[0].mine == "none"
        assert "another program" in _told(ada)
    for phone in phones:
        phone.answers(choice="a")
    ada.closes(now=True)
    assert ada.desk["step_state"] == "closed"


def test_a_whole_batch_waits_once_for_a_lock_and_not_each_answer_by_itself(
    settings: Settings, ada: Facilitator, phones: list[Phone]
) -> None:
    _write(f"busy_timeout={PATIENCE_MS}")
    batch = [Pending(1, 0, bytes([i]) * 16, 1, b"x") for i in range(20)]
    with _locked(settings.database):
        began = time.monotonic()
        outcomes = writer._commit(batch)
    assert {outcome.verdict for outcome in outcomes} == {"try_again"}
    assert time.monotonic() - began < 3 * PATIENCE_MS / 1000


def test_a_database_that_cannot_be_written_acknowledges_nothing(ada: Facilitator, phones: list[Phone]) -> None:
    _write("query_only=1")
    _refused(phones[0])
    assert phones[0].mine == "none"
    assert "cannot be written" in _told(ada)
    _write("query_only=0")
    phones[0].answers(choice="a")


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_a_log_that_was_deleted_acknowledges_nothing_and_what_was_saved_before_is_kept(
    settings: Settings, ada: Facilitator, phones: list[Phone]
) -> None:
    for phone in phones[:4]:
        phone.answers(choice="a")
    settings.database.with_name("attune.db-wal").unlink()
    _refused(phones[4])
    assert "restart Attune" in _told(ada)
    app = _restarted(settings)
    ada.browser = InProcess(app, dict(ada.browser.cookies))
    assert [Phone(InProcess(app, dict(phone.browser.cookies))).mine for phone in phones[:4]] == ["saved"] * 4
    ada.closes(now=True)


def _restarted(settings: Settings) -> Flask:
    made: Flask = importlib.import_module("app").create_app(settings)
    return made


# ---------- at start ----------


def _damaged(settings: Settings) -> None:
    """A page of an index, in the middle of the file, overwritten."""
    db.close()
    with contextlib.closing(sqlite3.connect(settings.database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'open_answers'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with settings.database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))


def test_a_damaged_database_is_refused_with_a_sentence(settings: Settings, app: Flask) -> None:
    _damaged(settings)
    with pytest.raises(Unusable, match=r"attune\.db is damaged .* Put a backup in its place\."):
        db.open(settings)
    db.close()


def test_a_file_that_is_no_database_is_refused_with_a_sentence(settings: Settings) -> None:
    settings.database.write_bytes(b"notes about a workshop, not a database at all" * 200)
    with pytest.raises(Unusable, match=r"attune\.db is damaged"):
        db.open(settings)
    db.close()


def test_the_command_says_one_sentence_and_exits_2(
    make_server: Callable[..., Server], settings: Settings, app: Flask
) -> None:
    _damaged(settings)
    server = make_server()
    server.folder = settings.data.parent
    done = server.run("--port", "0")
    (sentence,) = done.stderr.strip().splitlines()
    assert done.returncode == 2
    assert "damaged" in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="taking root's rights away is written for Linux")
def test_a_file_that_we_may_not_write_is_refused_with_a_sentence(settings: Settings, app: Flask) -> None:
    db.close()
    settings.database.chmod(0o400)
    folders = {"ATTUNE_DATA": str(settings.data), "ATTUNE_RUNTIME": str(settings.runtime)}
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "--port", "0"],
        env={"PATH": os.environ["PATH"], **folders},
        preexec_fn=_as_anybody,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    (sentence,) = done.stderr.strip().splitlines()
    assert "attune.db" in sentence
    assert "readonly" in sentence


def _as_anybody() -> None:
    """Root writes to everything; without this capability it is refused as everybody else is."""
    drop, override = 24, 1
    ctypes.CDLL(None).prctl(drop, override, 0, 0, 0)
