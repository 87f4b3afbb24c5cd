"""A couple in the room: what a facilitator says before the session, and what the room is spared by it."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator
from workshop.pack import built_in

PACK = built_in()[0][1]
LATER = "What we hear today is not used in an argument later."
CLOSE = "Are couples, family members, or a manager with their staff here?"
HIDDEN = [card.title for card in PACK.role_cards if card.id in ("p06", "p08", "p09")]


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    """In the lobby of a group of twelve in which people know each other, and two are a couple."""
    ada = cast.facilitator("Ada")
    door = ada.browser.get(f"{ada.workshop}/open?variant=core").page
    said = {"setup_know_each_other": "yes", "setup_close_or_power": "yes", "expected": "12"}
    assert set(said) <= {one.at.get("name") for one in door.all("input")}
    looked = ada.browser.post(f"{ada.workshop}/open", {"variant": "core", "look": "1", **said}).page.get("follows")
    for words in (
        "Messages about needing people",
        *HIDDEN,
        "The sick day",
        LATER,
        "Partners by chance",
        "Sunday lunch",
    ):
        assert words in looked.text
    return ada.opens("core", **said)


def hands(ada: Facilitator, title: str) -> str:
    """The line of a step under `Change the plan`."""
    (line,) = [one.text for one in ada.page().all("ul", class_="hands")[0].all("li") if title in one.text]
    return line


def test_the_step_that_comes_too_close_is_passed_over_and_the_console_says_why(ada: Facilitator) -> None:
    assert f"left out You said yes to: {CLOSE}" in " ".join(hands(ada, "Messages about needing people").split())
    ada.goes_to("s03_agreement")
    ada.closes(now=True)
    ada.moves_on()
    assert ada.step == "s10_listening"


def test_it_is_brought_back_by_whoever_knows_better(ada: Facilitator) -> None:
    ada.presses("bring-back", step="s07_messages")
    assert "left out" not in hands(ada, "Messages about needing people")
    ada.goes_to("s07_messages")
    assert ada.desk["step_state"] == "open"


def test_another_plan_leaves_out_what_the_answers_leave_out_there(ada: Facilitator) -> None:
    ada.presses("plan", variant="full")
    assert CLOSE in hands(ada, "Messages about needing people")
    titles = {step.id: step.title for step in PACK.steps}
    assert CLOSE in hands(ada, titles["s24_flux"])


def test_one_more_line_is_agreed_on_and_stays_at_hand(cast: Cast, ada: Facilitator) -> None:
    ada.goes_to("s03_agreement")
    mia = cast.phone(ada.join_url)
    assert LATER in mia.sees()
    assert LATER in ada.screen.sees()
    ada.closes(now=True)
    ada.reveals()
    assert ada.presses_space() == "next"
    assert LATER in mia.browser.get("/w/agreement").page.text


def test_chance_deals_partners_until_the_facilitator_says_otherwise(cast: Cast, ada: Facilitator) -> None:
    ada.goes_to("s10_listening")
    phones = cast.phones(ada.join_url, 4)
    assert ada.primary()[1] == "Deal partners"
    ada.presses_space()
    assert all(phone.group for phone in phones)
    ada.presses("act", action="by_yourselves")
    assert not any(phone.group for phone in phones)


def test_cards_and_stories_that_come_too_close_are_nowhere(cast: Cast, ada: Facilitator) -> None:
    ada.shows("s22_practice")
    ada.moves_on()
    said = cast.phone(ada.join_url).sees()
    assert not [title for title in HIDDEN if title in said]
    kept = [card.title for card in PACK.role_cards if card.title not in HIDDEN]
    assert [title for title in kept if title in said] == kept


def test_a_story_that_comes_too_close_is_not_offered(cast: Cast, ada: Facilitator) -> None:
    ada.shows("s19_scene_one")
    page = ada.page().text
    assert "The sick day" not in page
    assert "Sunday lunch" in page


def test_from_how_many_on_something_is_shown_is_as_ever(cast: Cast, ada: Facilitator) -> None:
    ada.goes_to("s00_warmup")
    phones = cast.phones(ada.join_url, 3)
    for phone in phones[:2]:
        phone.answers(choice="bus")
    ada.closes(now=True, show=True)
    assert PACK.steps[0].talk_instead in ada.screen.sees()
