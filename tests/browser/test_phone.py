"""An answer on the phone: what becomes of it is said at every moment, and what was chosen is not left in sight."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.house import House
from tests.browser.watching import Watch

LINE = "Half a line that is not"
TO_SEND = "Last seconds. Tap Send if you want to."
IS_IN = "Last seconds. Your answer is in; tap Change if you want to."


def test_it_says_saving_until_the_answer_is_stored_and_then_saved(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia = house.phone(watch, ada)
    held: list[Route] = []
    mia.page.route("**/w/answer", lambda route: held.append(route))  # noqa: PLW0108 - a built-in will not do
    mia.choose("Apples")
    mia.press("Send")
    expect(mia.stage.get_by_text("Saving ...")).to_be_visible()
    mia.is_told("none")
    assert ada.desk["answered"] == 0
    held[0].continue_()
    mia.is_told("saved")
    expect(mia.page.get_by_text("Got it. You can change it until this question closes.")).to_be_visible()
    assert ada.desk["answered"] == 1


def test_an_answer_can_be_changed_and_passed_until_the_question_closes(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia, others = house.phone(watch, ada), house.cast.phones(ada.join_url, 3)
    for other in others:
        other.answers(choice="b")
    mia.answers("Apples")
    mia.follow("Change")
    mia.answers("Cheese")
    mia.press("Pass")
    mia.is_told("saved")
    mia.follow("Change")
    mia.answers("Bread")
    ada.closes(now=True, show=True)
    expect(mia.stage.locator(".bar-line").filter(has_text="Bread")).to_contain_text("4")


def test_the_chosen_answer_is_not_to_be_seen_after_saved(house: House, watch: Watch) -> None:
    mia = house.phone(watch, house.opens_room("easy"))
    mia.answers("Apples")
    expect(mia.page.get_by_text("Apples")).to_be_hidden()
    mia.follow("Change")
    expect(mia.page.get_by_text("Apples")).to_be_visible()
    expect(mia.page.locator("input:checked")).to_have_count(0)


def test_it_says_that_these_are_the_last_seconds_and_then_that_they_are_over(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia = house.phone(watch, ada)
    mia.choose("Bread")
    ada.closes()
    mia.is_at("closing")
    expect(mia.stage.get_by_text(TO_SEND)).to_be_visible()
    expect(mia.stage.get_by_role("timer")).to_have_text("0:03")
    mia.press("Send")
    mia.is_told("saved")
    mia.is_at("closed")
    expect(mia.stage.get_by_text("Closed. The results come here and on the big screen.")).to_be_visible()
    expect(mia.mine).to_be_hidden()


def test_in_the_last_seconds_it_points_to_send_only_where_send_is_in_sight(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia, ben = house.phone(watch, ada), house.phone(watch, ada)
    mia.answers("Apples")
    ada.closes()
    mia.reads_in_the_last_seconds(IS_IN)
    ben.reads_in_the_last_seconds(TO_SEND)
    ada.undoes()
    ada.closes()
    mia.follow("Change")
    mia.reads_in_the_last_seconds(TO_SEND)
    mia.answers("Bread")
    mia.reads_in_the_last_seconds(IS_IN)


def test_too_few_answers_become_a_question_to_talk_about(house: House, watch: Watch) -> None:
    ada = house.opens_room("easy")
    mia = house.phone(watch, ada)
    mia.answers("Apples")
    ada.closes(now=True, show=True)
    expect(mia.stage.get_by_text("We keep this one between us. Let's talk it through:")).to_be_visible()
    expect(mia.stage.get_by_text("Let us talk about easy.")).to_be_visible()
    expect(mia.page.get_by_text("Apples")).to_be_hidden()


def test_a_pause_says_so_and_what_was_half_written_comes_back_with_the_question(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    mia = house.phone(watch, ada)
    mia.stage.get_by_label("Line 1").fill(LINE)
    ada.pauses()
    mia.is_at("paused")
    expect(mia.heading).to_have_text("We're taking two minutes. Nothing to do.")
    ada.resumes()
    expect(mia.stage.get_by_label("Line 1")).to_have_value(LINE)
    mia.press("Send")
    mia.is_told("saved")


def test_an_answer_that_meets_a_pause_waits_and_is_sent_when_the_room_goes_on(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    mia = house.phone(watch, ada)
    held: list[Route] = []
    mia.page.route("**/w/answer", lambda route: held.append(route))  # noqa: PLW0108 - a built-in will not do
    mia.stage.get_by_label("Line 1").fill(LINE)
    mia.press("Send")
    expect(mia.stage.get_by_text("Saving ...")).to_be_visible()
    ada.pauses()
    mia.is_at("paused")
    with mia.page.expect_response("**/w/answer") as refused:
        held[0].continue_()
    assert refused.value.headers["x-attune-code"] == "paused"
    mia.page.unroute("**/w/answer")
    mia.is_told("none")
    ada.resumes()
    mia.is_told("saved")
    assert ada.desk["answered"] == 1


def test_whatever_is_sent_to_a_question_is_one_length_and_so_is_a_pass(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    mia = house.phone(watch, ada)
    sent: list[str] = []
    mia.page.on("request", lambda request: request.url.endswith("/w/answer") and sent.append(request.post_data or ""))
    mia.press("Pass", exact=True)
    mia.is_told("saved")
    for lines in (["x"], ["Each of these becomes many: " + "🌱" * 30, "ü" * 100]):
        mia.follow("Change")
        for number, line in enumerate(lines, start=1):
            mia.stage.get_by_label(f"Line {number}").fill(line)
        mia.press("Send")
        mia.is_told("saved")
    assert len(sent) == 3
    assert {len(body) for body in sent} == {int(mia.stage.locator("[data-form]").get_attribute("data-bucket") or "")}


def test_a_refused_text_stays_in_its_field_with_the_sentence_beside_it(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    mia = house.phone(watch, ada)
    mia.press("Send")
    expect(mia.stage.get_by_role("alert").first).to_have_text("Choose something first, or tap Pass.")
    mia.stage.get_by_label("Line 1").fill("Ring 0170 1234567")
    mia.press("Send")
    expect(mia.stage.get_by_text("This may show who you or someone else is.")).to_be_visible()
    mia.is_told("none")
    mia.press("Edit")
    expect(mia.stage.get_by_label("Line 1")).to_be_focused()
    mia.stage.get_by_label("Line 1").fill("Ring somebody")
    mia.press("Send")
    mia.is_told("saved")
