"""How many have answered: no number where one more answer could be somebody's, and none that could be watched."""

from __future__ import annotations

import re

import pytest

from sessions import progress
from tests.actors import Cast, Facilitator

NUMBER = re.compile(r"\d+ answered|\d+ of \d+ have")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "_clock", clock)
    monkeypatch.setattr(progress, "_said", {})
    return clock


def said(ada: Facilitator) -> set[object]:
    """The number that each place says which may say one."""
    page = NUMBER.search(ada.page().get("progress").text)
    return {ada.desk["answered"], int(page[0].split()[0]) if page else None}


def test_of_a_tender_question_words_are_all_that_anybody_is_told(
    cast: Cast, ada: Facilitator, room: str, clock: Clock
) -> None:
    ada.opens(workshop=room).shows("deep")
    ada.asks()
    phones = cast.phones(ada.join_url, 6)
    for answered in range(1, 7):
        phones[answered - 1].answers(choice="a")
        clock.now += progress.CALM
        assert said(ada) == {None}
        assert not NUMBER.search(ada.sees())
        assert not NUMBER.search(ada.screen.sees())
    assert ada.desk["answered_in_words"] == "Nearly all have answered"


def test_answers_to_something_personal_are_counted_once_a_second(
    cast: Cast, ada: Facilitator, room: str, clock: Clock
) -> None:
    ada.opens(workshop=room).shows("near")
    phones = cast.phones(ada.join_url, 6)
    assert said(ada) == {0}
    wall = ada.screen.sees()
    for phone in phones:
        phone.answers(choice="a")
        assert said(ada) == {0}, "somebody who asks without pause sees each answer come"
        assert ada.screen.sees() == wall
    clock.now += progress.CALM - 0.01
    assert said(ada) == {0}
    clock.now += 0.01
    assert said(ada) == {6}
    assert "Nearly all have answered" in ada.screen.sees()


def test_the_next_question_does_not_begin_with_what_the_last_one_had(
    cast: Cast, ada: Facilitator, room: str, clock: Clock
) -> None:
    ada.opens(workshop=room).shows("near")
    for phone in cast.phones(ada.join_url, 5):
        phone.answers(choice="a")
    clock.now += progress.CALM
    assert said(ada) == {5}
    ada.closes(now=True)
    ada.shows("many")
    assert said(ada) == {0}


def test_answers_to_something_easy_are_counted_as_they_come(
    cast: Cast, ada: Facilitator, room: str, clock: Clock
) -> None:
    ada.opens(workshop=room).shows("easy")
    for answered, phone in enumerate(cast.phones(ada.join_url, 3)):
        assert said(ada) == {answered}
        phone.answers(choice="a")
