"""What the console asks before it does it, and what somebody in support may press."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator
from tests.pages import Element

UNREAD = "Some texts are unread, and would be deleted. Show without them? Press once more."
FEW = "Under half have answered. Close anyway?"


def drawn(page: Element, ada: Facilitator, verb: str, **having: str) -> dict[str, str]:
    """The fields of the first button for `verb` on a page that has these among them."""
    forms = [form.fields for form in page.all("form", action=f"{ada.console}/{verb}")]
    plain = [{name: value for name, (value, *_) in fields.items()} for fields in forms]
    return next(fields for fields in plain if having.items() <= fields.items())


@pytest.fixture
def unread(cast: Cast, ada: Facilitator, room: str) -> Facilitator:
    """At a closed question with three texts that nobody has read."""
    ada.opens(workshop=room).shows("lines")
    for number, phone in enumerate(cast.phones(ada.join_url, 3)):
        phone.answers(text=f"Line {number}")
    ada.closes(now=True)
    return ada


# ---------- unread texts ----------


def test_showing_with_unread_texts_asks_and_the_next_press_of_what_stands_there_shows(unread: Facilitator) -> None:
    ada = unread
    asked = ada.tries("reveal", **drawn(ada.page(), ada, "reveal"))
    assert asked.status == 409
    assert UNREAD in [one.text for one in asked.page.all(role="alert")]
    assert (ada.desk["step_state"], len(ada.texts("held"))) == ("closed", 3)
    assert ada.tries("reveal", **drawn(asked.page, ada, "reveal")).status == 200
    assert ada.desk["step_state"] == "revealed"


def test_a_clicker_is_asked_too_and_goes_on_when_it_is_pressed_again(unread: Facilitator) -> None:
    ada = unread
    mark = drawn(ada.page(), ada, "reveal")["mark"]
    assert ada.refused("forward", mark=mark) == UNREAD
    ada.presses("forward", mark=mark, sure="1")
    assert ada.desk["step_state"] == "revealed"


def test_a_script_is_asked_too(unread: Facilitator) -> None:
    assert unread.refused("reveal") == UNREAD
    unread.presses("reveal", sure="1")


def test_once_all_is_read_nothing_is_asked(unread: Facilitator) -> None:
    (first, _), *_rest = unread.texts("held")
    unread.presses("text", do="hide", id=first)
    unread.lets_through()
    unread.presses("reveal")
    assert unread.desk["step_state"] == "revealed"


@pytest.mark.parametrize("verb", ["reveal", "forward"])
@pytest.mark.parametrize("step", ["easy", "near"])
def test_what_has_no_texts_is_shown_at_the_first_press(
    cast: Cast, ada: Facilitator, room: str, verb: str, step: str
) -> None:
    ada.opens(workshop=room).shows(step)
    for phone in cast.phones(ada.join_url, 6):
        phone.answers(choice="a")
    ada.closes(now=True)
    ada.presses(verb)
    assert ada.desk["step_state"] == "revealed"


# ---------- few answers ----------


@pytest.fixture
def few(cast: Cast, ada: Facilitator, room: str) -> Facilitator:
    """One of four has answered."""
    ada.opens(workshop=room).shows("easy")
    cast.phones(ada.join_url, 4)[0].answers(choice="a")
    return ada


def test_the_button_that_closes_at_once_asks_and_closes_at_the_next_press(few: Facilitator) -> None:
    ada = few
    asked = ada.tries("close", **drawn(ada.page(), ada, "close", now="1"))
    assert asked.status == 409
    assert FEW in [one.text for one in asked.page.all(role="alert")]
    assert ada.desk["step_state"] == "open"
    assert ada.tries("close", **drawn(asked.page, ada, "close", now="1")).status == 200
    assert ada.desk["step_state"] == "closed"


def test_a_script_that_says_now_is_not_asked(few: Facilitator) -> None:
    few.presses("close", now="1")
    assert few.desk["step_state"] == "closed"


def test_closing_at_once_is_not_asked_about_when_half_have_answered(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).shows("easy")
    for phone in cast.phones(ada.join_url, 4)[:2]:
        phone.answers(choice="a")
    ada.presses("close", **drawn(ada.page(), ada, "close", now="1"))
    assert ada.desk["step_state"] == "closed"


# ---------- support ----------


@pytest.mark.parametrize("fields", [{"to": "care"}, {"skip": "tender"}, {"to": ""}, {"to": "care", "skip": "tender"}])
def test_who_supports_goes_on_where_the_room_was_and_moves_it_nowhere(
    cast: Cast, ada: Facilitator, room: str, fields: dict[str, str]
) -> None:
    ada.opens(workshop=room).shows("easy")
    sam = cast.supporter(ada)
    sam.presses("care")
    before = ada.desk
    assert sam.tries("resume", **fields).status == 404
    assert ada.desk == before
    sam.presses("resume")
    assert (ada.desk["state"], ada.step, ada.desk["step_state"]) == ("live", "easy", "open")
