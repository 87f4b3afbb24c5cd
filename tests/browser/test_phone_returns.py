"""Phones that come late, sleep, reload, lose the link or the server: each returns to its place and its answer."""

from __future__ import annotations

import time
from collections import Counter

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.people import Phone
from tests.browser.watching import Watch

LINE = "Half a line that is not"
SILENCE = 12.0


def test_a_latecomer_meets_the_consent_and_the_interruption_page_before_the_question(
    house: House, watch: Watch
) -> None:
    ada = house.opens_room("easy")
    mia = Phone.at(watch, house.door(ada))
    mia.press("Join the room")
    expect(mia.page.get_by_role("heading", name="Welcome. The group has started.")).to_be_visible()
    expect(mia.stage).to_be_hidden()
    mia.press("I'm ready", exact=True)
    expect(mia.page.get_by_role("heading", name="You choose how far you join in.")).to_be_visible()
    expect(mia.stage).to_be_hidden()
    ada.closes(now=True, show=True)
    ada.shows("near")
    expect(mia.heading).to_have_text("What of near?")
    expect(mia.stage).to_be_hidden()
    mia.press("I am ready")
    expect(mia.stage).to_be_visible()
    mia.page.reload()
    expect(mia.stage).to_be_visible()


def test_a_phone_that_slept_is_at_the_right_place_when_it_wakes(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia = house.phone(watch, ada)
    mia.answers("Apples")
    session = mia.page.context.new_cdp_session(mia.page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    ada.closes(now=True, show=True)
    ada.shows("near")
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(mia.heading).to_have_text("What of near?")
    mia.is_told("none")
    mia.answers("Bread")


def test_a_phone_that_is_put_away_shows_nothing_and_asks_at_once_when_it_is_taken_out(
    house: House, watch: Watch
) -> None:
    ada = house.opens_room("easy")
    mia = house.phone(watch, ada)
    hide(mia.page, hidden=True)
    expect(mia.page.locator("html")).to_have_attribute("data-curtain", "")
    expect(mia.heading).to_be_hidden()
    with mia.page.expect_request("**/w/mine?v=*"):
        hide(mia.page, hidden=False)
    expect(mia.heading).to_be_visible()


def hide(page: Page, *, hidden: bool) -> None:
    """As when another app comes to the front: a browser without a head never does it by itself."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
            document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        }""",
        hidden,
    )


def test_reload_and_back_find_the_same_place_and_the_same_answer(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia = house.phone(watch, ada)
    mia.answers("Apples")
    mia.page.reload()
    mia.is_told("saved")
    expect(mia.page.get_by_text("Apples")).to_be_hidden()
    mia.page.goto(f"{house.url}/w/help")
    mia.page.go_back()
    mia.is_told("saved")
    mia.follow("Change")
    mia.answers("Bread")
    assert ada.desk["answered"] == 1


def test_two_tabs_of_one_phone_are_one_voice_and_the_newest_choice_holds(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    first, others = house.phone(watch, ada), house.cast.phones(ada.join_url, 2)
    second = Phone(first.page.context.new_page())
    second.page.goto(f"{house.url}/w")
    first.answers("Apples")
    second.answers("Bread")
    first.page.bring_to_front()
    first.follow("Change")
    first.answers("Cheese")
    for other in others:
        other.answers(choice="a")
    assert ada.desk["answered"] == 3
    ada.closes(now=True, show=True)
    for tab in (first, second):
        expect(tab.stage.locator(".bar-line").filter(has_text="Cheese")).to_contain_text("1")
        expect(tab.stage.locator(".bar-line").filter(has_text="Bread")).to_contain_text("0")


def test_a_script_that_was_lost_on_its_way_is_missed_and_fetched_again(house: House, watch: Watch) -> None:
    ada, lost = house.opens_room("easy"), True
    mia = Phone.at(watch, house.door(ada))
    mia.page.route("**/js/live.js", lambda route: route.abort() if lost else route.continue_())
    mia.joins()
    expect(mia.page.get_by_text("The link dropped. Still trying.")).to_be_visible()
    lost = False
    expect(mia.page.get_by_text("You're connected again.")).to_be_visible()
    ada.closes(now=True)
    mia.is_at("closed")


# ---------- without a link, without a server ----------


def test_neither_a_half_typed_text_nor_a_choice_is_lost_in_twenty_cuts(far: House, watch: Watch) -> None:
    polled, written = far.opens("s00_warmup", "full"), far.opens("s16_worst_help", "full")
    mia, noor = far.phone(watch, polled), far.phone(watch, written)
    mia.choose("By bike")
    mia.page.get_by_role("link", name="Help").focus()
    noor.stage.get_by_role("textbox").first.fill(LINE)
    for cut in range(20):
        far.link.cut()
        for ada in (polled, written):
            ada.presses("unlock" if cut % 2 else "lock")
        far.link.mend()
        for phone, ada in ((mia, polled), (noor, written)):
            expect(phone.stage).to_have_attribute("data-v", str(ada.desk["version"]))
    expect(mia.stage.get_by_label("By bike")).to_be_checked()
    expect(noor.stage.get_by_role("textbox").first).to_have_value(LINE)
    expect(noor.stage.get_by_role("textbox").first).to_be_focused()


def test_in_flight_mode_help_opens_and_the_answer_waits_until_the_link_is_back(far: House, watch: Watch) -> None:
    ada = far.opens("s00_warmup")
    mia = far.phone(watch, ada)
    mia.page.context.set_offline(True)
    expect(mia.page.get_by_text("The link dropped. Still trying.")).to_be_visible()
    mia.choose("By bike")
    mia.press("Send")
    expect(mia.stage.get_by_text("Your answer waits here and is sent when the link is back.")).to_be_visible()
    mia.follow("Help")
    expect(mia.page.get_by_role("dialog").get_by_text("In the room")).to_be_visible()
    mia.press("I'd like a quiet word")
    expect(mia.page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "That did not reach the room. Please try again."
    )
    mia.page.get_by_role("dialog").get_by_role("button", name="Back").click()
    mia.page.context.set_offline(False)
    mia.is_told("saved")
    expect(mia.page.get_by_text("You're connected again.")).to_be_visible()
    assert ada.desk["answered"] == 1


def test_what_closed_while_the_link_was_down_is_closed_and_the_phone_is_where_the_room_is(
    far: House, watch: Watch
) -> None:
    ada = far.opens("s00_warmup")
    mia = far.phone(watch, ada)
    far.link.cut()
    mia.choose("By bike")
    mia.press("Send")
    expect(mia.stage.get_by_text("Your answer waits here")).to_be_visible()
    ada.closes(now=True)
    ada.moves_on()
    far.link.mend()
    mia.is_at("reading")
    expect(mia.page.get_by_text("If your answer reached us before that, it is counted.")).to_be_visible()


def test_a_server_that_is_killed_and_started_again_has_every_saved_answer_once(far: House, watch: Watch) -> None:
    ada = far.opens("s00_warmup")
    mia, noor, others = far.phone(watch, ada), far.phone(watch, ada), far.cast.phones(ada.join_url, 2)
    for other in others:
        other.answers(choice="bus")
    mia.answers("By bike")
    far.server.kill()
    expect(mia.page.get_by_text("The link dropped. Still trying.")).to_be_visible()
    noor.choose("By car")
    noor.press("Send")
    expect(noor.stage.get_by_text("Your answer waits here")).to_be_visible()
    far.server.start()
    noor.is_told("saved")
    mia.is_told("saved")
    mia.page.reload()
    mia.is_told("saved")
    ada.closes(now=True, show=True)
    for way, people in (("By bike", "1"), ("By car", "1"), ("Bus or train", "2"), ("On foot", "0")):
        expect(mia.stage.locator(".bar-line").filter(has_text=way).locator(".bar-figure")).to_have_text(people)


# ---------- a link that is dead without a word ----------


def test_a_phone_that_hears_nothing_for_twelve_seconds_connects_anew_by_itself_and_no_other_does(
    far: House, watch: Watch
) -> None:
    """The quiet of a room is not silence: there are pings in it."""
    ada = far.opens("s00_warmup")
    mia = far.phone(watch, ada)
    far.link.swallow()
    noor = far.phone(watch, ada)
    anew = Counter[str]()
    for name, phone in (("mia", mia), ("noor", noor)):
        phone.page.on("websocket", lambda _, name=name: anew.update([name]))
    ada.closes(now=True)
    ada.moves_on()
    began = time.monotonic()
    noor.is_at("reading")
    mia.is_at("open")
    expect(mia.stage).to_have_attribute("data-state", "reading", timeout=16_000)
    noor.page.wait_for_timeout(max(0.0, SILENCE + 2 - (time.monotonic() - began)) * 1000)
    assert anew == {"mia": 1}
    for phone in (mia, noor):
        expect(phone.page.get_by_text("The link dropped. Still trying.")).to_be_hidden()


def test_an_answer_that_a_dead_link_swallows_is_sent_again_by_itself(far: House, watch: Watch) -> None:
    """Six seconds for each connection that the browser had kept; then it opens one that is whole."""
    ada = far.opens("s00_warmup")
    mia, others = far.phone(watch, ada), far.cast.phones(ada.join_url, 2)
    for other in others:
        other.answers(choice="bus")
    far.link.swallow()
    mia.choose("By bike")
    mia.press("Send")
    expect(mia.stage.get_by_text("Saving ...")).to_be_visible()
    expect(mia.mine).to_have_attribute("data-state", "saved", timeout=60_000)
    ada.closes(now=True, show=True)
    expect(mia.stage.locator(".bar-line").filter(has_text="By bike").locator(".bar-figure")).to_have_text(
        "1", timeout=20_000
    )
