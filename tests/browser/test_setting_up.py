"""The page before a room opens, by keyboard, narrow, with and without script; and the lobby that follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.watching import Watch, barriers

NARROW = {"viewport": {"width": 320, "height": 640}}
COUPLES = "Are couples, family members, or a manager with their staff here?"


def door(house: House, watch: Watch, **options: object) -> Page:
    ada = house.cast.facilitator("Ada")
    place = f"{house.url}{ada.workshop}/open?variant=core"
    return watch.page(place, cookies=dict(ada.browser.cookies), **options)


def test_what_follows_is_said_while_the_keyboard_answers(house: House, watch: Watch) -> None:
    page = door(house, watch, **NARROW)
    assert barriers(page) == []
    follows = page.locator("#follows")
    expect(follows.get_by_role("status")).to_contain_text("The workshop stays as it is.")
    page.locator("input[name=setup_know_each_other]").first.focus()
    page.keyboard.press("Space")
    expect(follows).to_contain_text("Partners by chance")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(follows.get_by_role("status")).to_contain_text("1 step is left out.")
    expect(page.get_by_role("group", name=COUPLES).get_by_label("Yes")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(follows).to_contain_text("With 4 people: 2 questions of 8 are talked through.")
    expect(page.locator("#expected")).to_be_focused()
    follows.locator("summary", has_text="Sunday lunch").click()
    expect(follows.locator("details[open] .scenes")).to_be_visible()
    assert page.url.endswith("variant=core")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(page) == []


def test_a_question_must_be_answered_before_a_room_opens_but_not_to_practise(house: House, watch: Watch) -> None:
    page = door(house, watch)
    page.get_by_role("button", name="emergency number only").click()
    assert page.evaluate("document.querySelector('form.setting-up').matches(':invalid')")
    assert "/open" in page.url
    page.get_by_role("button", name="Practise first").click()
    page.wait_for_url("**/console/*")


@pytest.mark.parametrize("script", [True, False])
def test_a_room_opens_with_what_was_answered(house: House, watch: Watch, script: bool) -> None:
    page = door(house, watch, java_script_enabled=script)
    page.get_by_role("group", name="Do some of the people know").get_by_text("No", exact=True).click()
    page.get_by_role("group", name=COUPLES).get_by_text("Yes", exact=True).click()
    page.get_by_label("How many people do you expect?").fill("4")
    page.get_by_role("button", name="See what follows").click()
    expect(page.locator("#follows")).to_contain_text("To talk through")
    page.get_by_role("button", name="emergency number only").click()
    page.wait_for_url("**/console/*")
    expect(page.locator("#foreseen")).to_contain_text("With 4 phones: 2 questions of 8 are talked through.")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_lobby_follows_the_phones_that_join(house: House, watch: Watch, width: int) -> None:
    ada = house.opens_room()
    desk = house.console(watch, ada, viewport={"width": width, "height": 640})
    few = desk.page.locator("#foreseen")
    expect(few).to_be_hidden()
    house.cast.phones(ada.join_url, 3)
    house.phone(watch, ada)
    expect(few).to_contain_text("With 4 phones: 4 questions of 8 are talked through.")
    few.locator("summary").focus()
    desk.page.keyboard.press("Enter")
    expect(few.get_by_text("Let us talk about near.")).to_be_visible()
    assert barriers(desk.page) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    house.phone(watch, ada)
    expect(few).to_contain_text("With 5 phones: 1 question of 8 is talked through.")
    expect(few.locator("summary")).to_be_focused()
    expect(few.get_by_text("Let us talk about deep.")).to_be_visible()
    ada.starts()
    expect(few).to_be_hidden()
