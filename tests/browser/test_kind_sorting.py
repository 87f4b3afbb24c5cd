"""Lines to sort: one at a time by thumb or by keyboard, in an order of each phone's own, and bars for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.actors import Facilitator
from tests.browser.house import House, everybody_answers
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.test_screen import fits, follows
from tests.browser.test_small_and_large import TWICE, WIDE
from tests.browser.watching import Watch, barriers
from tests.sorting_pack import SORTING

ALL = 6
WRITTEN = (
    'Calling their boss: "It is the flu." It is a hangover.',
    "Driving them to a support group.",
    "Paying the same betting debt a third time.",
    "A safe ride home, even when they have been drinking.",
    "Letting them sleep on the sofa. Again.",
    "Sending part of my pay to family, every month.",
)
SPARE = "Our faith group pays their rent for one month."
ASKED = "Could they do it themselves, even badly?"


@pytest.fixture(scope="module")
def sorting(house: House) -> str:
    return house.shelves(SORTING, "sorting")


def line(phone: Phone) -> Locator:
    """The one line in sight, with its places."""
    return phone.stage.locator("fieldset:visible")


def reads(phone: Phone, number: int) -> str:
    """The line that is said to be the `number`th."""
    expect(line(phone)).to_have_count(1)
    expect(line(phone).locator("small")).to_have_text(f"{number} of {ALL}")
    return line(phone).locator("legend").inner_text().split("\n", 1)[1].strip()


def goes_through(phone: Phone) -> list[str]:
    """Everything into the first place, by taps; the lines in the order in which they came."""
    seen = []
    for number in range(1, ALL + 1):
        seen.append(reads(phone, number))
        line(phone).get_by_text("Helping", exact=True).tap()
    return seen


def titles(page: Page) -> list[str]:
    """The lines of the results, as they stand."""
    return page.locator(".split-title").all_inner_texts()


def split_over_the_last(house: House, ada: Facilitator) -> None:
    """Four people agree on all lines but the last, and are shown so."""
    for phone, way in zip(house.cast.phones(ada.join_url, 4), ("help", "shield", "depends", "depends"), strict=True):
        ids = ("boss", "group", "debt", "ride", "sofa")
        phone.answers(**{**{f"category-{id}": "shield" for id in ids}, "category-pay": way})
    ada.closes(now=True, show=True)


# ---------- the phone ----------


def test_by_touch_a_tap_goes_on_to_the_next_line(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("sort_near", workshop=sorting)
    mia = house.phone(watch, ada)
    send = mia.page.get_by_role("button", name="Send")
    assert barriers(mia.page) == []
    first = reads(mia, 1)
    expect(mia.page.get_by_role("button", name="Back")).to_be_hidden()
    line(mia).get_by_text("It depends", exact=True).tap()
    assert reads(mia, 2) != first
    mia.press("Back")
    assert reads(mia, 1) == first
    expect(line(mia).get_by_label("It depends")).to_be_checked()
    expect(send).to_be_hidden()
    goes_through(mia)
    expect(send).to_be_in_viewport()
    assert barriers(mia.page) == []
    mia.press("Send")
    mia.is_told("saved")
    mia.follow("Change")
    expect(line(mia).get_by_role("radio").first).to_be_focused()
    expect(line(mia).get_by_role("radio", checked=True)).to_have_count(0)
    assert goes_through(mia) == list(WRITTEN)


def test_by_keyboard_choosing_does_not_go_on_and_enter_does(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("sort_near", workshop=sorting)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    keys = mia.page.keyboard
    tabs_to(mia.page, "Helping")
    keys.press("Enter")
    expect(mia.stage.get_by_role("alert")).to_have_text("Choose something first, or tap Pass.")
    for _ in range(3):
        keys.press("ArrowDown")
    mia.page.wait_for_timeout(600)
    reads(mia, 1)
    for number in range(1, ALL):
        expect(line(mia).get_by_role("radio", checked=True)).to_have_count(1)
        keys.press("Enter")
        reads(mia, number + 1)
        expect(line(mia).locator("legend")).to_be_focused()
        keys.press("Tab")
        keys.press("Space")
    tabs_to(mia.page, "Back")
    keys.press("Enter")
    reads(mia, ALL - 1)
    tabs_to(mia.page, "Next")
    keys.press("Enter")
    reads(mia, ALL)
    tabs_to(mia.page, "Send")
    keys.press("Enter")
    mia.is_told("saved")
    assert ada.counts(1)


def test_every_phone_has_an_order_of_its_own_and_keeps_it(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("sort", workshop=sorting)
    phones = [house.phone(watch, ada) for _ in range(3)]
    mia = phones[0]
    first = reads(mia, 1)
    line(mia).get_by_text("Helping", exact=True).tap()
    second = reads(mia, 2)
    ada.closes()
    mia.is_at("closing")
    ada.undoes()
    mia.is_at("open")
    assert reads(mia, 2) == second
    ada.pauses()
    mia.is_at("paused")
    ada.resumes()
    assert reads(mia, 2) == second
    mia.press("Back")
    assert reads(mia, 1) == first
    expect(line(mia).get_by_label("Helping")).to_be_checked()
    orders = [tuple(goes_through(phone)) for phone in phones]
    assert all(sorted(order) == sorted(WRITTEN) for order in orders)
    assert len(set(orders)) > 1, "three phones came up with the same order out of 720"


def test_without_script_all_lines_are_asked_at_once(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("sort", workshop=sorting)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    lines = noor.stage.locator("fieldset")
    expect(lines).to_have_count(ALL)
    for number in range(ALL - 1):
        lines.nth(number).get_by_text("It depends", exact=True).click()
    noor.press("Send")
    expect(noor.stage.get_by_role("alert").first).to_have_text("1 line is left. Please place it too.")
    expect(noor.stage.get_by_role("radio", checked=True)).to_have_count(ALL - 1)
    lines.last.get_by_text("Helping", exact=True).click()
    noor.press("Send")
    noor.is_told("saved")


# ---------- a line is swapped ----------


def test_a_swapped_line_comes_to_every_page_and_takes_no_choice_with_it(
    house: House, watch: Watch, sorting: str
) -> None:
    ada = house.opens("sort_near", workshop=sorting)
    mia, wall, desk = house.phone(watch, ada), house.wall(watch, ada), house.console(watch, ada)
    line(mia).get_by_text("It depends", exact=True).tap()
    reads(mia, 2)
    desk.page.get_by_text("Swap a line before anybody has answered").click()
    assert barriers(desk.page) == []
    desk.page.get_by_label("This line goes").select_option(WRITTEN[2])
    desk.page.get_by_label("This one comes").select_option(SPARE)
    desk.page.get_by_role("button", name="Swap", exact=True).click()
    expect(wall.get_by_text(SPARE)).to_be_visible()
    expect(mia.stage.get_by_text(WRITTEN[2])).to_have_count(0)
    mia.press("Back")
    assert reads(mia, 1) == WRITTEN[0]
    expect(line(mia).get_by_label("It depends")).to_be_checked()
    assert goes_through(mia)[2] == SPARE
    mia.press("Send")
    mia.is_told("saved")
    desk.page.get_by_role("button", name="Swap", exact=True).click()
    expect(desk.desk.get_by_role("alert")).to_contain_text("Somebody has answered already")


# ---------- the results ----------


def test_the_most_split_line_comes_first_on_wall_and_phones_by_keyboard(
    house: House, watch: Watch, sorting: str
) -> None:
    ada = house.opens("sort", workshop=sorting)
    mia, wall, desk = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada), house.console(watch, ada)
    split_over_the_last(house, ada)
    for page in (mia.page, wall):
        expect(page.locator(".split-title").first).to_have_text(WRITTEN[0])
        assert titles(page) == list(WRITTEN)
    tabs_to(desk.page, "Sort by split")
    desk.page.keyboard.press("Enter")
    for page in (mia.page, wall):
        expect(page.locator(".split-title").first).to_have_text(WRITTEN[5])
        assert titles(page) == [WRITTEN[5], *WRITTEN[:5]]
    tabs_to(desk.page, "Show the questions")
    desk.page.keyboard.press("Enter")
    for page in (mia.page, wall):
        expect(page.get_by_text(ASKED)).to_be_visible()
    for page in (mia.page, wall, desk.page):
        assert barriers(page) == []
    desk.press("In the written order")
    for page in (mia.page, wall):
        expect(page.locator(".split-title").first).to_have_text(WRITTEN[0])


def test_a_bar_is_read_without_eyes_and_told_apart_without_colour(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("sort", workshop=sorting)
    wall = house.wall(watch, ada)
    split_over_the_last(house, ada)
    bar = wall.locator(".split-line").last
    expect(bar).to_match_aria_snapshot(f"""
      - listitem:
        - paragraph: {WRITTEN[5]}
        - list:
          - listitem: "Helping: 1"
          - listitem: "Shielding (enabling): 1"
          - listitem: "It depends: 2"
    """)
    patterns = bar.locator(".split-bar > svg > line").evaluate_all(
        "lines => lines.map((line) => { const of = getComputedStyle(line);"
        " return of.display + of.strokeDasharray + of.strokeWidth; })"
    )
    assert len(set(patterns)) == 3


def test_where_the_article_leans_is_read_by_holding_down(house: House, watch: Watch, sorting: str) -> None:
    ada = house.opens("sort", workshop=sorting)
    mia, wall, desk = house.phone(watch, ada), house.wall(watch, ada), house.console(watch, ada)
    split_over_the_last(house, ada)
    desk.is_at("revealed")
    handle = desk.page.locator("#leans summary")
    told = desk.page.locator("#leans dd")
    expect(told).to_be_hidden()
    handle.hover()
    desk.page.mouse.down()
    expect(told).to_have_text("It depends")
    desk.page.mouse.up()
    expect(told).to_be_hidden()
    for page in (mia.page, wall):
        expect(page.get_by_text("article")).to_have_count(0)


@pytest.mark.parametrize("step", ["sort", "sort_near", "sort_deep"])
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

    def look(where: str) -> None:
        for phone, width in ((mia, 320), (noor, 390)):
            expect(phone.stage).to_have_attribute("data-v", str(ada.desk["version"]))
            assert phone.page.evaluate(WIDE) <= width, where
        assert barriers(mia.page) == []
        follows(held, ada)
        assert held.evaluate(WIDE) <= 320, where
        assert barriers(held) == []
        follows(wall, ada)
        fits(wall, where)

    look("open")
    everybody_answers(phones)
    ada.closes(now=True)
    if ada.desk["next"] == "reveal":
        ada.reveals()
    look("shown")
    ada.presses("act", action="by-split")
    ada.presses("act", action="asks")
    look("ordered, with the questions")
    mia.page.evaluate("document.documentElement.dir = 'rtl'")
    look("from right to left")
