"""The console is safe to project: what only the facilitator may read stands under a handle until it is held."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.watching import Watch

TEXT = "A line that only she may read"


def test_what_is_private_is_read_while_held_down(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    for phone in house.cast.phones(ada.join_url, 3):
        phone.answers(text=TEXT)
    ada.closes(now=True)
    desk = house.console(watch, ada)
    text, handle = desk.desk.get_by_text(TEXT).first, desk.desk.get_by_text("Hold to read").first
    expect(text).to_be_hidden()
    handle.hover()
    desk.page.mouse.down()
    expect(text).to_be_visible()
    desk.page.mouse.up()
    expect(text).to_be_hidden()
    desk.desk.locator("summary", has=handle).or_(handle).first.focus()
    desk.page.keyboard.press("Enter")
    expect(text).to_be_visible()
    desk.page.keyboard.press("Enter")
    expect(text).to_be_hidden()
    desk.is_at("closed")


def test_a_quiet_word_is_a_dot_until_it_is_held(house: House, watch: Watch) -> None:
    ada = house.opens_room("care")
    desk, mia = house.console(watch, ada), house.phone(watch, ada)
    mia.follow("Help")
    mia.page.get_by_label("How can we find you?").fill("by the window")
    mia.press("I'd like a quiet word")
    expect(mia.page.get_by_text("Sent to one person, who leads or helps here.")).to_be_visible()
    desk.page.get_by_role("button", name="1 quiet word").click()
    words = desk.page.get_by_text("by the window")
    expect(words).to_be_hidden()
    desk.page.locator("#care").get_by_text("Hold to read").hover()
    desk.page.mouse.down()
    expect(words).to_be_visible()
    desk.page.mouse.up()
    expect(words).to_be_hidden()
    mia.press("Take it back")
    expect(desk.page.locator("#care").get_by_role("button", name="1 quiet word")).to_have_count(0)


def test_space_in_a_field_is_a_space(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    phones = house.cast.phones(ada.join_url, 3)
    for phone in phones:
        phone.answers(text=TEXT)
    ada.closes(now=True)
    desk = house.console(watch, ada)
    desk.desk.get_by_text("Edit", exact=True).first.click()
    field = desk.desk.get_by_label("Take out what could show who somebody is.").first
    field.fill("Two")
    desk.page.keyboard.press("End")
    desk.page.keyboard.type(" words")
    expect(field).to_have_value("Two words")
    ada.lets_through(ada.texts()[-1][0])
    expect(desk.desk.get_by_text("will be shown")).to_be_visible()
    expect(field).to_have_value("Two words")
    expect(field).to_be_focused()
    desk.press("Save and show")
    expect(desk.desk.get_by_text("will be shown")).to_have_count(2)
    desk.is_at("closed")
