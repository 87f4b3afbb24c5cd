"""A list to put in order: by buttons, by dragging, by keyboard or by unfolding lists; the largest bar first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.house import House, everybody_answers
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.test_screen import fits, follows
from tests.browser.test_small_and_large import TWICE, WIDE
from tests.browser.watching import Watch, barriers
from tests.sorting_pack import SORTING

WRITTEN = [
    "Live by my own values",
    "Keep friends of my own",
    "Ask for what I need and want",
    "Work on goals that are mine",
    "Make time for what I love",
    "Say no when it feels off",
]
FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = WRITTEN


@pytest.fixture(scope="module")
def sorting(house: House) -> str:
    return house.shelves(SORTING, "ranking")


def row(phone: Phone, text: str) -> Locator:
    return phone.stage.locator(".ranks > li").filter(has_text=text)


def order(phone: Phone) -> list[str]:
    expect(phone.stage.locator(".ranks")).to_be_visible()
    return phone.stage.locator(".ranks .what").all_inner_texts()


def on_top(phone: Phone) -> list[str]:
    """What has a number, with its number."""
    rows = [text.split("\n") for text in phone.stage.locator(".ranks > [data-top]").all_inner_texts()]
    return [f"{number} {text}" for number, text, *_buttons in rows]


def bars(page: Page) -> list[tuple[str, str]]:
    lines = [text.split("\n") for text in page.locator(".bar-line").all_inner_texts()]
    return [(text, figure) for text, figure in lines]


def drags(phone: Phone, text: str, over: str) -> None:
    """With a finger on its grip, up or down until it lies over another line."""
    grip, target = row(phone, text).locator("[data-grip]").bounding_box(), row(phone, over).bounding_box()
    assert grip
    assert target
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    to = target["y"] + target["height"] / 2
    touch = phone.page.context.new_cdp_session(phone.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 11):
        at = {"x": x, "y": y + (to - y) * part / 10}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_by_touch_lines_move_by_buttons_and_by_dragging(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("rank_near", workshop=sorting)
    mia = house.phone(watch, ada)
    assert order(mia) == WRITTEN
    assert barriers(mia.page) == []
    row(mia, FIFTH).get_by_role("button", name="up").tap()
    assert order(mia) == [FIRST, SECOND, THIRD, FIFTH, FOURTH, SIXTH]
    row(mia, FIRST).get_by_role("button", name="down").tap()
    assert on_top(mia) == [f"1 {SECOND}", f"2 {FIRST}", f"3 {THIRD}"]
    drags(mia, SIXTH, over=FIRST)
    assert order(mia) == [SECOND, SIXTH, FIRST, THIRD, FIFTH, FOURTH]
    drags(mia, SECOND, over=THIRD)
    assert on_top(mia) == [f"1 {SIXTH}", f"2 {FIRST}", f"3 {THIRD}"]
    assert mia.page.evaluate("scrollY") == 0
    assert barriers(mia.page) == []
    mia.press("Send")
    mia.is_told("saved")
    mia.follow("Change")
    assert order(mia) == WRITTEN


def test_by_keyboard_the_focus_stays_with_the_line_and_its_new_place_is_told(
    house: House, watch: Watch, sorting: str
) -> None:
    ada = house.opens("rank_near", workshop=sorting)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    keys, told = mia.page.keyboard, mia.stage.locator("#ranks [role=status]")
    up = mia.stage.get_by_role("button", name=f"up: {THIRD}")
    while not up.evaluate("one => one === document.activeElement"):
        keys.press("Tab")
    for place in (2, 1):
        keys.press("Enter")
        expect(told).to_have_text(f"{THIRD}: {place} of 6")
        expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    keys.press("Space")
    assert order(mia) == [THIRD, FIRST, SECOND, FOURTH, FIFTH, SIXTH]
    keys.press("Tab")
    keys.press("Enter")
    expect(mia.stage.get_by_role("button", name=f"down: {THIRD}")).to_be_focused()
    assert order(mia) == [FIRST, THIRD, SECOND, FOURTH, FIFTH, SIXTH]
    tabs_to(mia.page, "Send")
    keys.press("Enter")
    mia.is_told("saved")
    assert ada.counts(1)


def test_a_list_that_nobody_touched_is_asked_about_once(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("rank_near", workshop=sorting)
    mia = house.phone(watch, ada)
    order(mia)
    mia.press("Send")
    expect(mia.stage.get_by_role("alert")).to_contain_text("Nothing is moved yet.")
    mia.is_told("none")
    mia.press("Send")
    mia.is_told("saved")


def test_every_phone_begins_with_an_order_of_its_own_and_keeps_it(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("rank", workshop=sorting)
    phones = [house.phone(watch, ada) for _ in range(3)]
    orders = [order(phone) for phone in phones]
    assert all(sorted(one) == sorted(WRITTEN) for one in orders)
    assert len({tuple(one) for one in orders}) > 1, "three phones came up with the same order out of 720"
    mia, before = phones[0], orders[0]
    row(mia, before[5]).get_by_role("button", name="up").tap()
    moved = order(mia)
    ada.closes()
    mia.is_at("closing")
    ada.undoes()
    mia.is_at("open")
    assert order(mia) == moved != before
    mia.press("Send")
    mia.is_told("saved")


def test_without_script_there_is_a_list_to_unfold_for_each_place(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("rank", workshop=sorting)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    expect(noor.stage.locator(".ranks")).to_be_hidden()
    for place, text in enumerate((SECOND, FIRST, SECOND), 1):
        noor.stage.get_by_label(f"Place {place}").select_option(text)
    noor.press("Send")
    expect(noor.stage.get_by_role("alert").first).to_have_text("One line has two places. Please give it one.")
    expect(noor.stage.get_by_label("Place 2").locator("option:checked")).to_have_text(FIRST)
    noor.stage.get_by_label("Place 3").select_option(SIXTH)
    noor.press("Send")
    noor.is_told("saved")


def test_bars_stand_largest_first_on_wall_and_phones(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("rank", workshop=sorting)
    mia, wall = house.phone(watch, ada), house.wall(watch, ada)
    phones = house.cast.phones(ada.join_url, 4)
    for phone, top in zip(phones, (["joy", "ask"], ["joy", "ask"], ["joy", "goals"], ["joy", "goals"]), strict=True):
        phone.answers(rank=[*top, "say_no"])
    ada.closes(now=True, show=True)
    mia.is_at("revealed")
    follows(wall, ada)
    for page in (mia.page, wall):
        expect(page.get_by_text("How many put it in their top 3")).to_be_visible()
        assert bars(page) == [(FIFTH, "4"), (SIXTH, "4"), (THIRD, "2"), (FOURTH, "2"), (FIRST, "0"), (SECOND, "0")]
        assert barriers(page) == []


@pytest.mark.parametrize("step", ["rank", "rank_near", "rank_deep"])
def test_nothing_is_cut_off_on_small_phones_in_large_text_and_on_the_wall(
    house: House, watch: Watch, sorting: str, step: str
) -> None:
    ada = house.opens(step, workshop=sorting)
    if ada.desk["step_state"] == "shown":
        ada.asks()
    mia, noor, wall = house.phone(watch, ada, **SMALL_PHONE), house.phone(watch, ada), house.wall(watch, ada)
    noor.page.evaluate(TWICE)
    held = house.wall(watch, ada, **SMALL_PHONE)  # the big screen, opened on a phone
    phones = house.cast.phones(ada.join_url, 8)
    for state in ("open", "shown"):
        for phone, width in ((mia, 320), (noor, 390)):
            expect(phone.stage).to_have_attribute("data-v", str(ada.desk["version"]))
            assert phone.page.evaluate(WIDE) <= width, state
        assert barriers(mia.page) == []
        follows(held, ada)
        assert held.evaluate(WIDE) <= 320, state
        assert barriers(held) == []
        follows(wall, ada)
        fits(wall, state)
        if state == "open":
            everybody_answers(phones)
            ada.closes(now=True)
            if ada.desk["next"] == "reveal":
                ada.reveals()
