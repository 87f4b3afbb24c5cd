"""Somebody helps: from the QR on the lead's own display to texts that wait, on a phone in one hand."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.actors import Facilitator
from tests.browser.house import House
from tests.browser.people import PHONE, SMALL_PHONE, Console
from tests.browser.watching import Watch, barriers

TEXT = "A line that waits for somebody to read it"
LAPTOP = {"viewport": {"width": 1440, "height": 900}}


def narrow_enough(page: Page) -> None:
    """Than the display: a page that is too wide makes a phone's own window wider."""
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def under_people(desk: Console) -> None:
    desk.press("More")
    desk.page.locator("#more").get_by_text("People", exact=True).click()


def scanned(page: Page) -> str:
    """The path behind the QR on the lead's display."""
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    return urlsplit(code.text).path


def helps(house: House, watch: Watch, link: str, **options: object) -> Console:
    """A phone that has opened a link and pressed its one button."""
    page = watch.page(f"{house.url}{link}", **{**PHONE, **options})
    assert barriers(page) == []
    narrow_enough(page)
    page.get_by_role("button", name="Help here").tap()
    page.wait_for_url("**/console/*")
    page.locator("html[data-link=online]").wait_for(state="attached")
    return Console(page)


def texts_wait(house: House, ada: Facilitator) -> None:
    ada.shows("lines")
    for phone in house.cast.phones(ada.join_url, 3):
        phone.answers(text=TEXT)
    ada.closes(now=True)


def test_a_phone_scans_the_link_and_reads_texts_while_the_lead_leads(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk = house.console(watch, ada, **LAPTOP)
    under_people(desk)
    desk.page.get_by_role("link", name="Somebody helps me").click()
    assert barriers(desk.page) == []
    desk.press("Make a link")
    assert barriers(desk.page) == []
    link = scanned(desk.page)
    desk.page.get_by_role("link", name="Back to the console").first.click()
    under_people(desk)
    expect(desk.page.locator("#more .helpers")).to_contain_text("Helper 1 link not used yet")

    hal = helps(house, watch, link)
    expect(hal.page.locator("header")).to_contain_text("Helper 1")
    expect(desk.page.locator("#more .helpers")).not_to_contain_text("link not used yet")
    assert barriers(desk.page) == []
    texts_wait(house, ada)
    hal.is_at("closed")
    expect(hal.primary).to_have_count(0)
    assert barriers(hal.page) == []
    narrow_enough(hal.page)
    hal.page.get_by_role("button", name="Show all unmarked").tap()
    expect(hal.desk.get_by_text(TEXT).first).to_be_visible()
    expect(desk.desk.get_by_text("All texts are read")).to_be_visible()
    hal.press("Someone needs care")
    desk.is_at("paused")


def test_a_right_that_is_taken_back_takes_the_page_away(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    link = ada.invites()
    desk, hal = house.console(watch, ada), helps(house, watch, link)
    under_people(desk)
    desk.press("Take the right back")
    hal.page.wait_for_url("**/h", timeout=2_000)
    expect(hal.page.get_by_role("heading")).to_have_text("You are not helping at a workshop now")
    assert barriers(hal.page) == []
    expect(desk.page.locator("#more .helpers")).to_contain_text("Nobody helps at this session")
    hal.page.go_back()
    expect(hal.page.get_by_text("You choose how far you join in.")).to_have_count(0)


def test_the_end_takes_a_helper_to_a_page_that_says_thank_you(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    hal = helps(house, watch, ada.invites())
    ada.ends()
    hal.page.wait_for_url("**/h")
    expect(hal.page.get_by_text("thank you", exact=False)).to_be_visible()


def test_a_quiet_word_is_read_by_whom_the_lead_chose(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk, hal = house.console(watch, ada, **PHONE), helps(house, watch, ada.invites())
    under_people(desk)
    desk.press("Quiet words to: Helper 1")
    expect(desk.page.locator("#more .helpers")).to_contain_text("Quiet words go to: Helper 1")
    desk.page.keyboard.press("Escape")
    house.cast.phone(ada.join_url).asks_for_a_quiet_word("by the window")
    expect(desk.page.locator("#care")).to_contain_text("1 quiet word, with helper 1")
    expect(desk.page.locator("#care").get_by_role("button")).to_have_count(0)
    assert "by the window" not in desk.page.content()
    for page in (desk.page, hal.page):
        narrow_enough(page)
        assert barriers(page) == []
    hal.page.get_by_role("button", name="1 quiet word").tap()
    hal.page.locator("#care").get_by_text("Hold to read").focus()
    hal.page.keyboard.press("Enter")
    expect(hal.page.get_by_text("by the window")).to_be_visible()


def test_a_helper_is_let_in_and_sent_away_by_keyboard_on_the_smallest_phone(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk = house.console(watch, ada, **SMALL_PHONE)
    for name in ("More", "Somebody helps me", "Make a link"):
        control = desk.page.get_by_role("button", name=name).or_(desk.page.get_by_role("link", name=name)).first
        if name == "Somebody helps me":
            people = desk.page.locator("#more summary", has_text="People")
            people.focus()
            desk.page.keyboard.press("Enter")
        control.focus()
        desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".qr")).to_be_visible()
    narrow_enough(desk.page)
    link = urlsplit(desk.page.get_by_label("The link").input_value()).path
    page = watch.page(f"{house.url}{link}", **SMALL_PHONE)
    narrow_enough(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Help here")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/*")
    narrow_enough(page)
    page.locator("header a").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop helping").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/x")
    desk.page.goto(f"{house.url}{ada.console}")
    expect(desk.page.locator("#more .helpers")).to_contain_text("Nobody helps at this session")
