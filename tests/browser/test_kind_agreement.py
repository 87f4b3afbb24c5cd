"""An agreement: two choices a line, one tap for all, lines adopted on the console, and at hand from then on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.people import SMALL_PHONE
from tests.browser.test_keyboard import tabs_to
from tests.browser.watching import Watch, barriers
from tests.room_pack import step
from tests.workshop.small_pack import SMALL

LINES = ("We speak from our own life and leave names out.", "Passing is always fine. No reason needed.")
ITEMS = f'    items: [{{id: own, text: "{LINES[0]}"}}, {{id: pass, text: "{LINES[1]}"}}]\n'
OWN = ITEMS + "    add_your_own: {enabled: true, max_chars: 80}"
TAP = ITEMS + "    one_tap_for_all: true"
PACK = SMALL.replace(
    "steps:\n", "steps:\n" + step("agree", "agreement", "low", OWN) + step("tap", "agreement", "low", TAP), 1
)
ADOPTED = "This is our agreement."


@pytest.fixture(scope="module")
def lines(house: House) -> str:
    """The address of a workshop with two agreements."""
    return house.shelves(PACK, "agreement")


def wide(page: Page) -> bool:
    """Whether something sticks out at the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_lines_are_said_yes_to_talked_about_and_adopted(house: House, watch: Watch, lines: str) -> None:
    ada = house.opens("agree", workshop=lines)
    mia, wall, desk = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada), house.console(watch, ada)
    others = house.cast.phones(ada.join_url, 4)
    assert barriers(mia.page) == []
    assert not wide(mia.page)
    first, second = (mia.stage.get_by_role("group", name=line) for line in LINES)
    first.get_by_text("I can live with this").tap()
    second.get_by_text("I'd like to talk about it").tap()
    mia.stage.get_by_label("Add a line").fill("We start on time.")
    mia.page.get_by_role("button", name="Send").tap()
    mia.is_told("saved")
    for other in others:
        other.answers(**{"line-own": "ok", "line-pass": "ok"})
    ada.closes(now=True)
    desk.page.get_by_role("button", name="Show all unmarked").click()
    desk.offers("Show the room")
    desk.space()
    desk.is_at("revealed")
    for page in (mia.page, wall):
        said = page.locator("#stage .agreed > li")
        expect(said.nth(0)).to_contain_text("Most can live with it.")
        expect(said.nth(0)).not_to_contain_text("Somebody")
        expect(said.nth(1)).to_contain_text("Somebody would like to talk about it.")
        expect(said.nth(2)).to_have_text("We start on time.")
    for page in (mia.page, wall, desk.page):
        assert barriers(page) == []
    line = desk.page.locator("#line-pass")
    line.get_by_text("Reword").click()
    line.get_by_label("In the room's words").fill("Passing is fine.")
    line.get_by_role("button", name="Save").click()
    expect(wall.get_by_text("Passing is fine.")).to_be_visible()
    expect(line.get_by_label("In the room's words")).to_be_hidden()
    assert barriers(desk.page) == []
    desk.offers("Adopt")
    desk.space()
    for page in (mia.page, wall, desk.page):
        expect(page.locator(".adopted")).to_contain_text(ADOPTED)
        expect(page.locator(".adopted li")).to_have_text([LINES[0], "Passing is fine.", "We start on time."])
        assert barriers(page) == []
    desk.offers("Next")


def test_a_line_of_ones_own_is_enough_and_what_may_tell_who_wrote_it_is_asked_about(
    house: House, watch: Watch, lines: str
) -> None:
    mia = house.phone(watch, house.opens("agree", workshop=lines))
    mia.press("Send")
    expect(mia.stage.get_by_text("Choose something first, or tap Pass.")).to_be_visible()
    mia.stage.get_by_label("Add a line").fill("Call me on 0551 234 567 8.")
    mia.press("Send")
    expect(mia.stage.get_by_text("This may show who you or someone else is.")).to_be_visible()
    mia.press("Send anyway")
    mia.is_told("saved")


def test_one_tap_fills_all_lines_and_sends_them(house: House, watch: Watch, lines: str) -> None:
    ada = house.opens("tap", workshop=lines)
    mia = house.phone(watch, ada)
    mia.page.route("**/w/answer", lambda route: None)
    mia.page.get_by_role("button", name="I can live with all of them").tap()
    expect(mia.stage.locator("input:checked")).to_have_count(2)
    expect(mia.stage.get_by_text("Saving ...")).to_be_visible()
    mia.page.unroute("**/w/answer")
    mia.is_told("saved")
    assert ada.desk["answered"] == 1


def test_by_keyboard_enter_sends_what_was_chosen_and_not_all(house: House, watch: Watch, lines: str) -> None:
    ada = house.opens("tap", workshop=lines)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    tabs_to(mia.page, "I can live with this")
    mia.page.keyboard.press("ArrowRight")
    expect(mia.stage.get_by_label("I'd like to talk about it").first).to_be_checked()
    mia.page.keyboard.press("Enter")
    mia.is_told("saved")
    for phone in house.cast.phones(ada.join_url, 3):
        phone.answers(all="1")
    ada.closes(now=True, show=True)
    said = mia.stage.locator(".agreed > li")
    expect(said.nth(0)).to_contain_text("Somebody would like to talk about it.")
    expect(said.nth(1)).not_to_contain_text("Somebody")


def test_the_agreement_opens_in_one_tap_on_every_page_after(house: House, watch: Watch, lines: str) -> None:
    ada = house.opens("tap", workshop=lines)
    mia, desk = house.phone(watch, ada), house.console(watch, ada)
    for phone in house.cast.phones(ada.join_url, 3):
        phone.answers(all="1")
    ada.closes(now=True, show=True)
    ada.moves_on()
    expect(mia.stage.get_by_text(ADOPTED)).to_be_visible()
    ada.moves_on()
    for phone in (mia, house.phone(watch, ada)):
        phone.page.get_by_role("link", name="Our agreement").tap()
        sheet = phone.page.get_by_role("dialog", name="Our agreement")
        expect(sheet.get_by_role("listitem")).to_have_text(list(LINES))
        assert barriers(phone.page) == []
        sheet.get_by_role("button", name="Back").tap()
        expect(sheet).to_be_hidden()
    desk.press("More")
    desk.page.locator("#more").get_by_text("Our agreement").click()
    expect(desk.page.locator("#more").get_by_text(LINES[0])).to_be_visible()


def test_without_script_it_is_a_page_of_its_own(house: House, watch: Watch, lines: str) -> None:
    ada = house.opens("tap", workshop=lines)
    cookies = house.cast.phone(ada.join_url).browser.cookies
    page = watch.page(f"{house.url}/w", cookies=cookies, java_script_enabled=False)
    page.get_by_role("button", name="I can live with all of them").click()
    expect(page.locator("#mine")).to_have_attribute("data-state", "saved")
    ada.closes(now=True, show=True)
    ada.moves_on()
    ada.moves_on()
    page.reload()
    page.get_by_role("link", name="Our agreement").click()
    expect(page.get_by_role("listitem")).to_have_text(list(LINES))
    page.get_by_role("link", name="Back").click()
    expect(page.locator("#stage")).to_be_visible()
