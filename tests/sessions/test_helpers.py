"""Links of helpers under pressure: guessed at, and taken by two at once."""

from __future__ import annotations

import secrets

import gevent
import pytest
from flask import Flask

import app as attune
from sessions import helpers, lookup
from sessions.helpers import NoSuchLink
from sessions.limits import limits
from tests.actors import Cast, Facilitator
from tests.browsers import InProcess
from workshop.config import Settings


@pytest.fixture
def house(app: Flask) -> Cast:
    """Everybody at an app that nobody has tired out yet."""
    return Cast.of(app)


@pytest.fixture
def lead(house: Cast) -> Facilitator:
    return house.facilitator("Ada").opens()


def test_guessing_is_slow_and_costs_whoever_guesses_alone(
    house: Cast, lead: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits, "_clock", lambda: now[0])
    limits.open()
    link, hasty = lead.invites(), house.browser()
    guesses = [hasty.post(f"/h/{secrets.token_urlsafe(16)}") for _ in range(40)]
    assert [answer.status for answer in guesses] == [404] * 30 + [429] * 10
    assert guesses[-1].headers["retry-after"] == "60"
    assert hasty.post(link).status == 429, "with an empty bucket nothing is looked up"
    assert house.phone(lead.code).page(), "typed codes are paid for apart"
    now[0] += 60
    assert house.helper(lead, link).page()


def test_right_links_cost_nothing(house: Cast, lead: Facilitator) -> None:
    for _ in range(35):
        house.helper(lead).browser.post("/x")


def test_who_helps_goes_on_helping_when_the_server_has_started_again(
    house: Cast, lead: Facilitator, settings: Settings
) -> None:
    link, hal = lead.invites(), house.helper(lead)
    again = attune.create_app(settings)
    assert InProcess(again, dict(hal.browser.cookies)).get(hal.console).status == 200
    assert InProcess(again).post(link).status == 303


def test_of_two_who_take_one_link_at_once_one_is_told_that_there_is_none(house: Cast, lead: Facilitator) -> None:
    secret = lead.invites().removeprefix("/h/")
    live = lookup.of(lead.live)
    assert live is not None
    taken = list[object]()

    def take() -> None:
        try:
            taken.append(helpers.accept(live, secret))
        except NoSuchLink as no:
            taken.append(no)

    gevent.joinall([gevent.spawn(take) for _ in range(2)])
    assert sorted(isinstance(one, NoSuchLink) for one in taken) == [False, True]
