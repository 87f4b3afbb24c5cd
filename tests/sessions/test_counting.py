"""Closing: counted, published, stored and forgotten in one go, once; and the key after that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from sessions import counting, held, holding, questions
from sessions.interim import interim
from sessions.sealing import place, seal
from sessions.vault import vault
from sessions.writer import Pending, writer
from tests.room_pack import TEXTS, step
from tests.sessions import writing
from tests.sessions.writing import Asked, rows
from tests.workshop.small_pack import SMALL
from workshop.config import Settings
from workshop.release import Release


@pytest.fixture
def asked(app: Flask) -> Asked:
    return Asked.anew()


def _says(asked: Asked, plain: dict[str, Any], bucket: int = 2048) -> None:
    """Somebody new sends this."""
    seat, state = asked.seat(), asked.live.now
    assert state
    key = vault.question(asked.live.handle, state.row, state.phase)
    assert key
    p = seat.pseudonym(asked.step, state.round, state.phase)
    sealed = seal(key, place(state.row, state.phase, p, 1), json.dumps(plain).encode(), bucket)
    assert writer.record(Pending(state.row, state.phase, p, 1, sealed)).verdict == "saved"


def _release(asked: Asked) -> Release:
    now = asked.live.now
    assert now
    return now.releases[now.phase]


def _shown(asked: Asked) -> dict[str, object]:
    return {cell.options[0]: cell.shown for part in _release(asked).parts for cell in getattr(part, "cells", ())}


def _answer(asked: Asked, *choices: str) -> None:
    for choice in choices:
        asked.writes(asked.seat(), choice=choice)


def test_a_low_question_is_counted_exactly(asked: Asked) -> None:
    _answer(asked, "a", "a", "b", "c")
    asked.closes()
    assert _shown(asked) == {"a": 2, "b": 1, "c": 1}


def test_closing_twice_is_closing_once(asked: Asked) -> None:
    _answer(asked, "a", "a", "b")
    row = asked.row
    assert counting.close(asked.id, row) is True
    assert counting.close(asked.id, row) is False
    assert rows("SELECT COUNT(*) FROM releases WHERE step = ?", row) == [(1,)]


def test_a_pass_and_an_answer_taken_back_are_in_no_count(asked: Asked) -> None:
    _answer(asked, "a", "a", "b", "")
    mia = asked.seat()
    asked.writes(mia, 1, "c")
    asked.writes(mia, 2, "")
    assert writer.answered(asked.row, 0) == 5
    asked.closes()
    assert _shown(asked) == {"a": 2, "b": 1, "c": 0}


def test_below_k_nothing_is_kept_not_even_how_many_they_were(asked: Asked) -> None:
    """One answer, or two and a pass: what is stored is the same to the byte."""
    _answer(asked, "a")
    asked.closes()
    first = _release(asked)
    assert (first.withheld, first.parts) == (True, ())
    questions.again(asked.live)
    _answer(asked, "b", "c", "")
    asked.closes()
    assert _release(asked).model_copy(update={"round": 1}) == first
    assert asked.stored() == []


def test_an_answer_that_does_not_open_is_nobodys(asked: Asked) -> None:
    _answer(asked, "a", "a", "b")
    writer.record(Pending(asked.row, 0, b"x" * 16, 1, b"never sealed by anybody, and longer than a tag"))
    asked.closes()
    assert sum(int(str(n)) for n in _shown(asked).values()) == 3


def test_what_fails_while_it_counts_leaves_everything_as_it_was(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(asked, "a", "a", "b")
    before = (asked.stored(), asked.live)

    def fails(*_: object, **__: object) -> Release:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(counting, "publish", fails)
        with pytest.raises(RuntimeError):
            counting.close(asked.id, asked.row)
    assert (asked.stored(), asked.live) == before
    assert vault.question(asked.live.handle, asked.row, 0) is not None
    asked.closes()
    assert _shown(asked) == {"a": 2, "b": 1, "c": 0}


def test_the_key_dies_with_its_question(asked: Asked, settings: Settings) -> None:
    _answer(asked, "a", "a", "b")
    assert [path.suffix for path in settings.keys.glob("*.d")] == [".d"]
    asked.closes()
    assert not list(settings.keys.glob("*.d"))
    assert vault.question(asked.live.handle, asked.row, 0) is None


def test_a_release_is_final(asked: Asked) -> None:
    _answer(asked, "a", "a", "b")
    asked.closes()
    with pytest.raises(Exception, match="a release is final"):
        rows("UPDATE releases SET published = '{}'")


def test_a_second_round_stands_by_itself(asked: Asked) -> None:
    _answer(asked, "a", "a", "b")
    asked.closes()
    questions.again(asked.live)
    _answer(asked, "c", "c", "c", "c")
    asked.closes()
    first, second = asked.live.rounds["easy"]
    assert [len(state.releases) for state in (first, second)] == [1, 1]
    assert _shown(asked) == {"a": 0, "b": 0, "c": 4}


# ---------- texts ----------


def test_texts_wait_under_a_key_of_their_own_and_all_look_alike(app: Flask, settings: Settings) -> None:
    asked = Asked.anew("lines")
    said = ["short", "a line that is a good deal longer than the first", "again", "and one more"]
    for text in said:
        _says(asked, {"lines": [text]})
    asked.closes()
    kept = rows("SELECT payload FROM held_texts")
    assert len({len(payload) for (payload,) in kept}) == 1
    assert {text.text for text in held.waiting(asked.live)} == set(said)
    assert [path.suffix for path in settings.keys.glob("*.[dt]")] == [".t"]
    assert asked.live.now
    assert asked.live.now.releases == ()


def test_texts_wait_in_an_order_that_says_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked.anew("lines")
    shuffled = list[list[object]]()
    monkeypatch.setattr(holding, "_shuffle", lambda waiting: shuffled.append(list(waiting)))
    for n in range(6):
        _says(asked, {"lines": [f"text {n}"]})
    asked.closes()
    assert len(shuffled[0]) == 6
    ids = [text.id for text in held.waiting(asked.live)]
    assert ids == sorted(ids)
    assert all(len(id) == 16 for id in ids)


def test_texts_of_too_few_are_deleted_unseen(app: Flask, settings: Settings) -> None:
    asked = Asked.anew("inner")
    for text in ("one", "two"):
        _says(asked, {"lines": [text]})
    asked.closes()
    assert rows("SELECT * FROM held_texts") == []
    assert _release(asked).withheld
    assert not list(settings.keys.glob("*.t"))


# ---------- live bars ----------


def test_bars_of_a_low_question_move_in_batches_of_k(app: Flask) -> None:
    asked = Asked.anew("hello")
    moved = []
    for n in range(1, 8):
        asked.writes(asked.seat(), choice="foot")
        if counting.peek(asked.live, n):
            moved.append(n)
    assert moved == [3, 6]
    assert interim.of(asked.row, 0) is not None
    asked.closes()
    assert _shown(asked) == {"foot": 7, "bus": 0}


def test_texts_are_read_by_a_person_first_whatever_a_step_shows_while_it_is_open(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = step("lines", "open_text", "low", TEXTS, reveal="live")
    monkeypatch.setattr(writing, "ROOM", SMALL.replace("steps:\n", f"steps:\n{live}", 1))
    asked = Asked.anew("lines")
    for n in range(1, 5):
        _says(asked, {"lines": [f"text {n}"]})
        assert counting.peek(asked.live, n) is False
    assert interim.of(asked.row, 0) is None


@pytest.mark.parametrize("step", ["easy", "near", "deep"])
def test_no_other_question_shows_anything_before_it_closes(app: Flask, step: str) -> None:
    asked = Asked.anew(step)
    for n in range(1, 13):
        asked.writes(asked.seat())
        assert counting.peek(asked.live, n) is False
