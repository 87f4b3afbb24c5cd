"""Adapting a workshop in Chromium: by keyboard alone and on a narrow window, before a session and during it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.watching import Watch, barriers

NARROW = {"viewport": {"width": 320, "height": 640}}


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(page) == []


def titles(page: Page) -> Locator:
    return page.locator(".bench").first.locator("li > p > :first-child")


def presses(page: Page, name: str) -> None:
    """By keyboard: to the button, and Enter."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_a_step_goes_down_twice_and_out_by_keyboard_and_the_focus_stays_with_it(house: House, watch: Watch) -> None:
    ada = house.cast.facilitator("Ada")
    copy = ada.browser.post(f"{house.room}/copy").headers["location"]
    page = watch.page(f"{house.url}{copy}/adapt", cookies=dict(ada.browser.cookies), **NARROW)
    fits(page)
    before = titles(page).all_inner_texts()
    presses(page, "Down easy")
    page.wait_for_url("**at=move-down-easy")
    expect(page.get_by_role("button", name="Down easy", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    at, rest = before.index("easy"), [title for title in before if title != "easy"]
    expect(titles(page)).to_have_text([*rest[: at + 2], "easy", *rest[at + 2 :]])
    presses(page, "Leave out easy")
    expect(page.get_by_role("button", name="Bring back easy", exact=True)).to_be_visible()
    fits(page)


def test_words_are_typed_refused_and_kept_by_keyboard(house: House, watch: Watch) -> None:
    ada = house.cast.facilitator("Ada")
    copy = ada.browser.post(f"{house.room}/copy").headers["location"]
    page = watch.page(f"{house.url}{copy}/adapt", cookies=dict(ada.browser.cookies), **NARROW)
    page.get_by_role("link", name="Words easy", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("What is asked or said on every phone")
    field.focus()
    fits(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("What for breakfast?")
    presses(page, "Save")
    expect(page.get_by_role("link", name="Words easy", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What is asked or said on every phone")).to_have_value("What for breakfast?")
    page.get_by_label("Title").evaluate("field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(90) }")
    presses(page, "Save")
    expect(page.get_by_role("alert")).to_have_text("This is 90 letters long; at most 80.")
    expect(page.get_by_label("Title")).to_be_focused()
    fits(page)


def test_the_console_leads_to_it_and_what_changes_reaches_the_phones(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    phone, console = house.phone(watch, ada), house.console(watch, ada)
    page = watch.page(f"{house.url}{ada.console}/adapt", cookies=dict(ada.browser.cookies), **NARROW)
    fits(page)
    assert "easy" not in titles(page).all_inner_texts()
    page.get_by_role("link", name="Words near", exact=True).click()
    page.get_by_label("What is asked or said on every phone").fill("What for breakfast?")
    page.get_by_label("Title").fill("Breakfast")
    presses(page, "Save")
    expect(console.page.locator(".hands")).to_contain_text("Breakfast")
    ada.closes(now=True)
    ada.shows("near")
    expect(phone.page.get_by_text("What for breakfast?").first).to_be_visible()
