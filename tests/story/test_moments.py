"""Moments of a session, each told by itself: coming late, taking back, what stays hidden, how it ends."""

from __future__ import annotations

import csv
import io
import json
import re

import gevent
import pytest

from sessions import closing
from tests.actors import Cast, Facilitator, Phone
from tests.pages import Element

TALK_INSTEAD = "Let us talk about"
TOO_FEW = "We keep this one between us"


def all_answer(phones: list[Phone], *options: str) -> None:
    for i, phone in enumerate(phones):
        phone.answers(choice=options[i % len(options)])


def rows(ada: Facilitator, step: str) -> list[dict[str, str]]:
    table = csv.DictReader(io.StringIO(ada.takes_home("csv").decode("utf-8-sig")))
    return [row for row in table if row["step_id"] == step]


# ---------- coming late ----------


def test_a_latecomer_meets_consent_then_the_interruption_page_then_the_present_step(
    cast: Cast, ada: Facilitator
) -> None:
    ada.opens("core").goes_to("s12_two_ways")
    phone = cast.phone().joins(ada.code)
    assert "The group has started" in phone.sees()
    phone.confirms("consent")
    assert "You choose how far you join in" in phone.sees()
    phone.confirms("interruption")
    assert phone.covered() is None
    assert "Leaning on each other is one thing" in phone.sees()


def test_who_was_there_in_time_meets_only_the_consent(cast: Cast, ada: Facilitator) -> None:
    ada.opens("core")
    phone = cast.phone().joins(ada.join_url)
    assert "about to join a group workshop" in phone.sees()
    phone.confirms()
    ada.starts()
    assert phone.covered() is None
    assert "How did you get here today?" in phone.sees()


# ---------- a second round ----------


def test_a_second_round_stands_beside_the_first_and_there_is_no_third(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    phones = cast.phones(ada.join_url, 5)
    all_answer(phones, "a")
    ada.closes(now=True, show=True)
    ada.asks_again()
    assert ada.desk["round"] == 2
    assert "once more" in phones[0].sees()
    assert phones[0].mine == "none"
    all_answer(phones, "b")
    ada.closes(now=True, show=True)
    assert ada.refused("again") == "A question can be asked twice at the most."
    ada.goes_to("talk")
    ada.ends()
    shown = {(row["round"], row["option_id"]): row["value"] for row in rows(ada, "easy")}
    assert (shown["1", "a"], shown["1", "b"]) == ("5", "0")
    assert (shown["2", "a"], shown["2", "b"]) == ("0", "5")


def test_a_second_round_of_something_personal_says_only_fewer_about_the_same_or_more(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("near")
    phones = cast.phones(ada.join_url, 12)
    for option in ("a", "b"):
        for i, phone in enumerate(phones):
            phone.answers(choice=option if i < 8 else "c")
        ada.closes(now=True, show=True)
        if option == "a":
            ada.asks_again()
    ada.goes_to("talk")
    ada.ends()
    second = [row for row in rows(ada, "near") if row["round"] == "2"]
    assert second
    assert {row["value"] for row in second} <= {"fewer", "about the same", "more"}


# ---------- stopping for a moment ----------


def test_a_pause_takes_no_answers_and_loses_none(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    mia, noor = cast.phones(ada.join_url, 2)
    form = noor.form()
    mia.answers(choice="a")
    ada.pauses()
    assert "two minutes" in mia.sees()
    assert "two minutes" in ada.screen.sees()
    late = noor.browser.post("/w/answer", {**form, "choice": "b"}, Accept="text/html-fragment")
    assert (late.status, late.code) == (409, "paused")
    assert ada.refused("next") == "The room is paused. Go on first."
    ada.resumes()
    assert mia.mine == "saved"
    assert noor.mine == "none"
    noor.answers(choice="b")
    assert ada.desk["answered"] == 2


def test_care_stops_the_room_and_tells_it_no_more_than_that(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("near")
    phone = cast.phone(ada.join_url)
    ada.presses("care")
    screen = ada.screen
    assert "We're taking two minutes." in screen.sees()
    for word in ("care", "near"):
        assert word not in screen.page().get("stage").text.lower()
        assert word not in phone.page().get("stage").text.lower()
    assert ada.desk["next"] == "resume"
    ada.resumes()
    assert (ada.desk["state"], ada.step) == ("live", "near")


def test_after_care_the_room_can_pass_over_what_is_tender(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("deep")
    assert ada.desk["step_state"] == "shown", "a tender question opened by itself"
    ada.asks()
    phones = cast.phones(ada.join_url, 6)
    all_answer(phones, "a", "b")
    ada.presses("care")
    ada.presses("resume", skip="tender")
    assert (ada.desk["state"], ada.step) == ("live", "many")
    assert "Apples" not in ada.screen.page().get("stage").all("div", class_="title")[0].text


def test_who_skips_the_tender_steps_before_they_come_never_meets_them(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("near")
    ada.presses("care")
    assert "Skip the tender steps" in ada.page().get("console").text
    ada.presses("resume", skip="tender")
    assert ada.step == "near"
    ada.closes(now=True)
    ada.moves_on()
    assert ada.step == "many"


def test_a_tender_step_can_be_brought_back_after_care(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("near")
    ada.presses("care")
    ada.presses("resume", skip="tender")
    ada.presses("bring-back", step="deep")
    ada.closes(now=True)
    ada.moves_on()
    assert ada.step == "deep"


def noted(page: Element) -> list[str]:
    """What a phone says besides the step and its state."""
    said = [one.text for one in page.get("stage").all("p", class_="notice")]
    return [one for one in said if not one.startswith("Closed.")]


def test_a_kind_note_is_on_every_phone_in_a_pause_too_until_it_is_taken_back(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("near")
    mia = cast.phone(ada.join_url)
    for pause in (False, True):
        if pause:
            ada.pauses()
        assert noted(mia.page()) == []
        ada.presses("kind-note")
        (note,) = noted(mia.page())
        assert note.startswith("If something you wrote or heard feels heavy")
        assert note in ada.page().get("console").text, "she does not see that it is there"
        ada.presses("kind-note", say="nothing")
        assert noted(mia.page()) == []
        assert note not in ada.page().get("console").text


def test_a_kind_note_goes_when_the_room_goes_on(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("near")
    mia = cast.phone(ada.join_url)
    ada.presses("kind-note")
    ada.closes(now=True)
    assert len(noted(mia.page())) == 1
    ada.moves_on()
    assert noted(mia.page()) == []
    assert ada.refused("kind-note", say="shout") == "There is no such button."


def test_a_quiet_minute_is_counted_down_on_phones_and_screen_and_goes_with_the_step(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("near")
    mia = cast.phone(ada.join_url)
    for say, words, seconds in (("alone", "Alone first", "60"), ("pairs", "In pairs", "120")):
        ada.presses("kind-note", say=say)
        for page in (mia.page(), ada.screen.page()):
            (said,) = [one for one in page.get("stage").all("p", class_="notice") if words in one.text]
            assert said.all("span")[0].at["data-left"] == seconds
    ada.closes(now=True)
    ada.moves_on()
    assert "In pairs" not in mia.sees() + ada.screen.sees()


def test_for_a_line_too_sharp_for_the_screen_all_phones_are_asked_for_a_new_one(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("lines")
    phones = cast.phones(ada.join_url, 4)
    for i, phone in enumerate(phones):
        phone.answers(text=f"line {i}")
    ada.closes(now=True)
    ada.leaves_off("line 0")
    assert "Ask all phones for a new one" in ada.page().get("texts").text
    ada.presses("kind-note", say="rephrase")
    for phone in phones:
        assert noted(phone.page()) == ["Some lines came in too sharp for the screen. You can send a new one."]


def test_a_quiet_word_reaches_the_console_alone_and_is_gone_when_seen_to_or_taken_back(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).starts()
    mia, noor = cast.phones(ada.join_url, 2)
    mia.asks_for_a_quiet_word("behind the piano")
    said = ada.browser.get(ada.console).text
    assert "behind the piano" in said
    for other in (noor.browser.get("/w").text, ada.screen.browser.get(ada.screen.path).text):
        assert "behind the piano" not in other
    assert "behind the piano" not in json.dumps(ada.desk)
    mia.takes_the_quiet_word_back()
    assert "behind the piano" not in ada.browser.get(ada.console).text
    noor.asks_for_a_quiet_word("near the door")
    (word,) = re.findall(r'name="id" value="([0-9a-f]{12})"', ada.browser.get(ada.console).text)
    ada.presses("quiet", id=word)
    assert "near the door" not in ada.browser.get(ada.console).text


# ---------- taking back, looking back ----------


def test_back_only_looks_and_next_returns_to_where_the_room_was(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    phones = cast.phones(ada.join_url, 4)
    form = phones[0].form()
    all_answer(phones, "a", "b")
    ada.closes(now=True, show=True)
    seen = phones[0].page().get("stage").text
    ada.moves_on()
    ada.closes(now=True)
    ada.goes_back()
    assert phones[0].page().get("stage").text == seen
    assert not phones[0].page().get("stage").all("form")
    refused = phones[0].browser.post("/w/answer", {**form, "rev": "9", "choice": "c"}, Accept="text/html-fragment")
    assert (refused.status, refused.code) == (409, "closed")
    ada.moves_on()
    assert (ada.step, ada.desk["step_state"], ada.desk["round"]) == ("near", "closed", 1)


def test_back_after_a_leap_asks_nothing_that_was_leapt_over(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    ada.closes(now=True)
    ada.shows("words")
    ada.closes(now=True)
    ada.goes_back()
    assert ada.step == "easy"
    ada.goes_back()
    ada.goes_back()
    assert ada.refused("back") == "There is no step before this one."


def test_the_last_seconds_take_answers_and_can_be_taken_back(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    mia, noor = cast.phones(ada.join_url, 2)
    mia.answers(choice="a")
    ada.closes()
    assert ada.desk["step_state"] == "closing"
    assert "Last seconds" in noor.sees()
    noor.answers(choice="b")
    ada.undoes()
    assert ada.desk["step_state"] == "open"
    assert "Last seconds" not in noor.sees()
    mia.answers(choice="c")
    assert ada.desk["answered"] == 2


def test_last_seconds_end_by_themselves_and_show_when_that_was_asked(
    cast: Cast, ada: Facilitator, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.6)
    ada.opens(workshop=room).goes_to("easy")
    phones = cast.phones(ada.join_url, 3)
    all_answer(phones, "a")
    ada.closes(show=True)
    gevent.sleep(0.8)
    assert ada.desk["step_state"] == "revealed"
    assert "Apples" in ada.screen.sees()


def test_a_close_that_was_taken_back_does_not_happen_later(
    cast: Cast, ada: Facilitator, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.6)
    ada.opens(workshop=room).goes_to("easy")
    ada.closes()
    ada.undoes()
    gevent.sleep(0.8)
    assert ada.desk["step_state"] == "open"


def test_closing_while_most_are_still_thinking_asks_first(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    mia, *_ = cast.phones(ada.join_url, 4)
    mia.answers(choice="a")
    assert ada.refused("close", show="1") == "Under half have answered. Close anyway?"
    ada.presses("close", sure="1")
    assert ada.desk["step_state"] == "closing"


# ---------- too few ----------


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_under_the_threshold_nothing_is_shown_but_a_question_to_talk_about(
    cast: Cast, ada: Facilitator, room: str, answers: int
) -> None:
    ada.opens(workshop=room).goes_to("easy")
    phones = cast.phones(ada.join_url, 4)
    all_answer(phones[:answers], "c")
    ada.closes(now=True, show=True)
    for seen in (ada.screen.page().get("stage").text, phones[0].page().get("stage").text):
        assert TOO_FEW in seen
        assert f"{TALK_INSTEAD} easy." in seen
        assert "Cheese" not in seen
    assert "Cheese" not in ada.page().get("console").text
    ada.goes_to("talk")
    ada.ends()
    (row,) = rows(ada, "easy")
    assert row["value"] == "withheld"
    (release,) = next(step for step in json.loads(ada.takes_home("json"))["steps"] if step["id"] == "easy")["releases"]
    assert (release["withheld"], release["parts"]) == (True, [])


def test_how_many_there_were_under_the_threshold_cannot_be_seen(cast: Cast, ada: Facilitator, room: str) -> None:
    seen = set()
    for answers in (0, 1, 4):
        ada.opens(workshop=room).goes_to("near")
        phones = cast.phones(ada.join_url, 6)
        all_answer(phones[:answers], "a", "c")
        ada.closes(now=True, show=True)
        stage = ada.screen.page().get("stage").text.replace(f"{ada.code[:4]} {ada.code[4:]}", "")
        ada.goes_to("talk")
        ada.ends()
        seen.add((stage, json.dumps(rows(ada, "near"))))
    assert len(seen) == 1


def test_texts_of_too_few_are_read_by_nobody(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("inner")
    for i, phone in enumerate(cast.phones(ada.join_url, 4)):
        phone.answers(text=f"a line of mine {i}")
    ada.closes(now=True)
    assert ada.texts() == []
    assert "a line of mine" not in ada.browser.get(ada.console).text
    ada.reveals()
    assert f"{TALK_INSTEAD} inner." in ada.screen.sees()


# ---------- reading first ----------


def test_texts_are_held_until_shown_and_hidden_ones_are_never_seen(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("lines")
    phones = cast.phones(ada.join_url, 4)
    said = ("Good line", "Hide this line", "Say this better", "Write to me@example.org today")
    for phone, line in zip(phones, said, strict=True):
        phone.answers(text=line)
    screen = ada.screen
    assert ada.texts() == [], "a text could be read before the question was closed"
    ada.closes(now=True, show=True)
    assert ada.desk["step_state"] == "closed", "close and show went past the reading"
    assert sorted(words for _id, words in ada.texts("held")) == sorted((*said[:3], "Write to … today"))
    ada.leaves_off("Hide this line")
    (better,) = [id for id, words in ada.texts() if words == "Say this better"]
    ada.presses("text", do="edit", id=better, text="Said better")
    ada.lets_through()
    assert [words for _id, words in ada.texts("held")] == ["Write to … today"], "a marked one went along"
    assert "Good line" not in screen.sees()
    assert "unread" in ada.refused("reveal"), "what nobody has read was about to be deleted"
    ada.reveals(unread=True)
    for seen in (screen.sees(), phones[0].sees()):
        assert "Good line" in seen
        assert "Said better" in seen
        for never in ("Hide this line", "Say this better", "example.org", "Write to"):
            assert never not in seen
    ada.goes_to("talk")
    ada.ends()
    assert sorted(row["value"] for row in rows(ada, "lines")) == ["Good line", "Said better"]
    everything = ada.takes_home("csv") + ada.takes_home("json") + ada.browser.get(f"/sessions/{ada.live}").body
    for never in ("Hide this line", "Say this better", "example.org", "Write to"):
        assert never.encode() not in everything


def test_words_that_two_phones_send_pass_by_themselves(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("words")
    for phone, word in zip(cast.phones(ada.join_url, 3), ("Wall", "walls", "breeze"), strict=True):
        phone.answers(entry=word)
    ada.closes(now=True)
    assert len(ada.texts("passed")) == 1
    assert ada.texts("held") == [(ada.texts("held")[0][0], "breeze")]
    ada.reveals(unread=True)
    seen = ada.screen.sees().lower()
    assert "wall" in seen
    assert "breeze" not in seen


def test_texts_that_were_never_shown_are_gone_at_the_end(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("lines")
    for i, phone in enumerate(cast.phones(ada.join_url, 3)):
        phone.answers(text=f"waiting line {i}")
    ada.closes(now=True)
    ada.ends()
    assert rows(ada, "lines") == []
    assert b"waiting line" not in ada.takes_home("json")
    assert "waiting line" not in ada.browser.get(ada.console).text


def test_what_only_the_facilitator_may_see_is_on_the_console_and_among_the_results_and_never_shown_to_the_room(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("alone")
    phones = cast.phones(ada.join_url, 3)
    all_answer(phones, "c")
    ada.closes(now=True)
    assert "Cheese" in ada.page().get("console").text
    assert "reveal" not in ada.buttons(), "the console offers to show the room what is for the facilitator alone"
    stages = (ada.screen.page().get("stage"), phones[0].page().get("stage"))
    assert not any(stage.all(class_="bars") for stage in stages)
    ada.goes_to("talk")
    ada.ends()
    assert "3" in [row["value"] for row in rows(ada, "alone") if row["option_id"] == "c"]


# ---------- the door ----------


def test_a_locked_room_keeps_who_is_in_and_lets_nobody_else_in(cast: Cast, ada: Facilitator) -> None:
    ada.opens()
    inside = cast.phone(ada.join_url)
    url, code = ada.join_url, ada.code
    ada.presses("lock")
    assert ada.desk["code"] is None
    outside = cast.phone()
    assert outside.tries_to_join(url).status == outside.tries_to_join(code).status == 404
    assert inside.state == "lobby"
    assert inside.tries_to_join(url).status == 303
    inside.browser.cookies.clear()
    assert inside.tries_to_join(url).status == 404
    ada.presses("unlock")
    assert ada.code != code
    assert outside.tries_to_join(code).status == 404
    assert outside.joins(ada.code).confirms().state == "lobby"


def test_a_new_code_makes_the_old_code_and_the_old_picture_worthless(cast: Cast, ada: Facilitator) -> None:
    ada.opens()
    url, code = ada.join_url, ada.code
    ada.presses("code")
    phone = cast.phone()
    assert phone.tries_to_join(url).status == phone.tries_to_join(code).status == 404
    assert ada.join_url != url
    assert f"{ada.code[:4]} {ada.code[4:]}" in ada.screen.sees()
    assert phone.joins(ada.join_url).confirms().state == "lobby"


# ---------- the end ----------


def test_ending_counts_what_is_open_and_closes_every_door(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    phones = cast.phones(ada.join_url, 3)
    all_answer(phones, "b")
    phones[0].asks_for_a_quiet_word("behind the piano")
    url, code, screen = ada.join_url, ada.code, ada.screen
    ada.ends()
    assert {row["option_id"]: row["value"] for row in rows(ada, "easy")}["b"] == "3"
    assert "behind the piano" not in ada.browser.get(ada.console).text
    assert screen.state == "ended"
    newcomer = cast.phone()
    assert newcomer.tries_to_join(url).status == newcomer.tries_to_join(code).status == 404
    for path in ("/w", "/w/mine?v=0", "/w/help"):
        assert phones[0].browser.get(path).status == 410
    assert phones[0].browser.post("/w/answer", {"step": "easy", "choice": "a"}).status == 410
    for verb in ("next", "open", "close", "reveal", "again", "pause", "end", "show"):
        ada.refused(verb, step="easy", sure="1")


def test_leaving_frees_the_seat_at_once_and_takes_every_cookie(cast: Cast, ada: Facilitator) -> None:
    ada.opens()
    mia, noor = cast.phones(ada.join_url, 2)
    assert ada.desk["joined"] == 2
    mia.asks_for_a_quiet_word("behind the piano")
    answer = mia.leaves()
    assert answer.status == 200
    assert "workshop" not in answer.text.lower()
    assert mia.browser.cookies == {}
    assert mia.browser.get("/w").status == 410
    assert ada.desk["joined"] == 1
    assert "behind the piano" not in ada.browser.get(ada.console).text
    assert noor.state == "lobby"


def test_ending_asks_once_more_when_a_person_presses_it(cast: Cast, ada: Facilitator) -> None:
    ada.opens()
    mark = ada.page().all("input", name="mark")[0].at["value"]
    assert "Press once more" in ada.refused("end", mark=mark)
    ada.presses("end", mark=mark, sure="1")
    assert ada.desk["state"] == "ended"


# ---------- stepping out of a role ----------


@pytest.mark.parametrize("plan", ["core", "short"])
def test_nobody_is_left_in_a_role_by_any_verb(cast: Cast, ada: Facilitator, room: str, plan: str) -> None:
    ada.opens(plan, workshop=room).goes_to("talk")
    phone = cast.phone(ada.join_url)
    assert "Find one partner" in phone.page().get("stage").text
    ada.moves_on()
    assert ada.step == "talk", "on means the next stage while there is one"
    sentence = "People are still in their roles. Let them step out first."
    assert ada.refused("show", step="care") == sentence
    assert ada.refused("back") == sentence
    assert ada.refused("end", sure="1") == sentence
    ada.presses("care")
    assert ada.refused("end", sure="1") == sentence
    assert ada.refused("resume", to="care") == sentence
    ada.resumes()
    for _ in range(8):
        if "Step out" in phone.page().get("stage").text or "Shake out" in phone.page().get("stage").text:
            break
        ada.refused("end", sure="1")
        ada.presses("forward")
    assert "Shake out your hands" in phone.page().get("stage").text
    ada.ends()


def test_a_room_that_only_prepares_may_turn_round_and_comes_back_to_where_it_was(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("talk")
    ada.goes_back()
    ada.moves_on()
    assert ada.step == "talk"
    ada.moves_on()
    ada.refused("back")


def test_step_out_now_leads_straight_to_stepping_out(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("talk")
    ada.refused("act", action="derole")
    ada.moves_on()
    ada.presses("act", action="derole")
    assert "Shake out your hands" in cast.phone(ada.join_url).page().get("stage").text
    ada.goes_back()
    assert ada.step == "alone"
