"""What is past its time goes: all but releases after a month, those after a year and some weeks, or everything now."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from sessions import closing, conduct, forget, lookup
from sessions.retention import retention
from sessions.vault import vault
from sessions.wiping import wiper
from tests.actors import Cast
from tests.factories import TODAY
from tests.sessions.writing import Asked, rows, until_wiped
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


def test_thirty_days_after_its_end_only_what_draws_its_releases_is_left(asked: Asked) -> None:
    closing.finish(asked.id, asked.row)
    conduct.show(asked.live, "near")
    rows("UPDATE live_steps SET path = '{\"stage\": 2}'")
    asked.ends()
    token = asked.live.screen_token
    forget.expire(TODAY + timedelta(days=retention.rest))
    assert len(rows("SELECT * FROM live_steps")) == 2
    forget.expire(TODAY + timedelta(days=retention.rest + 1))
    assert rows("SELECT step_id, path FROM live_steps WHERE step_id = 'easy'") == [("easy", "{}")]
    assert len(rows("SELECT * FROM releases")) >= 1
    assert asked.live.screen_token != token


def test_what_the_room_agreed_on_is_kept_as_long_as_its_releases(asked: Asked) -> None:
    closing.finish(asked.id, asked.row)
    rows("UPDATE live_steps SET path = ?", json.dumps({"outcome": ["We share."], "lines": [{"id": "a"}]}))
    lookup.forget(asked.id)
    asked.ends()
    forget.expire(TODAY + timedelta(days=retention.rest + 1))
    assert rows("SELECT path FROM live_steps") == [('{"outcome": ["We share."]}',)]
    assert asked.live.outcome("easy") == ("We share.",)


def test_its_releases_go_after_four_hundred_days(asked: Asked) -> None:
    closing.finish(asked.id, asked.row)
    asked.ends()
    forget.expire(TODAY + timedelta(days=retention.releases))
    assert lookup.of(asked.id)
    forget.expire(TODAY + timedelta(days=retention.releases + 1))
    assert lookup.of(asked.id) is None
    for table in ("live_sessions", "live_steps", "releases", "live_roles", "open_answers", "held_texts"):
        assert rows(f"SELECT * FROM {table}") == [], table


@pytest.mark.parametrize("days", [retention.rest, retention.releases])
def test_what_goes_by_itself_is_wiped_from_the_disk(asked: Asked, days: int) -> None:
    closing.finish(asked.id, asked.row)
    asked.ends()
    until_wiped()
    forget.expire(TODAY + timedelta(days=days + 1))
    assert not wiper.wiped
    until_wiped()
    assert rows("PRAGMA freelist_count") == [(0,)]
    assert rows("PRAGMA wal_checkpoint(PASSIVE)") == [(0, 0, 0)]


def test_the_rest_of_a_session_goes_once(asked: Asked) -> None:
    closing.finish(asked.id, asked.row)
    asked.ends()
    forget.expire(TODAY + timedelta(days=retention.rest + 1))
    until_wiped()
    thinned = asked.live
    for day in range(2, 5):
        forget.expire(TODAY + timedelta(days=retention.rest + day))
        assert wiper.wiped, "there was nothing left to delete, and the file was rebuilt all the same"
    assert asked.live == thinned


def test_what_is_going_on_is_never_past_its_time(asked: Asked) -> None:
    forget.expire(TODAY + timedelta(days=10 * retention.releases))
    assert asked.live.state == "live"
    assert len(asked.stored()) == 4


def test_delete_now_leaves_nothing_of_it_and_all_of_another(asked: Asked) -> None:
    asked.ends()
    forget.delete(asked.id)
    assert lookup.of(asked.id) is None
    assert rows("SELECT * FROM live_steps") == []
    assert len(rows("SELECT * FROM workshops")) >= 1


def test_both_times_are_those_of_the_settings_and_stand_on_the_results_page(tmp_path: Path) -> None:
    wanted = {"ATTUNE_KEEP_RELEASES_DAYS": "90", "ATTUNE_KEEP_SESSION_DAYS": "5"}
    places = {"ATTUNE_DATA": str(tmp_path / "data"), "ATTUNE_RUNTIME": str(tmp_path / "runtime")}
    cast = Cast.of(importlib.import_module("app").create_app(Settings.from_environment(places | wanted)))
    ada = cast.facilitator("Ada").opens()
    ada.ends()
    said = ada.browser.get(f"/sessions/{ada.live}").page.text
    assert "results are kept for 90, what else is left of it for 5" in said
    today = date.today()
    assert f"Kept until {today + timedelta(days=90)}" in said
    for days, left in ((5, False), (6, True)):
        forget.expire(today + timedelta(days=days))
        (rules,) = rows("SELECT rules FROM live_sessions")
        assert ("thinned" in rules[0]) == left
    forget.expire(today + timedelta(days=90))
    assert lookup.of(ada.live)
    forget.expire(today + timedelta(days=91))
    assert lookup.of(ada.live) is None
    db.close()
    retention.open(Settings.from_environment(places))


def test_practice_is_gone_at_the_next_start(app: Flask, starts: Callable[[], None]) -> None:
    asked = Asked.anew()
    rows("UPDATE live_sessions SET practice = 1, version = version + 1")
    lookup.forget()
    asked.ends()
    starts()
    assert lookup.of(asked.id) is None
