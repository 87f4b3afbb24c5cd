"""What a crash left undone is finished at the next start, and what is past its time goes."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask

from sessions import closing, forget, lookup, questions, room
from sessions.sealing import place, seal
from sessions.vault import vault
from sessions.writer import Pending, writer
from tests.factories import TODAY
from tests.sessions.writing import Asked, rows, session_row
from workshop.config import Settings
from workshop.database import db


@pytest.fixture
def asked(app: Flask) -> Asked:
    asked = Asked.anew()
    for choice in "aabc":
        asked.writes(asked.seat(), choice=choice)
    return asked


@pytest.fixture
def starts(settings: Settings) -> Callable[[], None]:
    """As the next process does, with nothing in memory."""

    def start() -> None:
        vault.open(settings)
        forget.finish(TODAY)

    return start


# ---------- finished at start ----------


def test_answers_of_a_question_that_is_not_open_go_and_the_log_says_how_many(
    asked: Asked, starts: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    rows("UPDATE live_steps SET state = 'closed' WHERE id = ?", asked.row)
    with caplog.at_level(logging.WARNING, "attune"):
        starts()
    assert asked.stored() == []
    assert [record.getMessage() for record in caplog.records] == ["deleted 4 answers of questions that were not open"]


def test_last_seconds_are_over_and_everybody_is_counted(asked: Asked, starts: Callable[[], None]) -> None:
    closing.close(asked.live)
    starts()
    assert asked.live.now
    assert (asked.live.now.state, len(asked.live.now.releases)) == ("closed", 1)
    assert vault.question(asked.live.handle, asked.row, 0) is None


def test_an_open_question_stays_open(asked: Asked, starts: Callable[[], None]) -> None:
    before = asked.live.version
    starts()
    assert asked.live.now
    assert asked.live.now.state == "open"
    assert asked.live.version > before, "pages must take what they are sent next"
    assert len(asked.stored()) == 4


def test_keys_that_open_nothing_any_more_go(asked: Asked, starts: Callable[[], None], settings: Settings) -> None:
    vault.make(b"n" * 16)
    vault.make_question(b"n" * 16, 9, 0)
    vault.make_question(asked.live.handle, 999, 0)
    vault.make_texts(asked.live.handle, 999)
    (settings.keys / f"{asked.live.handle.hex()}.999.0.d.new").write_bytes(b"half")
    starts()
    assert vault.handles() == {asked.live.handle}
    assert vault.questions(asked.live.handle) == {(asked.row, 0)}
    assert vault.texts_kept(asked.live.handle) == set()


def test_files_of_others_beside_ours_are_not_touched(
    asked: Asked, starts: Callable[[], None], settings: Settings
) -> None:
    """Names that could be read as hexadecimal among them."""
    names = ("2024.csv", "cafe.txt", "cafe", "notes.minutes", f"{'ab' * 16}.kdbx", f"{'ab' * 16}.txt")
    theirs = [folder / name for folder in (settings.runtime, settings.keys) for name in names]
    for path in theirs:
        path.write_text("not ours")
    starts()
    assert vault.handles() == {asked.live.handle}
    asked.ends()
    starts()
    assert [path.read_text() for path in theirs] == ["not ours"] * len(theirs)
    assert sorted(path.name for path in settings.keys.iterdir()) == sorted(names)


def test_a_lost_key_cuts_off_what_was_open_once(asked: Asked, starts: Callable[[], None], settings: Settings) -> None:
    (settings.runtime / f"{asked.live.handle.hex()}.k").unlink()
    starts()
    assert asked.live.now
    assert asked.live.now.state == "interrupted"
    assert asked.live.rekeyed
    assert session_row(asked).rekeyed == 1
    starts()
    assert session_row(asked).rekeyed == 1
    assert len(asked.stored()) == 4


def test_starting_wipes(asked: Asked, starts: Callable[[], None], settings: Settings) -> None:
    asked.closes()
    starts()
    assert settings.database.with_name("attune.db-wal").stat().st_size == 0
    assert rows("PRAGMA freelist_count") == [(0,)]


# ---------- the end ----------


def test_the_end_leaves_no_answer_no_text_no_key_and_no_way_in(asked: Asked, settings: Settings) -> None:
    asked.ends()
    row = session_row(asked)
    assert (row.state, row.code, row.join_secret, row.ended_on) == ("ended", None, None, TODAY)
    assert rows("SELECT * FROM open_answers") == rows("SELECT * FROM held_texts") == []
    assert not list(settings.keys.iterdir())
    assert not list(settings.runtime.iterdir())


def test_the_end_forgets_how_many_wrote_a_text_that_was_never_shown(app: Flask) -> None:
    inner = Asked.anew("inner")
    key = vault.question(inner.live.handle, inner.row, 0)
    assert key
    for i in range(6):
        p = bytes([i]) * 16
        plain = json.dumps({"lines": [f"line {i}"]}).encode()
        writer.record(Pending(inner.row, 0, p, 1, seal(key, place(inner.row, 0, p, 1), plain, 1024)))
    inner.closes()
    assert inner.live.now
    assert [part["answerers"] for part in inner.live.now.path["held"]["parts"]] == [6]
    inner.ends()
    assert inner.live.now.path == {}
    assert rows("SELECT path FROM live_steps WHERE path LIKE '%answerers%'") == []


def test_an_end_counts_what_another_console_left_open(asked: Asked) -> None:
    """However it came to be: an open question that is not the one in sight."""
    rows("UPDATE live_sessions SET position = 0, version = version + 1 WHERE id = ?", asked.id)
    lookup.forget()
    row = asked.row
    asked.ends()
    assert rows("SELECT * FROM open_answers") == []
    assert rows("SELECT state FROM live_steps WHERE id = ?", row) == [("closed",)]


def test_an_end_waits_for_a_question_that_was_opened_meanwhile(asked: Asked) -> None:
    before = asked.live
    asked.closes()
    questions.again(asked.live)
    with pytest.raises(room.Wrong, match="opened just now"):
        db.write(lambda session: room._end(session, session_row(asked), asked.live, TODAY))
    assert asked.live.state == before.state == "live"
