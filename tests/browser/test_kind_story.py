"""A story on its pages: read by all, steered by thumbs and by keys, and large enough on the wall at its fullest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.people import SMALL_PHONE
from tests.browser.room import Room
from tests.browser.watching import Watch, barriers
from tests.story_pack import TELLING

SCENE, ASK, CHOICE = "Dani calls and is short on rent.", "What could Mika do first?", "Send it now."
WALLS = ({"width": 1280, "height": 720}, {"width": 1024, "height": 768})


@pytest.fixture(scope="module")
def tale(house: House) -> str:
    return house.shelves(TELLING, "story")


@pytest.fixture(scope="module")
def full(house: House) -> str:
    """The same with as many words in it as a pack may have."""
    words = TELLING.replace(SCENE, _long(SCENE, 320)).replace(ASK, _long(ASK, 140))
    words = words.replace(CHOICE, _long(CHOICE, 60)).replace("Ask for a night.", _long("Ask for a night.", 60))
    more = [("c", "Say no."), ("d", "Say yes.")]
    lines = [f"          - {{id: {id}, text: {_long(said, 60)}, to: night, lean: limit}}\n" for id, said in more]
    words = words.replace("        coach: Who feels", "".join(lines) + "        coach: Who feels")
    words = words.replace("text: It starts anew.", "text: " + _long("It starts anew.", 320))
    return house.shelves(words.replace("kindly: It was love.", "kindly: " + _long("It was love.", 320)), "full")


def _long(words: str, letters: int) -> str:
    return (words + " and then some more of it" * 20)[: letters - 1].rstrip() + "."


def fits(wall: Page) -> None:
    over = wall.evaluate(
        "(() => { const v = document.querySelector('.view'); return v.scrollHeight - v.clientHeight })()"
    )
    assert over <= 0, f"{over} pixels of the wall are out of sight"


def test_a_room_is_steered_through_a_story_by_thumbs_and_the_space_bar(house: House, watch: Watch, tale: str) -> None:
    ada = house.opens("tell", workshop=tale)
    room = Room(house.url, house.console(watch, ada), house.wall(watch, ada))
    room.phones = [house.phone(watch, ada) for _ in range(2)]
    others = house.cast.phones(ada.join_url, 2)
    mia, ben = room.phones

    # Everybody reads; nobody can vote yet.
    room.are_at("shown", "tell")
    room.everywhere(SCENE)
    room.everywhere(CHOICE)
    room.nowhere("Who feels better")
    expect(mia.stage.locator("[data-form]")).to_have_count(0)
    room.goes_on("Open the vote", "open")
    for phone in room.phones:
        phone.stage.get_by_text(CHOICE, exact=True).tap()
        phone.page.get_by_role("button", name="Send").tap()
        phone.is_told("saved")
    for other in others:
        other.answers(choice="b")

    # A tie: a person decides, and the space bar does not.
    ada.closes(now=True, show=True)
    room.are_at("revealed")
    room.everywhere("It's a tie.")
    expect(room.console.primary).to_have_count(0)
    room.console.space()
    room.console.press("Send it now.")
    room.everywhere("The road goes on with: Send it now.")
    room.look()

    # The way so far is on the phones, as a dot on the wall, and by ear with its words.
    room.goes_on("Next scene", "shown")
    room.everywhere("The money goes.")
    mia.stage.get_by_text("1. Send it now.").tap()
    expect(mia.stage.get_by_text(SCENE)).to_be_visible()
    expect(room.wall.get_by_role("list", name="Our path so far")).to_match_aria_snapshot(
        "- list:\n  - listitem: Send it now.\n  - listitem: not decided yet\n  - listitem: not decided yet"
    )

    # What a phone has unfolded stays so when the vote opens.
    room.goes_on("Open the vote", "open")
    expect(mia.stage.get_by_text(SCENE)).to_be_visible()
    for phone, answer in zip((mia, ben), ("Pay the flatmate as well.", "Pay the flatmate as well."), strict=True):
        phone.answers(answer)
    others[0].answers(choice="a")
    ada.closes(now=True, show=True)
    room.are_at("revealed")
    room.goes_on("Next scene", "shown")
    room.goes_on("Open the vote", "open")
    for phone in others:
        phone.answers(choice="b")
    mia.answers("Give a gift.")
    ada.closes(now=True, show=True)
    room.are_at("revealed")

    # The ending, the path as words, and out of the story.
    room.goes_on("The ending", "reading")
    room.everywhere("They still talk.")
    room.everywhere("step in")
    room.console.press("Look back")
    room.are_at("reading")
    expect(room.wall.locator(".way-back > li")).to_have_count(3)
    room.goes_on("Back to the story", "reading")
    room.goes_on("Talk about it", "reading")
    room.everywhere("What made it so?")
    room.goes_on("Step out of the story", "reading")
    room.everywhere("That was Mika. You are you.")
    room.goes_on("Next", "reading", "talk")
    assert room.found == []


def test_it_is_steered_by_the_keyboard_alone(house: House, watch: Watch, tale: str) -> None:
    ada = house.opens("tell", workshop=tale)
    mia = house.phone(watch, ada, has_touch=False, is_mobile=False)
    wall = house.wall(watch, ada, signed_in=True)
    house.cast.phones(ada.join_url, 2)
    mia.is_at("shown")
    wall.keyboard.press("PageDown")
    mia.is_at("open")
    mia.stage.get_by_role("radio", name=CHOICE).focus()
    mia.page.keyboard.press("ArrowDown")
    expect(mia.stage.get_by_role("radio", name="Ask for a night.")).to_be_checked()
    mia.page.keyboard.press("Tab")
    expect(mia.page.get_by_role("button", name="Send")).to_be_focused()
    mia.page.keyboard.press("Enter")
    mia.is_told("saved")
    ada.closes(now=True, show=True)
    mia.is_at("revealed")
    console = house.console(watch, ada)
    picked = console.page.get_by_role("group", name="How it goes on").get_by_role("button", name="Ask for a night.")
    picked.focus()
    console.page.keyboard.press("Enter")
    console.offers("Next scene")


def test_another_story_is_chosen_on_the_console(house: House, watch: Watch, tale: str) -> None:
    ada = house.opens("tell", workshop=tale)
    console, wall = house.console(watch, ada), house.wall(watch, ada)
    console.page.get_by_text("Play another story").click()
    expect(console.page.get_by_text("Tiredness.")).to_be_hidden()
    console.press("Play 'The visit'")
    expect(wall.get_by_text("The bell rings at ten.")).to_be_visible()
    assert barriers(console.page) == []


@pytest.mark.parametrize("size", WALLS, ids=lambda size: f"{size['width']}x{size['height']}")
def test_the_fullest_scene_fits_the_wall_in_every_state(
    house: House, watch: Watch, full: str, size: dict[str, int]
) -> None:
    ada = house.opens("tell", workshop=full)
    wall = house.wall(watch, ada, viewport=size)
    phones = house.cast.phones(ada.join_url, 6)
    fits(wall)
    letters = wall.locator(".scene").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert letters >= 28 / 1080 * size["height"], "too small for the back row"
    ada.asks()
    for phone, choice in zip(phones, "aabbcd", strict=True):
        phone.answers(choice=choice)
    expect(wall.locator("#stage")).to_have_attribute("data-state", "open")
    fits(wall)
    ada.closes(now=True, show=True)
    expect(wall.locator("#stage")).to_have_attribute("data-state", "revealed")
    fits(wall)
    ada.presses("act", action="pick:a")
    expect(wall.locator(".verdict")).to_be_visible()
    fits(wall)
    for choice in "aa":
        ada.presses("next")
        ada.asks()
        for phone in phones:
            phone.answers(choice=choice)
        ada.closes(now=True, show=True)
    ada.presses("next")
    expect(wall.locator(".leans")).to_be_visible()
    fits(wall)
    ada.presses("act", action="look")
    expect(wall.locator(".way-back")).to_be_visible()
    fits(wall)


def test_at_320_pixels_nothing_is_cut_off(house: House, watch: Watch, full: str) -> None:
    ada = house.opens("tell", workshop=full)
    mia = house.phone(watch, ada, **SMALL_PHONE)
    for _ in range(2):
        wide = mia.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        ada.tries("open")
