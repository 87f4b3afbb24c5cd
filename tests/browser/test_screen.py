"""The wall: steered by keys and clickers where its browser may, current after an outage, never with a scroll bar."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.actors import Facilitator
from tests.browser.house import House, everybody_answers, shows_all
from tests.browser.people import HASTE
from tests.browser.watching import Watch
from workshop.pack import built_in

SIZES = ((1280, 720), (1920, 1080), (1024, 768))
SCROLLED = """() => [...document.querySelectorAll("html, body, body *")]
    .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
    .filter((one) => one.tagName === "HTML" || /auto|scroll/.test(getComputedStyle(one).overflow))
    .map((one) => `${one.tagName} ${one.className} ${one.scrollWidth}x${one.scrollHeight}`)"""


def says(wall: Page, words: str) -> None:
    expect(wall.locator("#stage h1")).to_have_text(words)


def test_keys_and_clickers_steer_the_room_where_the_browser_is_signed_in(house: House, watch: Watch) -> None:
    ada = house.opens("", "short", house.room)
    wall = house.wall(watch, ada, signed_in=True)
    for key, words in (
        ("ArrowRight", "Your pace"),
        ("PageDown", "Find a partner"),
        ("PageUp", "Your pace"),
        ("ArrowLeft", "Your pace"),
        ("Space", "Find a partner"),
    ):
        wall.wait_for_timeout(HASTE)
        wall.keyboard.press(key)
        says(wall, words)
    assert ada.step == "talk"


def test_a_clicker_asks_before_it_closes_on_most_of_the_room(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    wall = house.wall(watch, ada, signed_in=True)
    house.cast.phones(ada.join_url, 3)
    wall.keyboard.press("PageDown")
    once_more = wall.get_by_text("Press once more")
    expect(once_more).to_be_visible()
    assert ada.desk["step_state"] == "open"
    wall.wait_for_timeout(HASTE)
    wall.keyboard.press("PageDown")
    expect(wall.locator("#stage")).to_have_attribute("data-state", "closing")
    expect(once_more).to_be_hidden()


def test_keys_steer_nothing_from_a_browser_that_is_signed_in_nowhere(house: House, watch: Watch) -> None:
    ada = house.opens_room()
    wall = house.wall(watch, ada)
    before = ada.desk
    for key in ("ArrowRight", "PageDown", "Space", "ArrowLeft", "PageUp"):
        wall.keyboard.press(key)
    wall.keyboard.press("b")
    expect(wall.get_by_text("One moment, please.")).to_be_visible()
    assert ada.desk == before


def test_keys_blank_the_wall_show_the_code_and_fill_the_display(house: House, watch: Watch) -> None:
    ada = house.opens_room()
    wall = house.wall(watch, ada)
    wall.keyboard.press("q")
    ada.starts()
    says(wall, "Your pace")
    blank = wall.get_by_text("One moment, please.")
    for on, off in (("b", "b"), (".", "Escape")):
        wall.keyboard.press(on)
        expect(blank).to_be_visible()
        wall.keyboard.press(off)
        expect(blank).to_be_hidden()
    for key, dialog in (("q", "#qr"), ("?", "#keys")):
        wall.keyboard.press(key)
        expect(wall.locator(dialog)).to_be_visible()
        wall.keyboard.press("Escape")
        expect(wall.locator(dialog)).to_be_hidden()
    for key in ("f", "F5"):
        was = wall.evaluate("document.fullscreenElement !== null")
        wall.keyboard.press(key)
        wall.wait_for_function("(was) => (document.fullscreenElement !== null) !== was", arg=was)
    says(wall, "Your pace")


def test_live_bars_move_in_batches_that_point_at_nobody(house: House, watch: Watch) -> None:
    ada = house.opens_room("hello")
    wall, phones = house.wall(watch, ada), house.cast.phones(ada.join_url, 6)
    for phone in phones[:2]:
        phone.answers(choice="bus")
    expect(wall.get_by_text("2 of 6 have answered")).to_be_visible()
    expect(wall.locator(".bars")).to_have_count(0)
    phones[2].answers(choice="foot")
    expect(wall.locator(".bar-line").filter(has_text="By bus")).to_contain_text("2")
    phones[3].answers(choice="bus")
    expect(wall.get_by_text("4 of 6 have answered")).to_be_visible()
    expect(wall.locator(".bar-line").filter(has_text="By bus")).to_contain_text("2")


def test_after_an_outage_the_wall_is_where_the_room_is(far: House, watch: Watch) -> None:
    assert far.link is not None
    ada = far.opens("s00_warmup")
    wall = far.wall(watch, ada)
    wall.keyboard.press("q")
    far.link.cut()
    ada.closes(now=True)
    ada.moves_on()
    far.link.mend()
    says(wall, "Your pace. Your choice.")


def test_the_wall_never_has_a_scroll_bar(house: House, watch: Watch) -> None:
    ada = house.opens(plan="full")
    wall, phones = house.wall(watch, ada), house.cast.phones(ada.join_url, 6)
    fits(wall, "lobby")
    (pack,) = [pack for _, pack in built_in()]
    for step in pack.plan("full"):
        ada.shows(step.id)
        follows(wall, ada)
        fits(wall, step.id)
        if ada.desk["step_state"] == "open":
            everybody_answers(phones)
            shows_all(ada)
            follows(wall, ada)
            fits(wall, f"{step.id}, shown")


def follows(wall: Page, ada: Facilitator) -> None:
    expect(wall.locator("#stage")).to_have_attribute("data-v", str(ada.desk["version"]))


def fits(wall: Page, where: str) -> None:
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        assert wall.evaluate(SCROLLED) == [], f"{where} at {width} x {height}"
