"""A phone whose script has not loaded, or never will: every way is a link or a plain form."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.people import Phone
from tests.browser.watching import Watch

LINE = "Half a line that is not"


def test_without_script_every_way_is_a_link_or_a_form(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.choose("Apples")
    noor.press("Send")
    noor.is_told("saved")
    expect(noor.page.get_by_text("Apples")).to_be_hidden()
    noor.follow("Change")
    noor.choose("Bread")
    noor.press("Send")
    noor.is_told("saved")
    noor.press("Pass")
    noor.is_told("saved")
    assert ada.desk["answered"] == 1
    noor.follow("Take a break")
    expect(noor.page.get_by_role("heading", name="Breathe out slowly.")).to_be_visible()
    noor.follow("I'm back")
    expect(noor.heading).to_be_visible()


def test_without_script_help_and_a_quiet_word_are_a_page_of_their_own(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.follow("Help")
    expect(noor.page.get_by_text("Feel both feet on the floor.")).to_be_visible()
    noor.page.get_by_label("How can we find you?").fill("by the window")
    noor.press("I'd like a quiet word")
    expect(noor.page.get_by_text("Sent to one person, who leads or helps here.")).to_be_visible()
    assert "by the window" in ada.page().get("care").all("p", dir="auto")[0].text
    noor.press("Take it back")
    expect(noor.page.get_by_label("How can we find you?")).to_be_visible()
    assert ada.page().get("care").text == ""
    noor.follow("Back")
    expect(noor.stage.get_by_text("Apples")).to_be_visible()


def test_without_script_a_refused_answer_keeps_what_was_typed(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.press("Send")
    expect(noor.stage.get_by_role("alert").first).not_to_be_empty()
    noor.stage.get_by_label("Line 1").fill(LINE)
    ada.closes(now=True)
    noor.press("Send")
    expect(noor.page.get_by_role("main")).to_contain_text("If your answer reached us before that, it is counted.")


def test_without_script_the_last_seconds_point_to_send_only_where_send_is_in_sight(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.choose("Apples")
    noor.press("Send")
    ada.closes()
    noor.page.reload()
    noor.reads_in_the_last_seconds("Last seconds. Your answer is in; tap Change if you want to.")
    noor.follow("Change")
    noor.reads_in_the_last_seconds("Last seconds. Tap Send if you want to.")
