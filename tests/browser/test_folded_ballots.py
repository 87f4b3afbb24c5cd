"""Folded ballots on real pages: typed by keyboard on a narrow phone, and seen beside the phones on wall and phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.actors import Facilitator
from tests.browser.house import House
from tests.browser.people import SMALL_PHONE
from tests.browser.test_keyboard import tabs_to
from tests.browser.watching import Watch, barriers
from tests.paper_pack import BALLOTS


@pytest.fixture(scope="module")
def paper(house: House) -> str:
    return house.shelves(BALLOTS, "ballots")


def closed(house: House, paper: str, step: str, many: int) -> Facilitator:
    """A step that so many phones have answered."""
    ada = house.opens(step, workshop=paper)
    for number, phone in enumerate(house.cast.phones(ada.join_url, many)):
        if step == "sort":
            phone.answers(
                **{f"category-{id}": ("help", "shield", "depends")[number % 3] for id in
                   ("boss", "group", "debt", "ride", "sofa", "pay")}
            )  # fmt: skip
        else:
            phone.answers(choice="abc"[number % 2])
    ada.closes(now=True)
    return ada


def no_wider_than_the_page(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_ballots_are_entered_by_keyboard_on_a_narrow_phone(house: House, watch: Watch, paper: str) -> None:
    ada = closed(house, paper, "near", 6)
    desk = house.console(watch, ada, **SMALL_PHONE)
    desk.offers("Show the room")
    tabs_to(desk.page, "Enter folded ballots (3 or more at once)")
    desk.page.keyboard.press("Enter")
    page = desk.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Folded ballots")
    no_wider_than_the_page(page)
    assert barriers(page) == []
    tabs_to(page, "How many ballots are there? At least 5.")
    page.keyboard.type("8")
    for number in ("5", "4"):
        page.keyboard.press("Tab")
        page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "These numbers come to 9, and there are 8 ballots. Please count once more."
    )
    expect(page.get_by_label("Apples")).to_be_focused()
    assert barriers(page) == []
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("What the room would see, beside the phones")
    no_wider_than_the_page(page)
    assert barriers(page) == []
    tabs_to(page, "Enter it for good")
    page.keyboard.press("Enter")
    expect(page.locator("#ballots")).to_contain_text("Hold to read")
    desk.space()
    desk.is_at("revealed")
    expect(page.locator("#ballots")).to_contain_text("8 answers")
    assert barriers(page) == []


@pytest.mark.parametrize(("step", "many"), [("near", 6), ("sort", 9)])
def test_they_stand_beside_the_phones_on_wall_and_phone(
    house: House, watch: Watch, paper: str, step: str, many: int
) -> None:
    ada = closed(house, paper, step, many)
    wall, mia = house.wall(watch, ada), house.phone(watch, ada, **SMALL_PHONE)
    ada.reveals()
    mia.is_at("revealed")
    expect(wall.get_by_role("heading", name="On paper")).to_have_count(0)
    line = {f"choice:{option}": "4" for option in "ab"}
    lines = {
        f"{id}:{way}": "4" for id in ("boss", "group", "debt", "ride", "sofa", "pay") for way in ("help", "shield")
    }
    typed = {"ballots": "8", **(line if step == "near" else lines), "sure": "1"}
    assert ada.browser.post(f"{ada.console}/ballots/{step}/1/0", typed).status == 303
    for page in (wall, mia.page):
        expect(page.get_by_role("heading", name="On paper")).to_be_visible()
        expect(page.get_by_role("heading", name="On phones")).to_be_visible()
        no_wider_than_the_page(page)
        assert barriers(page) == []
