"""Lines on one scale, and then and now beside each other: by thumb, by keyboard, without script, and on the wall."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.actors import Facilitator
from tests.browser.house import House, everybody_answers, shows_all
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.test_screen import fits, follows
from tests.browser.test_small_and_large import TWICE, WIDE
from tests.browser.watching import Watch, barriers
from tests.measures_pack import MEASURES

LINES = (
    "I can ask someone close for what I need, clearly.",
    "I can say no to someone I love and stay kind.",
    "If someone I love is unhappy, I have failed.",
)
BACK = "Looking back, at the start I could say a kind no."


@pytest.fixture(scope="module")
def measures(house: House) -> str:
    return house.shelves(MEASURES, "measures")


def line(phone: Phone) -> Locator:
    """The one line in sight."""
    return phone.stage.locator("fieldset.line:visible")


def reads(phone: Phone, number: int, all: int) -> str:
    """The line that is said to be the `number`th."""
    expect(line(phone)).to_have_count(1)
    expect(line(phone).locator("small")).to_have_text(f"{number} of {all}")
    return line(phone).locator("legend").first.inner_text().split("\n", 1)[1].strip()


def point(phone: Phone, number: int, column: str = "") -> Locator:
    within = line(phone).get_by_role("group", name=column) if column else line(phone)
    return within.locator("label.choice").nth(number - 1)


def everybody_moves(house: House, ada: Facilitator, many: int) -> None:
    """Half of them up by two points, the others by one."""
    for number, phone in enumerate(house.cast.phones(ada.join_url, many)):
        ids = ("ask", "say_no", "happy")
        then = {f"value-{id}-then": "2" for id in ids}
        phone.answers(**then, **{f"value-{id}-now": "4" if number % 2 else "3" for id in ids})
    ada.closes(now=True, show=True)


# ---------- the phone ----------


def test_by_touch_a_tap_goes_on_to_the_next_line_and_send_comes_with_the_last(
    house: House, watch: Watch, measures: str
) -> None:
    ada = house.opens("before", workshop=measures)
    mia = house.phone(watch, ada, **SMALL_PHONE)
    send = mia.page.get_by_role("button", name="Send")
    assert barriers(mia.page) == []
    for number, words in enumerate((*LINES, BACK), 1):
        assert reads(mia, number, 4) == words
        expect(send).to_be_hidden()
        point(mia, number).tap()
    expect(send).to_be_in_viewport()
    assert barriers(mia.page) == []
    mia.press("Send")
    mia.is_told("saved")
    assert ada.counts(1)


def test_in_two_columns_a_line_is_done_when_both_are_chosen(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("moved", workshop=measures)
    mia = house.phone(watch, ada, **SMALL_PHONE)
    assert barriers(mia.page) == []
    point(mia, 2, "Before today").tap()
    mia.page.wait_for_timeout(600)
    assert reads(mia, 1, 3) == LINES[0]
    mia.press("Next")
    expect(mia.stage.get_by_role("alert").first).to_have_text("Choose something first, or tap Pass.")
    point(mia, 4, "Now").tap()
    assert reads(mia, 2, 3) == LINES[1]
    mia.press("Back")
    expect(point(mia, 2, "Before today").get_by_role("radio")).to_be_checked()
    expect(point(mia, 4, "Now").get_by_role("radio")).to_be_checked()
    mia.press("Next")
    for number in (2, 3):
        reads(mia, number, 3)
        point(mia, 1, "Before today").tap()
        point(mia, 5, "Now").tap()
    mia.press("Send")
    mia.is_told("saved")


def test_by_keyboard_choosing_does_not_go_on_and_enter_does(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("moved", workshop=measures)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    keys = mia.page.keyboard
    for number in range(1, 4):
        reads(mia, number, 3)
        for column in ("Before today", "Now"):
            tabs_to(mia.page, "1")
            expect(mia.page.locator("fieldset.column", has=mia.page.locator(":focus"))).to_contain_text(column)
            keys.press("ArrowRight")
        if number < 3:
            keys.press("Enter")
            expect(line(mia).locator("legend").first).to_be_focused()
    tabs_to(mia.page, "Send")
    keys.press("Enter")
    mia.is_told("saved")
    assert ada.counts(1)


def test_without_script_all_lines_are_asked_at_once(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("moved", workshop=measures)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    rows = noor.stage.locator("fieldset.column")
    expect(rows).to_have_count(6)
    for number in range(5):
        rows.nth(number).locator("label.choice").nth(number % 5).click()
    noor.press("Send")
    expect(noor.stage.get_by_role("alert").first).to_have_text("1 line is left. Please answer it too.")
    expect(noor.stage.get_by_role("radio", checked=True)).to_have_count(5)
    rows.last.locator("label.choice").first.click()
    noor.press("Send")
    noor.is_told("saved")


def test_points_with_names_stand_below_each_other(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("thoughts", workshop=measures)
    ada.asks()
    mia = house.phone(watch, ada, **SMALL_PHONE)
    for words in ("Once or twice", "Often"):
        line(mia).get_by_text(words, exact=True).tap()
        mia.page.wait_for_timeout(300)
    mia.press("Send")
    mia.is_told("saved")


@pytest.mark.parametrize("step", ["before", "moved", "thoughts"])
def test_nothing_is_wider_than_a_small_phone_or_large_text(
    house: House, watch: Watch, measures: str, step: str
) -> None:
    ada = house.opens(step, workshop=measures)
    if ada.desk["step_state"] == "shown":
        ada.asks()
    mia, noor = house.phone(watch, ada, **SMALL_PHONE), house.phone(watch, ada)
    everybody_answers(house.cast.phones(ada.join_url, 12))
    for state in ("open", "revealed"):
        noor.page.evaluate(TWICE)
        for phone, width in ((mia, 320), (noor, 390)):
            phone.is_at(state)
            assert phone.page.evaluate(WIDE) <= width, state
        if state == "open":
            shows_all(ada)


# ---------- the results ----------


def test_what_moved_is_said_in_words_and_drawn_as_dots_from_ten_on(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("moved", workshop=measures)
    mia, wall = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada)
    everybody_moves(house, ada, 12)
    for page in (mia.page, wall):
        first = page.locator(".move").first
        expect(first).to_contain_text("went up: nearly all")
        expect(first).to_contain_text("went down: few or none")
        expect(first).to_contain_text("Before today 2.0, Now 3.5")
        expect(page.locator(".move").last).to_contain_text("Turned round: here, down is nearer to the article.")
        expect(page.get_by_text("We looked back from here.")).to_be_visible()
        assert barriers(page) == []
    follows(wall, ada)
    fits(wall, "then and now")


def test_below_ten_there_are_words_alone_and_below_five_the_room_talks(
    house: House, watch: Watch, measures: str
) -> None:
    ada = house.opens("moved", workshop=measures)
    wall = house.wall(watch, ada)
    everybody_moves(house, ada, 7)
    expect(wall.locator(".move")).to_have_count(3)
    expect(wall.locator(".drift")).to_have_count(0)
    ada = house.opens("moved", workshop=measures)
    wall = house.wall(watch, ada)
    everybody_moves(house, ada, 4)
    expect(wall.get_by_text("Let us talk about moved.")).to_be_visible()


def test_each_line_of_an_ordinary_grid_has_a_bar_of_its_own(house: House, watch: Watch, measures: str) -> None:
    ada = house.opens("light", workshop=measures)
    mia, wall = house.phone(watch, ada), house.wall(watch, ada)
    expect(wall.locator("#stage")).to_contain_text(LINES[1])
    assert barriers(wall) == []
    for phone in house.cast.phones(ada.join_url, 4):
        phone.answers(**{"value-ask": "5", "value-say_no": "1", "value-happy": "3"})
    ada.closes(now=True, show=True)
    for page in (mia.page, wall):
        expect(page.locator(".split-title")).to_have_text(LINES)
        expect(page.locator(".figures").first).to_contain_text("true for me: 4")
        assert barriers(page) == []
    fits(wall, "a grid")
