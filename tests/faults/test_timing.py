"""What is refused alike takes equally long: nobody learns by a watch which account, code or session there is."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from statistics import median

import pytest
from argon2 import PasswordHasher
from flask import Flask

from sessions.limits import limits
from tests.actors import Cast
from tests.browsers import FRAGMENT, Answer
from tests.room_pack import ROOM
from workshop.passwords import passwords

PAIRS = 200
WITHIN_MS = 5.0


def apart(one: Callable[[], Answer], other: Callable[[], Answer], pairs: int = PAIRS) -> float:
    """Milliseconds between the medians of both, tried by turns; each must be refused in the same words."""
    took: tuple[list[float], list[float]] = ([], [])
    said = set()
    for _ in range(pairs):
        for attempt, times in zip((one, other), took, strict=True):
            began = time.perf_counter()
            answer = attempt()
            times.append((time.perf_counter() - began) * 1e3)
            said.add((answer.status, answer.body))
    assert len(said) == 1, said
    return abs(median(took[0]) - median(took[1]))


@pytest.fixture
def patient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No budget runs out: what is timed is what comes after it."""
    hours = itertools.count(time.monotonic(), 3600.0)
    monkeypatch.setattr(app.extensions["attempts"], "_clock", lambda: next(hours))
    monkeypatch.setattr(limits, "_clock", lambda: next(hours))
    monkeypatch.setattr(limits._answers, "_clock", lambda: next(hours))


def test_a_watch_tells_a_difference_where_there_is_one(patient: None, app: Flask) -> None:
    browser = Cast.of(app).browser()

    def late() -> Answer:
        time.sleep(0.02)
        return browser.get("/nothing-here")

    assert apart(late, lambda: browser.get("/nothing-here"), pairs=5) > WITHIN_MS


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash that takes a thousandth of the real one: what is beside it cannot hide in its noise."""
    argon2 = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_argon2", argon2)
    monkeypatch.setattr(passwords, "decoy", argon2.hash("of nobody"))


def test_an_unknown_account_takes_as_long_as_a_wrong_password(patient: None, light: None, app: Flask) -> None:
    cast = Cast.of(app)
    ada = cast.facilitator("Ada")

    def signs_in(email: str) -> Callable[[], Answer]:
        browser = cast.browser()
        return lambda: browser.post("/signin", {"email": email, "password": "not this one, certainly"})

    assert apart(signs_in(ada.email), signs_in("nobody@example.org")) < WITHIN_MS


@pytest.mark.parametrize("why", ["locked", "outdated", "ended"])
def test_a_code_that_is_refused_takes_as_long_as_one_that_never_was(patient: None, app: Flask, why: str) -> None:
    cast = Cast.of(app)
    ada = cast.facilitator("Ada").opens("core")
    code = ada.code
    {"locked": lambda: ada.presses("lock"), "outdated": lambda: ada.presses("code"), "ended": ada.ends}[why]()
    stranger = cast.phone()
    assert apart(lambda: stranger.tries_to_join(code), lambda: stranger.tries_to_join("00000000")) < WITHIN_MS


def test_a_step_of_another_session_takes_as_long_as_one_that_never_was(patient: None, app: Flask) -> None:
    cast = Cast.of(app)
    ada, bo = cast.facilitator("Ada"), cast.facilitator("Bo")
    ada.opens("core").starts()
    bo.opens(workshop=cast.shelves(bo, ROOM)).goes_to("easy")
    phone = cast.phone(ada.join_url)

    def sends(step: str) -> Callable[[], Answer]:
        answer = {"step": step, "round": "1", "phase": "0", "rev": "1", "choice": "a"}
        return lambda: phone.browser.post("/w/answer", answer, **FRAGMENT)

    assert apart(sends("easy"), sends("never-was")) < WITHIN_MS
