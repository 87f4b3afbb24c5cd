"""G13: after the end the log is empty, no answer and no key is there; also when the server died on the way."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator

import gevent
import pytest
from flask import Flask

from sessions import checkpoints, forget, room, wiping
from sessions.wiping import wiper
from tests import factories
from tests.privacy import thief
from tests.privacy.broken import remembers_answers
from tests.sessions.writing import Asked, rows
from workshop.config import Settings
from workshop.database import db

ON_THE_WAY = (
    "counted",
    "forgotten",
    "release-stored",
    "key-overwritten",
    "key-destroyed",
    "changed",
    "ended",
    "keys-destroyed",
    "before-checkpoint",
    "checkpointed",
    "vacuumed",
)


class Died(BaseException):
    """The process, at this point."""


@pytest.fixture
def asked(app: Flask) -> Asked:
    asked = Asked.anew()
    for choice in "aabc":
        asked.writes(asked.seat(), choice=choice)
    return asked


@contextlib.contextmanager
def _dying_at(point: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def listener(name: str) -> None:
        if name == point:
            raise Died

    with monkeypatch.context() as patched:
        patched.setattr(checkpoints, "_listeners", [listener])
        patched.setattr(wiper, "soon", lambda: None)
        yield


def faults(settings: Settings) -> list[str]:
    """What is not as it must be after the end."""
    wanted = {
        "a key": not [*thief.files(settings.keys, settings.runtime)],
        "an answer": rows("SELECT COUNT(*) FROM open_answers") == [(0,)],
        "a text": rows("SELECT COUNT(*) FROM held_texts") == [(0,)],
        "a log": thief.log_bytes(settings.database) == 0,
        "a checkpoint": rows("PRAGMA wal_checkpoint(TRUNCATE)") == [(0, 0, 0)],
        "a free page": rows("PRAGMA freelist_count") == [(0,)],
    }
    return [f"there is {name}" for name, well in wanted.items() if not well]


def _until_wiped() -> None:
    with gevent.Timeout(5):
        while not wiper.wiped:
            gevent.sleep(0.01)


def test_the_end_seals(asked: Asked, settings: Settings) -> None:
    names = [p for p, _ in asked.stored()]
    asked.ends()
    _until_wiped()
    assert faults(settings) == []
    assert thief.hits(names, settings.data) == []


@pytest.mark.parametrize("point", ON_THE_WAY)
def test_an_end_that_was_cut_short_is_sealed_at_the_next_start(
    asked: Asked, settings: Settings, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    names = [p for p, _ in asked.stored()]
    with _dying_at(point, monkeypatch), contextlib.suppress(Died):
        asked.ends()
        db.run(wiping.wipe)
    importlib.import_module("app").create_app(settings)
    if asked.live.state != "ended":
        room.end(asked.live, factories.TODAY)
        _until_wiped()
    assert faults(settings) == []
    assert thief.hits(names, settings.data) == []


def test_every_point_on_the_way_is_passed(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = list[str]()
    monkeypatch.setattr(checkpoints, "_listeners", [passed.append])
    asked.ends()
    _until_wiped()
    assert set(ON_THE_WAY) <= set(passed)


# ---------- what must be caught ----------


def test_it_is_caught_that_a_start_finishes_nothing(
    asked: Asked, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _dying_at("ended", monkeypatch), contextlib.suppress(Died):
        asked.ends()
    monkeypatch.setattr(forget, "finish", lambda today: None)
    importlib.import_module("app").create_app(settings)
    assert "there is a key" in faults(settings)


def test_it_is_caught_that_answers_are_remembered(
    asked: Asked, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembers_answers.install(monkeypatch.setattr)
    asked.ends()
    assert {"there is an answer", "there is a log"} <= set(faults(settings))
