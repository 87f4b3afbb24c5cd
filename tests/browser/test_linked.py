"""The same asked twice: the phone says so and keeps its answer where no script reads it; the wall shows both ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.house import House, shows_all
from tests.browser.people import SMALL_PHONE
from tests.browser.test_kind_grid import point as choice
from tests.browser.test_kind_grid import reads
from tests.browser.test_screen import fits, follows
from tests.browser.test_small_and_large import TWICE, WIDE
from tests.browser.watching import Watch, barriers
from tests.linked_pack import LINKED, lines

NOTE = "Your two answers to these lines are compared without a name"


@pytest.fixture(scope="module")
def linked(house: House) -> str:
    return house.shelves(LINKED, "linked")


def test_a_phone_answers_both_halves_by_thumb_and_what_moved_is_on_the_wall(
    house: House, watch: Watch, linked: str
) -> None:
    ada = house.opens("first", workshop=linked)
    mia, wall = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada)
    others = house.cast.phones(ada.join_url, 11)
    for step, point in (("first", 2), ("second", 4)):
        if ada.step != step:
            ada.shows(step)
        expect(mia.stage).to_have_attribute("data-step", step)
        expect(mia.stage).to_contain_text(NOTE)
        assert barriers(mia.page) == []
        asked = 3 if step == "first" else 4
        for number in range(1, asked + 1):
            reads(mia, number, asked)
            choice(mia, point).tap()
        mia.press("Send")
        mia.is_told("saved")
        for phone in others:
            phone.answers(**lines(point, back=3 if step == "second" else 0))
        if step == "first":
            ada.closes(now=True)
            mia.is_at("closed")
            expect(wall.locator("#stage")).to_contain_text("Closed. Thank you.")
            (kept,) = [one for one in mia.page.context.cookies() if one.get("name") == "l"]
            assert kept.get("httpOnly") is True
            assert "l=" not in mia.page.evaluate("document.cookie")
    ada.closes(now=True, show=True)
    for page in (mia.page, wall):
        expect(page.locator(".move").first).to_contain_text("went up: nearly all")
        expect(page.locator(".move").first).to_contain_text("At the start 2.0, Now 4.0")
        expect(page.get_by_text("A quick look at this room.")).to_be_visible()
        assert barriers(page) == []
    follows(wall, ada)
    fits(wall, "before and after")


def test_two_clouds_stand_side_by_side_on_the_wall_and_one_below_the_other_on_phones(
    house: House, watch: Watch, linked: str
) -> None:
    ada = house.opens("wall", workshop=linked)
    phones = house.cast.phones(ada.join_url, 9)
    start = ("wall", "a relief", "fight", "fresh air", "wall", "a long fence", "guilt", "wall", "relief")
    now = ("a door", "air", "a door", "handrail", "calm", "air", "a door", "kindness", "a garden gate")
    for step, words in (("wall", start), ("air", now)):
        if ada.step != step:
            ada.shows(step)
        for phone, word in zip(phones, words, strict=True):
            phone.answers(entry=word)
        shows_all(ada)
    mia, wall = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada)
    for page in (mia.page, wall):
        expect(page.locator("#stage h2")).to_have_text(["At the start", "Now"])
        expect(page.locator("#stage .cloud")).to_have_count(2)
        assert barriers(page) == []
    tops = [wall.locator("#stage h2").nth(i).bounding_box() for i in (0, 1)]
    assert tops[0]
    assert tops[1]
    assert tops[0]["y"] == tops[1]["y"]
    assert tops[0]["x"] < tops[1]["x"]
    follows(wall, ada)
    fits(wall, "two clouds")
    mia.page.evaluate(TWICE)
    assert mia.page.evaluate(WIDE) <= 320
