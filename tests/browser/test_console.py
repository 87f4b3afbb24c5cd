"""The console on a lectern: the space bar goes on, two consoles agree, and who may not move the room cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.actors import Facilitator
from tests.browser.house import House
from tests.browser.people import PHONE, Console
from tests.browser.watching import Watch, barriers
from tests.late_pack import LATE


def no_wider_than_the_page(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_the_space_bar_does_what_comes_next(house: House, watch: Watch) -> None:
    ada = house.opens_room()
    desk, phones = house.console(watch, ada), house.cast.phones(ada.join_url, 3)
    for label, state in (("Start", "reading"), ("Next", "open")):
        desk.offers(label)
        desk.space()
        desk.is_at(state)
    for phone in phones:
        phone.answers(choice="bus")
    expect(desk.page.locator("#progress")).to_contain_text("3 answered")
    desk.offers("Close and show")
    desk.space()
    desk.is_at("closing")
    expect(desk.page.get_by_text("Closing in")).to_be_visible()
    desk.offers("Undo")
    desk.page.wait_for_timeout(500)
    desk.page.keyboard.press("Space")  # impatience takes nothing back
    desk.is_at("closing")
    desk.primary.click()
    desk.is_at("open")
    desk.offers("Close and show")


def test_a_hasty_finger_goes_one_step_and_not_two(house: House, watch: Watch) -> None:
    ada = house.opens_room()
    desk = house.console(watch, ada)
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("Space")
    desk.is_at("reading")
    desk.page.keyboard.press("Space")
    assert ada.step == "care"
    desk.primary.dblclick()
    desk.is_at("open")
    assert ada.step == "hello"


def test_closing_on_most_of_the_room_asks_first(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    desk = house.console(watch, ada)
    house.cast.phones(ada.join_url, 3)
    desk.space()
    expect(desk.desk.get_by_role("alert")).to_have_text("Under half have answered. Close anyway?")
    desk.is_at("open")
    desk.space()
    desk.is_at("closing")


def test_two_consoles_stay_in_step(house: House, watch: Watch) -> None:
    ada = house.opens_room()
    one, two = house.console(watch, ada), house.console(watch, ada, **PHONE)
    one.space()
    two.is_at("reading")
    two.press("Next")
    one.is_at("open")
    one.press("Pause")
    two.is_at("paused")
    two.press("Go on")
    one.is_at("open")


def test_the_full_view_is_remembered(house: House, watch: Watch) -> None:
    desk = house.console(watch, house.opens_room("care"))
    agenda = desk.page.get_by_role("navigation", name="Agenda")
    expect(agenda).to_have_count(0)
    desk.press("More")
    desk.press("Full view with agenda and notes")
    expect(agenda).to_be_visible()
    desk.page.reload()
    expect(agenda).to_be_visible()
    desk.space()
    desk.is_at("open")
    expect(agenda).to_be_visible()
    desk.press("Simple view")
    expect(agenda).to_have_count(0)
    desk.page.reload()
    expect(agenda).to_have_count(0)


def test_on_a_narrow_console_everything_is_in_reach_of_a_thumb(house: House, watch: Watch) -> None:
    desk = house.console(watch, house.opens_room("care"), **PHONE)
    for view in ("simple", "full"):
        expect(desk.desk).to_have_attribute("data-view", view)
        no_wider_than_the_page(desk.page)
        expect(desk.primary).to_be_in_viewport()
        if view == "simple":
            desk.press("More")
            for part in ("Time", "Room", "This step", "People"):
                expect(desk.page.locator("#more").get_by_text(part, exact=True)).to_be_visible()
            no_wider_than_the_page(desk.page)
            desk.press("Full view with agenda and notes")


def test_the_end_is_asked_for_and_enter_alone_goes_on(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk = house.console(watch, ada)
    desk.press("More")
    desk.page.locator("#more").get_by_text("Room", exact=True).click()
    desk.press("End the session")
    sure = desk.page.get_by_role("dialog", name="End the session for everybody?")
    expect(sure).to_be_visible()
    desk.page.keyboard.press("Enter")
    expect(sure).to_be_hidden()
    assert ada.desk["state"] == "live"
    desk.press("End the session")
    with desk.page.expect_navigation():  # every page of the room is told goodbye, and loads again
        desk.press("Yes, end it")
    desk.is_at("ended")
    expect(desk.page.get_by_role("link", name="Headcount and results")).to_be_visible()


def supports(house: House, ada: Facilitator, name: str = "Sam") -> Facilitator:
    """Somebody who helps at this session; no door gives that role yet, so it is written where the server reads it."""
    sam = house.cast.facilitator(name)
    with closing(sqlite3.connect(house.server.data / "attune.db")) as data, data:
        (who,) = data.execute("SELECT id FROM facilitators WHERE email = ?", (sam.email,)).fetchone()
        row = (ada.live, who, "support")
        data.execute("INSERT INTO live_roles (live_id, facilitator_id, role) VALUES (?, ?, ?)", row)
    return Facilitator(sam.browser, name, ada.live)


def test_who_supports_can_care_and_pause_but_not_move_the_room(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk = Console(house.console(watch, supports(house, ada)).page)
    expect(desk.primary).to_have_count(0)
    desk.space()
    desk.press("Someone needs care")
    desk.is_at("paused")
    expect(desk.page.get_by_text("The screen and every phone say the same.")).to_be_visible()
    assert ada.desk["state"] == "paused"
    desk.press("Go on")
    desk.is_at("reading")
    assert ada.step == "care"


def test_signing_out_elsewhere_closes_the_console_within_a_second(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk = house.console(watch, ada)
    try:
        ada.signs_out()
        desk.page.wait_for_url("**/signin**", timeout=2_000)
        expect(desk.page.get_by_text("My first workshop")).to_have_count(0)
    finally:
        ada.signs_in()


@pytest.mark.parametrize("view", ["simple", "full"])
def test_time_and_plan_are_moved_by_touch_and_by_keyboard(house: House, watch: Watch, view: str) -> None:
    ada = house.opens("care", workshop=house.shelves(LATE, f"late-{view}"))
    desk = house.console(watch, ada, **(PHONE if view == "simple" else {}))
    phone = house.phone(watch, ada)
    if view == "full":
        desk.press("More")
        desk.press("Full view with agenda and notes")
        expect(desk.page.get_by_role("navigation", name="Agenda")).to_be_visible()
    else:
        desk.press("More")
    desk.desk.get_by_text("Change the plan", exact=True).click()
    out = desk.page.get_by_role("button", name="Leave out Warm-up")
    out.focus()
    desk.page.keyboard.press("Enter")
    back = desk.page.get_by_role("button", name="Bring back Warm-up")
    expect(back).to_be_focused()
    expect(desk.desk.locator(".hands s", has_text="Warm-up")).to_be_visible()
    no_wider_than_the_page(desk.page)
    assert barriers(desk.page) == []
    back.click()
    expect(out).to_be_visible()
    desk.press("Switch to: A quarter")
    expect(desk.desk.get_by_text("Now: A quarter.")).to_be_visible()
    desk.press("Switch to: Half an hour")
    expect(desk.desk.get_by_text("Now: Half an hour.")).to_be_visible()
    if view == "simple":
        desk.page.keyboard.press("Escape")
    ada.shows("talk")
    clock = phone.stage.locator("[role=timer]")  # behind the page that this phone has not read yet
    expect(clock).to_contain_text("0:")
    more = desk.page.get_by_role("button", name="+1 min")
    more.focus()
    desk.page.keyboard.press("Enter")
    expect(clock).to_contain_text("1:")
    expect(more).to_be_focused()
    desk.press("−1 min")
    expect(clock).to_contain_text("0:")
    assert barriers(desk.page) == []
