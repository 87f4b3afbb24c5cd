"""The picture that everybody works with: as it was committed last, made once, and the same for all."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from sessions import conduct, lookup, room
from tests.room_pack import IDS
from tests.sessions.writing import Asked, rows


@pytest.fixture
def asked(app: Flask) -> Asked:
    return Asked.anew()


def test_it_is_made_once_and_anew_after_a_change(asked: Asked) -> None:
    first = asked.live
    assert asked.live is first
    room.pause(first)
    assert asked.live is not first
    assert (first.state, asked.live.state) == ("live", "paused")
    assert asked.live.version == first.version + 1


def test_the_pack_is_parsed_once_a_session(asked: Asked) -> None:
    pack = asked.live.pack
    room.pause(asked.live)
    assert asked.live.pack is pack


def test_every_way_to_a_session_leads_to_the_same(asked: Asked) -> None:
    live = asked.live
    assert live.code
    assert live.join_secret
    ways = (
        lookup.by_handle(live.handle),
        lookup.by_code(live.code),
        lookup.by_join_secret(live.join_secret),
        lookup.by_screen_token(live.screen_token),
    )
    assert all(found is live for found in ways)


def test_a_button_is_drawn_for_a_path_and_tells_nothing_of_what_waits(asked: Asked) -> None:
    """The mark stands on the screen too, where somebody could try out which numbers fit it."""

    def mark(**path: object) -> str:
        rows("UPDATE live_steps SET path = ?", json.dumps(path))
        lookup.forget(asked.id)
        return asked.live.mark

    assert mark(stage=1) != mark(stage=2)
    assert mark(stage=1) == mark(stage=1, held={"answerers": 5}) == mark(stage=1, own=[{"answerers": 6}])


def test_what_no_session_has_leads_nowhere(asked: Asked) -> None:
    assert lookup.of(999) is None
    assert lookup.by_handle(b"x" * 16) is None
    assert lookup.by_code("00000000") is None or asked.live.code == "00000000"
    assert lookup.by_join_secret("") is None
    assert lookup.by_screen_token("") is None


def test_after_the_end_neither_code_nor_secret_lead_in(asked: Asked) -> None:
    code, secret = asked.live.code, asked.live.join_secret
    asked.ends()
    assert code
    assert secret
    assert lookup.by_code(code) is None
    assert lookup.by_join_secret(secret) is None
    assert asked.live.state == "ended"


def test_a_code_by_which_a_session_was_found_is_dead_as_soon_as_it_is_changed(asked: Asked) -> None:
    old = asked.live.code
    assert old
    assert lookup.by_code(old)
    room.new_code(asked.live)
    assert lookup.by_code(old) is None


def test_it_says_where_the_room_is(asked: Asked) -> None:
    live = asked.live
    assert tuple(step.id for step in live.plan) == IDS
    assert live.step
    assert live.step.id == "easy"
    assert live.now
    assert live.now.taking
    assert live.now.unfinished
    assert live.question_key == "easy/1/0"
    assert live.before is None, "only this step has been seen"
    asked.closes()
    assert asked.live.now
    assert not asked.live.now.unfinished


def test_it_prints_no_answer_and_no_rounds(asked: Asked) -> None:
    asked.writes(asked.seat())
    assert "rounds" not in repr(asked.live)


def test_a_lobby_shows_no_step(app: Flask) -> None:
    asked = Asked.anew()
    rows("UPDATE live_sessions SET position = -1, state = 'lobby', version = version + 1")
    lookup.forget()
    assert (asked.live.step, asked.live.now, asked.live.question_key) == (None, None, "")


def test_whoever_comes_after_the_interruption_page_meets_it_first(asked: Asked) -> None:
    assert asked.live.past_interruption
    asked.closes()
    conduct.show(asked.live, "care")
    assert not asked.live.past_interruption
