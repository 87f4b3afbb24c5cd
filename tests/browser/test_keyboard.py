"""Without a pointer: everything is reached, the focus is always seen, and no swap moves it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.people import Phone
from tests.browser.watching import Watch

RING = """() => {
    const one = document.activeElement.closest(".choice") ?? document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const covered = !seen || !(one.contains(seen) || seen.contains(one));
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !covered;
}"""


def tabs_to(page: Page, name: str) -> None:
    """Go on by Tab until this is focused; wherever the focus stands on the way, it can be seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():
            continue
        assert page.evaluate(RING), f"no focus to be seen on {focused.evaluate('one => one.outerHTML')[:200]}"
        if name in (focused.evaluate("one => one.labels?.[0]?.innerText ?? one.innerText") or ""):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_a_whole_question_by_keyboard_on_the_phone(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    page = house.phone(watch, ada, has_touch=False, is_mobile=False).page
    mia = Phone(page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Leave")
    tabs_to(page, "Apples")
    page.keyboard.press("ArrowDown")
    expect(mia.stage.get_by_label("Bread")).to_be_checked()
    tabs_to(page, "Send")
    page.keyboard.press("Enter")
    mia.is_told("saved")
    expect(mia.mine).to_be_focused()
    tabs_to(page, "Change")
    page.keyboard.press("Enter")
    expect(mia.stage.get_by_label("Apples")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    mia.is_told("saved")
    tabs_to(page, "Pass")
    page.keyboard.press("Enter")
    mia.is_told("saved")
    tabs_to(page, "Take a break")
    page.keyboard.press("Enter")
    tabs_to(page, "I'm back")
    page.keyboard.press("Enter")
    expect(mia.heading).to_be_focused()
    tabs_to(page, "Help")
    page.keyboard.press("Enter")
    tabs_to(page.get_by_role("dialog").page, "How can we find you?")
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_text("Help")


def test_a_whole_question_by_keyboard_on_the_console(house: House, watch: Watch) -> None:
    ada = house.opens_room()
    desk = house.console(watch, ada)
    page = desk.page
    tabs_to(page, "Start")
    page.keyboard.press("Enter")
    desk.is_at("reading")
    desk.offers("Next")
    expect(desk.primary).to_be_focused()
    page.keyboard.press("Enter")
    desk.is_at("open")
    desk.offers("Close")
    expect(desk.primary).to_be_focused()
    tabs_to(page, "Pause")
    page.keyboard.press("Enter")
    desk.is_at("paused")
    desk.offers("Go on")
    expect(desk.primary).to_be_focused()
    ada.resumes()
    tabs_to(page, "More")
    page.keyboard.press("Enter")
    expect(page.locator("#more")).to_be_visible()
    tabs_to(page, "Room")
    page.keyboard.press("Enter")
    tabs_to(page, "Lock the room")
    page.keyboard.press("Enter")
    expect(page.locator("#more").get_by_text("Open the room again")).to_be_visible()
    tabs_to(page, "End the session")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#more")).to_be_hidden()
    assert ada.desk["state"] == "live"


def test_a_swap_moves_neither_the_focus_nor_the_caret(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    mia = house.phone(watch, ada)
    field = mia.stage.get_by_label("Line 1")
    field.fill("Before after")
    field.evaluate("one => one.setSelectionRange(6, 6)")
    ada.presses("lock")
    ada.closes()
    mia.is_at("closing")
    expect(field).to_be_focused()
    mia.page.keyboard.type(" and")
    expect(field).to_have_value("Before and after")


def test_a_new_step_announces_its_heading_once(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    mia = house.phone(watch, ada)
    ada.shows("talk")
    voice = mia.page.locator("[data-voice]")
    expect(voice).to_have_text("Find a partner")
    for heading in ("One asks", "Swap", "Step out of your role", "What helped?"):
        ada.moves_on()
        expect(mia.heading).to_have_text(heading)
        expect(voice).to_have_text(heading)


def test_a_heading_that_has_the_focus_still_follows_the_room(house: House, watch: Watch) -> None:
    ada = house.opens_room("talk")
    mia = house.phone(watch, ada)
    mia.follow("Take a break")
    mia.follow("I'm back")
    expect(mia.heading).to_be_focused()
    ada.moves_on()
    expect(mia.heading).to_have_text("One asks")
