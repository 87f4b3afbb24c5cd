"""The run sheet, cards and guide: on a narrow window, and as they come out of a printer."""

from __future__ import annotations

import pytest

from tests.browser.house import House
from tests.browser.watching import Watch, barriers

NARROW = {"viewport": {"width": 320, "height": 640}}
INK = """() => [...document.querySelectorAll("main *")].every(one => {
  const seen = getComputedStyle(one)
  return seen.backgroundColor === "rgba(0, 0, 0, 0)" || seen.backgroundColor === "rgb(255, 255, 255)"
})"""
TORN = """() => [...document.querySelectorAll(".cut, .scene")]
  .every(one => getComputedStyle(one).breakInside === "avoid")"""


@pytest.mark.parametrize("page", ["print/core", "cards", "guide"])
def test_papers_are_read_on_a_narrow_window_and_printed_in_ink_alone(house: House, watch: Watch, page: str) -> None:
    ada = house.cast.facilitator("Ada")
    seen = watch.page(f"{house.url}{ada.workshop}/{page}", cookies=dict(ada.browser.cookies), **NARROW)
    assert seen.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(seen) == []
    seen.emulate_media(media="print")
    seen.set_viewport_size({"width": 794, "height": 1123})
    for gone in (".page-head", ".no-print"):
        assert not any(one.is_visible() for one in seen.locator(gone).all())
    assert seen.evaluate(INK)
    assert seen.evaluate(TORN)


@pytest.mark.parametrize("page", ["/help-page", "{workshop}"])
def test_the_help_page_and_the_door_to_a_room_fit_a_narrow_window(house: House, watch: Watch, page: str) -> None:
    ada = house.cast.facilitator("Ada")
    ada.browser.post("/help-page/begin", {"region": ["UK"]})
    place = house.url + page.format(workshop=ada.workshop)
    seen = watch.page(place, cookies=dict(ada.browser.cookies), **NARROW)
    assert seen.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(seen) == []
