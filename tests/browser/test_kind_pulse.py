"""A pulse: a tap and a calm picture on the phone, another on the wall, and totals under a handle on the console."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.watching import Watch, barriers

MOVES = "getComputedStyle(document.querySelector('.breath > circle')).animationName"


def test_a_tap_goes_to_the_facilitator_alone_and_the_picture_stays(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("pulse", workshop=private)
    mia, wall, desk = house.phone(watch, ada), house.wall(watch, ada), house.console(watch, ada)
    assert barriers(mia.page) == []
    mia.stage.get_by_text("Quite stirred up").tap()
    mia.page.get_by_role("button", name="Send").tap()
    mia.is_told("saved")
    expect(mia.stage.locator(".breath")).to_be_visible()
    expect(mia.stage.get_by_text("Quite stirred up")).to_be_hidden()
    for phone in house.cast.phones(ada.join_url, 9):
        phone.answers(choice="steady")
    ada.closes(now=True)
    desk.is_at("closed")
    for page in (mia.page, wall, desk.page):
        assert barriers(page) == []
    expect(wall.locator("#stage h1")).to_have_text("pulse")
    expect(wall.locator(".breath")).to_be_visible()
    for words in ("Steady", "stirred", "answer"):
        expect(wall.get_by_text(words)).to_have_count(0)
        expect(mia.stage.get_by_text(words)).to_have_count(0)
    totals = desk.desk.get_by_text("10 answers, without names")
    expect(totals).to_be_hidden()
    desk.page.locator("#preview").get_by_text("Hold to read").hover()
    desk.page.mouse.down()
    expect(totals).to_be_visible()
    desk.page.mouse.up()
    expect(totals).to_be_hidden()
    desk.offers("Next")


def test_by_keyboard(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("pulse", workshop=private)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    tabs_to(mia.page, "Steady")
    mia.page.keyboard.press("ArrowDown")
    expect(mia.stage.get_by_label("A bit stirred up")).to_be_checked()
    tabs_to(mia.page, "Send")
    mia.page.keyboard.press("Enter")
    mia.is_told("saved")
    tabs_to(mia.page, "Hold the picture still")
    mia.page.keyboard.press("Space")
    expect(mia.stage.get_by_label("Hold the picture still")).to_be_checked()


def test_the_picture_holds_still_for_who_prefers_it(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("pulse", workshop=private)
    still, moving = house.phone(watch, ada), house.phone(watch, ada, reduced_motion="no-preference")
    assert still.page.evaluate(MOVES) == "none"
    assert moving.page.evaluate(MOVES) == "breath"
    moving.stage.get_by_label("Hold the picture still").tap()
    paused = "getComputedStyle(document.querySelector('.breath > circle')).animationPlayState"
    assert moving.page.evaluate(paused) == "paused"


def test_without_script_it_is_a_form(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("pulse", workshop=private)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.choose("Steady")
    noor.press("Send")
    noor.is_told("saved")
    expect(noor.stage.locator(".breath")).to_be_visible()
