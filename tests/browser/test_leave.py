"""Leave: whichever way somebody goes, the page is empty at once, Back brings nothing, and the seat is gone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.house import House
from tests.browser.people import Phone
from tests.browser.watching import Watch

AT_ONCE = 100
"""Milliseconds."""
STOPWATCH = """() => {
    let from = 0;
    for (const press of ["click", "keyup"]) addEventListener(press, () => (from = performance.now()), true);
    const look = () => document.body.textContent.trim() || blanked(performance.now() - from);
    new MutationObserver(look).observe(document.body, { childList: true });
}"""
SAID = ("What of", "Apples", "My first workshop", "In the room")


def by_button(mia: Phone) -> None:
    mia.follow("Leave")


def from_help(mia: Phone) -> None:
    mia.follow("Help")
    mia.page.get_by_role("dialog").get_by_role("link", name="Leave").click()


def by_three_shifts(mia: Phone) -> None:
    for _ in range(3):
        mia.page.keyboard.press("Shift")


def during_a_slow_request(mia: Phone) -> None:
    mia.page.route("**/w/answer", lambda route: None)
    mia.choose("Apples")
    mia.press("Send")
    expect(mia.stage.get_by_text("Saving ...")).to_be_visible()
    mia.follow("Leave")


def nothing_is_left(page: Page) -> None:
    for words in SAID:
        assert words not in page.locator("html").inner_text()
    assert page.context.cookies() == []


def _slowly(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()


@pytest.mark.parametrize("way", [by_button, from_help, by_three_shifts, during_a_slow_request])
def test_the_page_is_empty_at_once_and_nothing_comes_back(
    house: House, watch: Watch, way: Callable[[Phone], None]
) -> None:
    ada = house.opens_room("easy")
    mia, times = Phone.at(watch, house.door(ada)).joins(), list[float]()
    mia.page.expose_function("blanked", lambda after: times.append(after))  # noqa: PLW0108 - a built-in will not do
    mia.page.evaluate(STOPWATCH)
    mia.page.route("**/x", _slowly)  # else the page may be gone before it has told the time
    way(mia)
    mia.page.wait_for_url("**/x")
    expect(mia.page).to_have_title("Notes")
    assert times
    assert times[0] < AT_ONCE
    nothing_is_left(mia.page)
    assert mia.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    mia.page.go_back()
    nothing_is_left(mia.page)
    assert ada.desk["answered"] == 0


def test_offline_the_page_is_empty_at_once_and_the_seat_goes_with_the_next_page(house: House, watch: Watch) -> None:
    mia, times = Phone.at(watch, house.door(house.opens_room("easy"))).joins(), list[float]()
    mia.page.expose_function("blanked", lambda after: times.append(after))  # noqa: PLW0108 - a built-in will not do
    mia.page.evaluate(STOPWATCH)
    mia.page.context.set_offline(True)
    mia.follow("Leave")
    mia.page.wait_for_url("chrome-error://**")
    for words in SAID:
        assert words not in mia.page.locator("html").inner_text()
    mia.page.context.set_offline(False)
    mia.page.goto(f"{house.url}/x")
    nothing_is_left(mia.page)
    assert times[0] < AT_ONCE


def test_without_script_leave_is_a_link_and_back_finds_nothing(house: House, watch: Watch) -> None:
    noor = Phone.at(watch, house.door(house.opens_room("easy")), java_script_enabled=False).joins()
    noor.follow("Leave")
    expect(noor.page).to_have_title("Notes")
    nothing_is_left(noor.page)
    noor.page.go_back()
    nothing_is_left(noor.page)


def test_shift_for_a_capital_letter_is_no_wish_to_leave(house: House, watch: Watch) -> None:
    mia = house.phone(watch, house.opens_room("lines"))
    mia.stage.get_by_label("Line 1").focus()
    for letter in "ABCD":
        mia.page.keyboard.press(f"Shift+{letter}")
    expect(mia.stage.get_by_label("Line 1")).to_have_value("ABCD")


def test_the_end_of_the_session_takes_every_phone_out_and_every_cookie(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    mia = house.phone(watch, ada)
    ada.ends()
    expect(mia.page.get_by_role("heading", name="The session is over. Thank you.")).to_be_visible()
    nothing_is_left(mia.page)
    mia.follow("Leave")
    expect(mia.page).to_have_title("Notes")
