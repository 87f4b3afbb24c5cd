"""Ten thousand guesses: at the code of a room, and at the password of an account."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections import Counter

import pytest
from flask import Flask

from sessions.limits import limits
from tests.actors import Cast, Facilitator
from workshop.attempts import MOST, SECONDS, Attempts
from workshop.passwords import passwords

GUESSES = 10_000


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What counts tries goes by a clock that stands still."""
    clock = Clock()
    monkeypatch.setattr(limits, "_clock", clock)
    limits.open()
    return clock


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch, app: Flask, clock: Clock) -> list[str]:
    """The passwords that were really checked; nobody's is right."""
    checked = list[str]()

    def check(_stored: str | None, password: str) -> bool:
        checked.append(password)
        return False

    monkeypatch.setattr(app.extensions["attempts"], "_clock", clock)
    monkeypatch.setattr(passwords, "check", check)
    return checked


def test_once_the_budget_is_spent_no_code_of_ten_thousand_is_looked_up_not_even_the_right_one(
    cast: Cast, ada: Facilitator, clock: Clock
) -> None:
    """The clock stands still; the right code is among them a hundred times, and none is told from another."""
    ada.opens("core")
    chance, guesser, code = random.Random(31), cast.browser(), ada.code
    told = Counter[tuple[int, bytes]]()
    for number in range(GUESSES):
        right = number % (GUESSES // 100) == 99
        answer = guesser.post("/join", {"code": code if right else f"{chance.randrange(10**8):08}"})
        told[answer.status, answer.body] += 1
    assert sorted((status, many) for (status, _), many in told.items()) == [(404, 30), (429, GUESSES - 30)]
    assert not guesser.cookies
    assert cast.phone(ada.join_url).state == "lobby", "the QR asks for no code"


def test_of_a_thousand_passwords_for_one_account_in_a_minute_five_are_checked_and_others_may_try(
    app: Flask, clock: Clock, tries: list[str]
) -> None:
    guesser = Cast.of(app).browser()
    told = Counter[int]()
    for number in range(GUESSES // 10):
        clock.now += SECONDS / GUESSES
        told[guesser.post("/signin", {"email": "ada@example.org", "password": f"guess {number}"}).status] += 1
    assert told == {422: MOST, 429: GUESSES // 10 - MOST}
    assert tries == [f"guess {number}" for number in range(MOST)]
    assert guesser.post("/signin", {"email": "bob@example.org", "password": "one"}).status == 422


def test_ten_thousand_tries_at_one_account_in_ten_minutes_are_fifty_and_leave_five_behind(clock: Clock) -> None:
    attempts = Attempts(clock)
    taken = 0
    for _ in range(GUESSES):
        clock.now += 10 * SECONDS / GUESSES
        taken += attempts.take("ada@example.org") == 0
    assert taken == 10 * MOST
    assert [len(kept) for kept in attempts._tries.values()] == [MOST]


def test_ten_thousand_made_up_accounts_in_a_minute_cost_little_time_and_memory(clock: Clock) -> None:
    """Whoever looks through all of them at each try takes 5 s of processor, and keeps every room waiting."""
    attempts = Attempts(clock)
    tracemalloc.start()
    for number in range(GUESSES):
        clock.now += SECONDS / (GUESSES + 1)
        assert attempts.take(f"{number}@example.org") == 0
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 4_000_000
    began = time.process_time()
    for number in range(GUESSES):
        attempts.take(f"{number}@elsewhere.example")
    assert time.process_time() - began < 0.5
    clock.now += SECONDS
    attempts.take("ada@example.org")
    assert len(attempts._tries) == 1
