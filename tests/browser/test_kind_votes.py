"""Votes for cards: as many as there are to give, counted down in sight, and the most liked ones large on the wall."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import SMALL_PHONE
from tests.browser.test_keyboard import tabs_to
from tests.browser.watching import Watch, barriers
from tests.conducting import Facilitator
from tests.participating import Phone
from tests.room_pack import step
from tests.workshop.small_pack import SMALL

VOTED = '    max_chars: 80\n    upvote: {enabled: true, per_person: 2, label: "Ha, yes"}\n'
PACK = SMALL.replace("steps:\n", "steps:\n" + step("worst", "open_text", "low", VOTED), 1)
CARDS = ("Pay every bill.", "Write every text.", "Answer before they ask.", "Carry it all.")
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"


@pytest.fixture(scope="module")
def cards(house: House) -> str:
    """The address of a workshop with cards to vote for."""
    return house.shelves(PACK, "votes")


def shown(house: House, cards: str) -> tuple[Facilitator, list[Phone]]:
    """Cards on the wall, by four phones."""
    ada = house.opens("worst", workshop=cards)
    phones = house.cast.phones(ada.join_url, 4)
    for phone, card in zip(phones, CARDS, strict=True):
        phone.answers(text=card)
    ada.closes(now=True)
    ada.lets_through()
    ada.reveals()
    return ada, phones


def ids(phone: Phone) -> dict[str, str]:
    labels = phone.page().get("stage").all("label", class_="choice")
    return {label.text: label.all("input")[0].at["value"] for label in labels}


def test_votes_are_counted_down_and_the_most_liked_cards_are_large(house: House, watch: Watch, cards: str) -> None:
    ada, phones = shown(house, cards)
    mia, wall, desk = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada), house.console(watch, ada)
    desk.offers("Vote for cards")
    desk.space()
    mia.is_at("open")
    for page in (mia.page, wall, desk.page):
        assert barriers(page) == []
    expect(wall.locator("#stage .cards > li")).to_have_count(4)
    left = mia.stage.get_by_text("left.")
    expect(left).to_have_text("You have 2 left.")
    mia.stage.get_by_text(CARDS[0]).tap()
    expect(left).to_have_text("You have 1 left.")
    mia.stage.get_by_text(CARDS[1]).tap()
    mia.stage.get_by_text(CARDS[2]).tap()
    expect(left).to_have_text("You have 0 left.")
    expect(mia.stage.locator("[data-error]")).to_have_text("Choose up to 2.")
    mia.page.get_by_role("button", name="Send").tap()
    mia.is_told("saved")
    for phone in phones:
        phone.answers(card=[ids(phone)[CARDS[0]]])
    desk.offers("Close and show")
    ada.closes(now=True, show=True)
    voted = wall.locator(".voted > li")
    expect(voted.first).to_have_text(f"{CARDS[0]} 5 × Ha, yes")
    assert voted.first.evaluate(SIZE) > voted.last.evaluate(SIZE)
    expect(wall.locator(".voted").get_by_text("×")).to_have_count(1)
    expect(mia.stage.locator(".voted > li").first).to_contain_text("5 × Ha, yes")
    for page in (mia.page, wall, desk.page):
        assert barriers(page) == []
    desk.offers("Next")


def test_by_keyboard(house: House, watch: Watch, cards: str) -> None:
    ada, _phones = shown(house, cards)
    ada.moves_on()
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    tabs_to(mia.page, CARDS[3])
    mia.page.keyboard.press("Space")
    expect(mia.stage.get_by_label(CARDS[3])).to_be_checked()
    mia.page.keyboard.press("Enter")
    mia.is_told("saved")


def test_a_facilitator_may_go_on_without_a_vote(house: House, watch: Watch, cards: str) -> None:
    ada, _phones = shown(house, cards)
    desk = house.console(watch, ada)
    desk.press("Go on without")
    desk.is_at("reading")
    assert ada.step == "care"


def test_without_script(house: House, watch: Watch, cards: str) -> None:
    ada, phones = shown(house, cards)
    ada.moves_on()
    page = watch.page(f"{house.url}/w", cookies=phones[0].browser.cookies, java_script_enabled=False)
    expect(page.get_by_text("You have 2 left.")).to_be_visible()
    page.get_by_label(CARDS[0]).check()
    page.get_by_label(CARDS[1]).check()
    page.get_by_label(CARDS[2]).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").first).to_have_text("Choose up to 2.")
    page.get_by_label(CARDS[2]).uncheck()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#mine")).to_have_attribute("data-state", "saved")
