"""A quiet minute: what somebody types or draws is on their phone alone, and gone when the room goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests import chromium
from tests.actors import Facilitator
from tests.browser.canary import WORD, Canary
from tests.browser.house import House
from tests.browser.people import PHONE, SMALL_PHONE, Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.watching import Watch, barriers

DRAWN = """canvas => {
    const { width, height } = canvas;
    return canvas.toDataURL() !== Object.assign(document.createElement("canvas"), { width, height }).toDataURL();
}"""
LAST = """() => {
    const field = document.querySelector("textarea");
    addEventListener("pagehide", () => sessionStorage.setItem("left", field.value.length));
}"""
"""Tells the next page in this tab what was in the field when this one went."""

CONTROL = "ROTKEHLCHEN"
"""A word in a field like any other, which browsers do keep."""


def types(mia: Phone) -> Canary:
    """Mia writes down what is hers."""
    canary = Canary(mia.page)
    mia.stage.get_by_role("textbox").fill(f"What I carry: {WORD}")
    assert canary.is_in_sight()
    return canary


def draws(page: Page, *, by: str = "mouse") -> None:
    """A slow line across the paper."""
    box = page.locator("canvas").bounding_box()
    assert box
    left, top = box["x"] + 20, box["y"] + 40
    if by == "finger":
        touch = page.context.new_cdp_session(page)
        for kind, way in (("touchStart", [0]), ("touchMove", [60]), ("touchMove", [120]), ("touchEnd", [])):
            points = [{"x": left + x, "y": top + 20} for x in way]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        return
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 120, top + 40, steps=8)
    page.mouse.up()


def test_what_is_typed_is_nowhere_but_on_the_phone_and_gone_when_the_room_goes_on(
    house: House, watch: Watch, private: str
) -> None:
    ada = house.opens("quiet", workshop=private)
    mia, wall = house.phone(watch, ada), house.wall(watch, ada)
    assert barriers(mia.page) + barriers(wall) == []
    expect(mia.stage.get_by_text("Only on this phone. Not sent. Not saved.")).to_be_visible()
    expect(wall.locator(".slow-line")).to_be_visible()
    canary = types(mia)
    ada.presses("lock")  # a swap of the same step leaves it alone
    expect(mia.stage).to_have_attribute("data-v", str(ada.desk["version"]))
    assert canary.is_in_sight()
    mia.press("Pass")
    ada.shows("talk")
    expect(mia.stage).to_have_attribute("data-step", "talk")
    assert not canary.is_in_sight()
    mia.page.goto(f"{house.url}/w/help")
    mia.page.go_back()
    expect(mia.stage).to_have_attribute("data-step", "talk")
    assert not canary.is_in_sight()
    assert not canary.got_out()


def test_it_does_not_come_back_by_back_and_forward_while_the_room_is_still_there(
    house: House, watch: Watch, private: str
) -> None:
    mia = house.phone(watch, house.opens("quiet", workshop=private))
    canary = types(mia)
    mia.page.goto(f"{house.url}/w/help")
    mia.page.go_back()
    expect(mia.stage.get_by_role("textbox")).to_have_value("")
    mia.stage.get_by_role("textbox").fill(WORD)
    mia.page.reload()
    expect(mia.stage.get_by_role("textbox")).to_have_value("")
    assert not canary.got_out()


def test_a_pause_puts_it_aside_and_what_comes_after_a_pause_wipes_it(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("quiet", workshop=private)
    mia = house.phone(watch, ada)
    canary = types(mia)
    field = mia.stage.get_by_role("textbox").element_handle()
    ada.presses("care")
    mia.is_at("paused")
    assert not canary.is_in_sight()
    ada.resumes()
    mia.is_at("reading")
    assert canary.is_in_sight()
    ada.presses("care")
    ada.presses("resume", to="talk")
    expect(mia.stage).to_have_attribute("data-step", "talk")
    assert field.evaluate("field => field.value") == ""
    assert not canary.got_out()


@pytest.mark.parametrize("way", ["leave", "end"])
def test_it_is_wiped_on_leave_and_at_the_end(house: House, watch: Watch, private: str, way: str) -> None:
    ada = house.opens("quiet", workshop=private)
    mia = house.phone(watch, ada)
    canary = types(mia)
    mia.page.evaluate(LAST)
    mia.follow("Leave") if way == "leave" else ada.ends()
    expect(mia.page.locator("textarea")).to_have_count(0)
    mia.page.wait_for_url("**/x" if way == "leave" else "**/w")
    assert mia.page.evaluate("sessionStorage.getItem('left')") == "0"
    mia.page.go_back()
    assert not canary.is_in_sight()
    assert not canary.got_out()


def test_a_line_is_drawn_by_finger_and_by_mouse_and_cleared(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("quiet", workshop=private)
    mia, noor = house.phone(watch, ada, **SMALL_PHONE), house.phone(watch, ada, has_touch=False, is_mobile=False)
    for phone, by in ((mia, "finger"), (noor, "mouse")):
        canary, paper = Canary(phone.page), phone.page.locator("canvas")
        phone.stage.get_by_text("Draw a slow line", exact=True).click()
        paper.scroll_into_view_if_needed()
        expect(paper).to_have_css("touch-action", "none")
        before = phone.page.evaluate("scrollY")
        draws(phone.page, by=by)
        assert paper.evaluate(DRAWN)
        assert phone.page.evaluate("scrollY") == before
        assert barriers(phone.page) == []
        phone.press("Clear")
        assert not paper.evaluate(DRAWN)
        draws(phone.page, by=by)
        assert not [sent for sent in canary.sent if "/w" in sent]
    kept = mia.page.locator("canvas").element_handle()
    ada.shows("talk")
    expect(mia.stage).to_have_attribute("data-step", "talk")
    assert not kept.evaluate(DRAWN)


def test_by_keyboard(house: House, watch: Watch, private: str) -> None:
    mia = house.phone(watch, house.opens("quiet", workshop=private), has_touch=False, is_mobile=False)
    tabs_to(mia.page, "Type")
    mia.page.keyboard.press("Tab")
    mia.page.keyboard.type(WORD)
    expect(mia.stage.get_by_role("textbox")).to_have_value(WORD)
    tabs_to(mia.page, "Just sit")
    mia.page.keyboard.press("Enter")
    expect(mia.stage.locator(".slow-line")).to_be_visible()


def test_without_script_there_is_a_field_and_no_way_to_send_it(house: House, watch: Watch, private: str) -> None:
    ada = house.opens("quiet", workshop=private)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    canary = Canary(noor.page)
    noor.stage.get_by_role("textbox").fill(WORD)
    noor.stage.get_by_role("textbox").press("Enter")
    expect(noor.stage.get_by_text("Draw a slow line", exact=True)).to_be_hidden()
    assert noor.page.url == f"{house.url}/w"
    assert not any(WORD in sent for sent in canary.sent)


# ---------- what browsers keep by themselves ----------


@pytest.fixture
def own_browser(playwright: Playwright, tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser with a profile on the disk, as everybody's is, and the folder of that profile."""
    path = chromium.find(playwright)
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path), executable_path=path, headless=True, args=["--no-sandbox"], **PHONE
    )
    yield context, tmp_path
    context.close()


def on_disk(word: str, folder: Path) -> list[str]:
    needles = (word.encode(), word.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]


@pytest.mark.parametrize("step", ["quiet", "plan"])
def test_the_browser_does_not_keep_it_for_its_next_start(
    house: House, private: str, own_browser: tuple[BrowserContext, Path], step: str
) -> None:
    """It does keep what is typed into fields that do not ask it to forget, in the file of its open tabs."""
    context, folder = own_browser
    ada = house.opens(step, workshop=private)
    if step == "plan":
        ada.asks()
    page = context.new_page()
    joined(page, house, ada)
    page.evaluate("document.querySelector('#stage').append(document.createElement('textarea'))")
    for field in page.locator("#stage textarea:visible").all()[:-1]:
        field.press_sequentially(WORD)
    page.locator("#stage textarea").last.press_sequentially(CONTROL)
    page.wait_for_timeout(4_000)
    page.goto(f"{house.url}/w/help")
    context.close()
    assert on_disk(CONTROL, folder)
    assert on_disk(WORD, folder) == []


def joined(page: Page, house: House, ada: Facilitator) -> None:
    page.goto(house.door(ada))
    Phone(page).joins()
    expect(page.locator("#stage textarea:visible").first).to_be_visible()
