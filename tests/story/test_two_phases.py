"""A kind that asks twice, told through a room: what a session does, it does for kinds it has never heard of."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from tests.actors import Cast, Facilitator
from tests.room_pack import step
from tests.run_off import TEMPLATES, RunOff
from tests.workshop.small_pack import SMALL
from workshop import kinds

NAMES = "    names: [ada, bo, cy]"


@pytest.fixture
def troupe(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, at an app that knows one kind more."""
    known = {**kinds.discover(), RunOff.slug: RunOff()}
    monkeypatch.setattr(kinds, "discover", lambda: known)
    assert app.jinja_loader is not None
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([app.jinja_loader, DictLoader(TEMPLATES)]))
    return Cast.of(app)


@pytest.fixture
def ada(troupe: Cast) -> Facilitator:
    ada = troupe.facilitator("Ada")
    pack = SMALL.replace("steps:\n", "steps:\n" + step("twice", "run_off", "low", NAMES), 1)
    return ada.opens(workshop=troupe.shelves(ada, pack))


def test_the_second_question_is_made_of_what_the_room_saw_of_the_first(troupe: Cast, ada: Facilitator) -> None:
    phones = troupe.phones(ada.join_url, 6)
    ada.shows("twice")
    for phone, pick in zip(phones, ("ada", "ada", "ada", "bo", "bo", "cy"), strict=True):
        phone.answers(pick=pick)
    ada.closes(now=True, show=True)
    assert ada.desk["step_state"] == "revealed"
    ada.moves_on()
    assert (ada.desk["phase"], ada.desk["step_state"]) == (1, "open")
    assert "cy" not in phones[0].sees().split()
    refusal = phones[0].tries_to_answer(pick="cy")
    assert (refusal.status, refusal.code) == (422, "bad_option")
    for phone in phones:
        phone.answers(pick="bo")
    ada.closes(now=True, show=True)
    assert "bo 6" in " ".join(ada.screen.sees().split())
    ada.moves_on()
    assert ada.step != "twice"


def test_an_answer_to_the_first_phase_is_too_late_in_the_second(troupe: Cast, ada: Facilitator) -> None:
    phones = troupe.phones(ada.join_url, 4)
    ada.shows("twice")
    old = phones[0].form()
    for phone in phones:
        phone.answers(pick="ada")
    ada.closes(now=True, show=True)
    ada.moves_on()
    late = phones[0].browser.post("/w/answer", {**old, "pick": "ada", "rev": "2"}, accept="text/html-fragment")
    assert (late.status, late.code) == (409, "closed")


def test_both_phases_are_in_the_export(troupe: Cast, ada: Facilitator) -> None:
    phones = troupe.phones(ada.join_url, 5)
    ada.shows("twice")
    for phone in phones:
        phone.answers(pick="ada")
    ada.closes(now=True, show=True)
    ada.moves_on()
    for phone in phones:
        phone.answers(pick="ada")
    ada.closes(now=True, show=True)
    ada.ends()
    table = ada.takes_home("csv").decode("utf-8-sig")
    assert table.count("twice,pick,ada,1,5") == 2


def test_too_few_in_the_first_phase_end_the_step(troupe: Cast, ada: Facilitator) -> None:
    phones = troupe.phones(ada.join_url, 2)
    ada.shows("twice")
    for phone in phones:
        phone.answers(pick="ada")
    ada.closes(now=True, show=True)
    ada.moves_on()
    assert ada.step != "twice"
