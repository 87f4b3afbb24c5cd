"""A few small questions on one page: by thumb, by keyboard, without script; and what each comes to, side by side."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.house import House, everybody_answers, shows_all
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.test_screen import fits, follows
from tests.browser.test_small_and_large import TWICE, WIDE
from tests.browser.watching import Watch, barriers
from tests.measures_pack import MEASURES

HEARD, FELT = "Which of these have you picked up?", "I felt free to pass or hold back."
CHANGE = "One thing to change next time?"


@pytest.fixture(scope="module")
def measures(house: House) -> str:
    return house.shelves(MEASURES, "forms")


def test_each_question_is_a_group_of_its_own_and_may_be_left_out(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("feedback", workshop=measures)
    mia = house.phone(watch, ada, **SMALL_PHONE)
    assert barriers(mia.page) == []
    assert mia.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mia.press("Send")
    expect(mia.stage.get_by_role("alert").first).to_have_text("Choose something first, or tap Pass.")
    mia.stage.get_by_label(CHANGE).fill("A longer break")
    mia.press("Send")
    mia.is_told("saved")
    mia.follow("Change")
    expect(mia.stage.get_by_label(CHANGE)).to_have_value("")
    mia.stage.get_by_role("group", name=FELT).locator("label.choice").nth(3).tap()
    mia.press("Send")
    mia.is_told("saved")
    assert ada.counts(1)


def test_a_choice_that_stands_alone_clears_its_own_question_and_no_other(
    house: House, watch: Watch, measures: str
) -> None:
    ada = house.opens("messages", workshop=measures)
    mia = house.phone(watch, ada)
    felt = mia.stage.get_by_role("group", name=FELT).locator("label.choice").nth(1)
    felt.tap()
    mia.choose("You are too needy")
    mia.choose("None of these")
    expect(mia.stage.get_by_label("You are too needy")).not_to_be_checked()
    expect(felt.get_by_role("radio")).to_be_checked()


def test_by_keyboard_alone(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("feedback", workshop=measures)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    keys = mia.page.keyboard
    tabs_to(mia.page, "It is fine to need people")
    keys.press("Space")
    tabs_to(mia.page, "1")
    keys.press("ArrowRight")
    tabs_to(mia.page, CHANGE)
    keys.type("Fewer slides")
    tabs_to(mia.page, "Send")
    keys.press("Enter")
    mia.is_told("saved")
    assert ada.counts(1)


def test_what_may_show_who_somebody_is_is_asked_about_first(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("feedback", workshop=measures)
    mia = house.phone(watch, ada)
    mia.choose("You are too needy")
    mia.stage.get_by_label(CHANGE).fill("Write to me@example.org")
    mia.press("Send")
    expect(mia.stage.get_by_text("This may show who you or someone else is.")).to_be_visible()
    mia.is_told("none")
    mia.press("Send anyway")
    mia.is_told("saved")


def test_without_script_what_was_given_stays_when_something_is_refused(
    house: House, watch: Watch, measures: str
) -> None:
    ada = house.opens("feedback", workshop=measures)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.choose("It is fine to need people")
    noor.choose("None of these")
    noor.stage.get_by_label(CHANGE).fill("A longer break")
    noor.press("Send")
    expect(noor.stage.get_by_role("alert").first).to_have_text("'None of these' stands alone.")
    expect(noor.stage.get_by_label(CHANGE)).to_have_value("A longer break")
    noor.stage.get_by_label("None of these").uncheck()
    noor.press("Send")
    noor.is_told("saved")


def test_with_large_text_nothing_is_wider_than_the_page(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("mixed", workshop=measures)
    noor = house.phone(watch, ada)
    everybody_answers(house.cast.phones(ada.join_url, 5))
    for state in ("open", "revealed"):
        noor.is_at(state)
        noor.page.evaluate(TWICE)
        assert noor.page.evaluate(WIDE) <= 390, state
        if state == "open":
            shows_all(ada)


def test_the_wall_shows_each_question_under_its_words(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("messages", workshop=measures)
    mia, wall = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada)
    expect(wall.locator(".options > li")).to_have_text([HEARD, FELT])
    assert barriers(wall) == []
    for number, phone in enumerate(house.cast.phones(ada.join_url, 6)):
        phone.answers(**{"heard.choice": "fine" if number % 2 else "needy", "felt.value": "5" if number > 2 else "1"})
    ada.closes(now=True, show=True)
    for page in (mia.page, wall):
        expect(page.locator(".bars-title")).to_have_text([HEARD, FELT])
        expect(page.locator("#stage .bar-line").filter(has_text="free")).to_contain_text("3")
        assert barriers(page) == []
    follows(wall, ada)
    fits(wall, "a form")


def test_feedback_is_a_dot_on_the_console_until_held_and_no_phone_or_wall_has_it(
    house: House, watch: Watch, measures: str
) -> None:
    ada = house.opens("feedback", workshop=measures)
    mia, wall, desk = house.phone(watch, ada), house.wall(watch, ada), house.console(watch, ada)
    for number, phone in enumerate(house.cast.phones(ada.join_url, 6)):
        phone.answers(**{"felt.value": "5" if number > 2 else "1", "change.text": f"Thing {number}"})
    ada.closes(now=True)
    desk.is_at("closed")
    expect(desk.page.get_by_role("heading", name="Only you see this")).to_be_visible()
    expect(desk.page.locator("#preview .bar-line").first).to_be_hidden()
    assert barriers(desk.page) == []
    desk.page.locator("#preview summary").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#preview").get_by_text(FELT)).to_be_visible()
    for page in (mia.page, wall, desk.page):
        expect(page.get_by_text("Thing 1")).to_have_count(0)
    for page in (mia.page, wall):
        expect(page.locator(".bar-line")).to_have_count(0)
        expect(page.get_by_text("Closed. Thank you.")).to_be_visible()
