"""The smallest phone, and text twice as large: every state of every kind is read without scrolling sideways."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.actors import Facilitator
from tests.browser.house import House, everybody_answers, shows_all
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.watching import Watch, barriers

TWICE = "document.documentElement.style.fontSize = '200%'"
WIDE = "document.documentElement.scrollWidth"


@dataclass
class Readers:
    """Mia with a phone of 320 px, Noor with large text; what was in their way, and in that of a screen reader."""

    mia: Phone
    noor: Phone
    found: list[str] = field(default_factory=list)

    def look(self, where: str) -> None:
        for phone, width in ((self.mia, SMALL_PHONE["viewport"]["width"]), (self.noor, 390)):
            wide = phone.page.evaluate(WIDE)
            if wide > width:
                self.found.append(f"{where} is {wide} wide on a phone of {width}")
        self.found += [f"{where}: {barrier}" for barrier in barriers(self.mia.page)]

    def follow(self, ada: Facilitator) -> None:
        desk = ada.desk
        for phone in (self.mia, self.noor):
            expect(phone.stage).to_have_attribute("data-v", str(desk["version"]))
        self.look(f"{desk['step']}, {desk['step_state']}, version {desk['version']}")


def arrive(house: House, watch: Watch, ada: Facilitator) -> Readers:
    """By the door and the consent, looking at each."""
    readers = Readers(Phone.at(watch, house.door(ada), **SMALL_PHONE), Phone.at(watch, house.door(ada)))
    readers.noor.page.evaluate(TWICE)
    readers.look("the door")
    for phone in (readers.mia, readers.noor):
        phone.press("Join the room")
        expect(phone.cover("consent")).to_be_visible()
    readers.noor.page.evaluate(TWICE)
    readers.look("the consent")
    for phone in (readers.mia, readers.noor):
        phone.press("I'm ready", exact=True)
    return readers


@pytest.mark.parametrize("workshop", ["the built-in one", "one of every sort", "one with steps that stay private"])
def test_nothing_is_cut_off_in_any_state(house: House, watch: Watch, private: str, workshop: str) -> None:
    opens = {"the built-in one": lambda: house.opens(plan="full"), "one of every sort": house.opens_room}
    ada = opens.get(workshop, lambda: house.opens(workshop=private))()
    readers, others = arrive(house, watch, ada), house.cast.phones(ada.join_url, 6)
    readers.follow(ada)
    while (desk := ada.desk)["next"] != "end":
        if desk["step_state"] == "open":
            everybody_answers(others)
            readers.mia.press("Pass")
            readers.mia.is_told("saved")
            readers.look(f"{desk['step']}, saved")
            shows_all(ada)
        elif desk["next"] is None:  # a tie in a story: it is Ada's to pick
            ada.presses("act", action="pick:a")
        elif desk["step_state"] == "shown":
            ada.asks()
        else:
            ada.moves_on()
        readers.follow(ada)
    assert readers.found == []


def test_nothing_is_cut_off_in_help_break_and_pause_and_at_the_end(house: House, watch: Watch) -> None:
    ada = house.opens("s00_warmup")
    readers = arrive(house, watch, ada)
    for phone in (readers.mia, readers.noor):
        phone.follow("Help")
    readers.look("help")
    for phone in (readers.mia, readers.noor):
        phone.page.keyboard.press("Escape")
        phone.follow("Take a break")
    readers.look("the break")
    for phone in (readers.mia, readers.noor):
        phone.follow("I'm back")
    ada.closes()
    readers.follow(ada)
    ada.presses("care")
    readers.follow(ada)
    ada.ends()
    for phone in (readers.mia, readers.noor):
        expect(phone.page.get_by_role("heading", name="The session is over.")).to_be_visible()
    readers.noor.page.evaluate(TWICE)
    readers.look("the end")
    assert readers.found == []
