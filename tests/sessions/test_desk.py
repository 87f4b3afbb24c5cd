"""What stands on the console says nothing that must not be said yet."""

from __future__ import annotations

import time

import pytest

from tests.actors import Cast, Facilitator
from tests.sessions.standing import HELD, LOW, TENDER, at


def test_the_agenda_and_the_notes_are_in_the_full_view_alone(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).starts()
    assert not ada.page().all(aria_current="step")
    assert ada.browser.post(f"{ada.console}/view", {"view": "full"}).status == 303
    page = ada.page()
    assert len(page.all(aria_current="step")) == 1
    assert "easy" in page.text
    ada.browser.post(f"{ada.console}/view", {"view": "simple"})


@pytest.mark.parametrize(("step", "screen", "console"), [
    (LOW, "3 of 6 have answered", "3 answered"),
    ("near", "About half have answered", "3 answered"),
    (TENDER, "", "About half have answered"),
])  # fmt: skip
def test_how_many_have_answered_is_said_as_the_question_allows(
    cast: Cast, ada: Facilitator, room: str, step: str, screen: str, console: str
) -> None:
    ada.opens(workshop=room).goes_to(step)
    ada.tries("open")
    for phone in cast.phones(ada.join_url, 6)[:3]:
        phone.answers(choice="a")
    time.sleep(1.1)  # but for low steps, a count is as old as a second
    wall = ada.screen.page().get("progress").text
    assert (screen in wall) if screen else ("answered" not in wall)
    assert console in ada.page().get("progress").text
    if step == TENDER:
        assert "3 answered" not in ada.sees()


def test_nothing_of_the_answers_stands_on_the_console_before_the_close(cast: Cast, ada: Facilitator, room: str) -> None:
    at(cast, ada, room, HELD)
    assert "A line" not in ada.browser.get(ada.console).text


def test_people_are_counted_as_they_come_and_go(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    phones = cast.phones(ada.join_url, 3)
    assert ada.page().get("progress").text.startswith("3 phones")
    phones[0].leaves()
    assert ada.page().get("progress").text.startswith("2 phones")


def test_practice_is_said_on_every_page_and_leaves_no_results(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room, practice="1").starts()
    phone = cast.phone(ada.join_url)
    for page in (ada.page(), phone.page(), ada.screen.page()):
        assert "Practice. Nothing here is kept." in page.text
    ada.ends()
    assert ada.browser.get(f"/sessions/{ada.live}").status == 404
    assert ada.browser.get(f"/sessions/{ada.live}/export.csv").status == 404
