"""The page before a room opens: it asks, says what follows, keeps what was typed, and opens nothing by itself."""

from __future__ import annotations

import json

import pytest

from tests.actors import Cast, Facilitator
from tests.asked_pack import ASKED
from tests.browsers import FRAGMENT
from tests.pages import Element
from workshop.pack import built_in

EVERYBODY = {"setup_friends": "yes", "setup_couples": "yes", "setup_outside": "yes"}


@pytest.fixture
def place(asked: str) -> str:
    return f"{asked}/open"


@pytest.fixture
def asked(cast: Cast, ada: Facilitator) -> str:
    return cast.shelves(ada, ASKED)


def follows(page: Element) -> str:
    return page.get("follows").text


def form(page: Element) -> Element:
    (found,) = [one for one in page.all("form") if one.at["action"].endswith("/open")]
    return found


def test_every_question_of_the_pack_is_asked_and_nothing_is_answered_for_anybody(ada: Facilitator, place: str) -> None:
    page = ada.browser.get(place).page
    legends = [legend.text for legend in form(page).all("legend")]
    assert legends == ["Do some know each other?", "Are couples here?", "Are we outside?"]
    radios = [one for one in form(page).all("input") if one.at.get("type") == "radio"]
    assert len(radios) == 6
    assert not any("checked" in one.at for one in radios)
    assert all("required" in one.at for one in radios)


def test_the_form_can_only_raise_k(ada: Facilitator, place: str) -> None:
    page = ada.browser.get(place).page
    assert [one.at["value"] for one in form(page).all("option")] == ["0", "8", "10", "12", "15"]
    names = {one.at["name"] for tag in ("input", "select", "button") for one in form(page).all(tag)}
    questions = {"setup_friends", "setup_couples", "setup_outside"}
    assert names == questions | {
        "variant", "raised_k", "practice", "help", "room_line", "emergency_number", "expected", "look",
    }  # fmt: skip


def test_enter_in_a_field_opens_no_room(ada: Facilitator, place: str) -> None:
    """What a browser presses then is the first button of the form."""
    first = form(ada.browser.get(place).page).all("button")[0]
    assert (first.at["name"], first.at["value"]) == ("look", "1")


def test_looking_says_what_follows_keeps_what_was_typed_and_opens_nothing(ada: Facilitator, place: str) -> None:
    typed = {
        **EVERYBODY,
        "look": "1",
        "expected": "4",
        "raised_k": "8",
        "room_line": "By the <door>",
        "variant": "core",
    }
    answer = ada.browser.post(place, typed)
    assert answer.status == 200
    said = follows(answer.page)
    for words in ("near", "many", "Too close", "We do not use it later.", "Partners by chance.", "One clear ask"):
        assert words in said
    assert "With 4 people" in said
    assert "Let us talk about easy." in said
    assert 'value="By the &lt;door&gt;"' in answer.text
    assert answer.text.count(" checked") == 3
    assert '<option value="8" selected>' in answer.text
    assert "Running now" not in ada.browser.get("/sessions").text


def test_our_script_gets_only_what_follows(ada: Facilitator, place: str) -> None:
    answer = ada.browser.post(place, {"setup_couples": "yes", "look": "1"}, **FRAGMENT)
    assert "<html" not in answer.text
    assert "Too close" in follows(answer.page)


@pytest.mark.parametrize("given", ["0", "-1", "a few", "1.5", "٣", "9" * 50])
def test_how_many_are_expected_is_a_number_or_nothing(ada: Facilitator, place: str, given: str) -> None:
    answer = ada.browser.post(place, {"expected": given, "help": "emergency", "variant": "core"})
    assert answer.status == 422
    assert "whole number, such as 12" in answer.page.all(role="alert")[0].text
    assert f'value="{given}"' in answer.text
    assert "Running now" not in ada.browser.get("/sessions").text


def test_a_group_that_is_too_small_or_too_large_for_the_workshop_is_told_so(ada: Facilitator, place: str) -> None:
    for many, told in (("3", True), ("4", False), ("30", False), ("31", True)):
        page = ada.browser.get(f"{place}?expected={many}").page
        assert ("made for 4 to 30 people" in follows(page)) == told


def test_its_address_can_fill_it_in_and_an_unknown_plan_is_the_usual_one(ada: Facilitator, place: str) -> None:
    text = ada.browser.get(f"{place}?variant=nowhere&setup_friends=no&expected=7&raised_k=12").text
    assert 'name="variant" value="core"' in text
    assert 'name="setup_friends" value="no" required checked' in text
    assert 'value="7"' in text
    assert '<option value="12" selected>' in text


def test_questions_that_nobody_answered_count_as_a_no(ada: Facilitator, asked: str) -> None:
    ada.opens(workshop=asked)
    ada.goes_to("near")


def test_words_of_a_pack_are_text_here_too(cast: Cast, ada: Facilitator) -> None:
    nasty = "<script>alert(1)</script>"
    words = ("Are couples here?", "title: Too close", "We do not use it later.", "Partners by chance.")
    pack = ASKED
    for one in words:
        pack = pack.replace(one, f"{one.split(': ')[0]}: '{nasty}'" if ": " in one else f"'{nasty}'")
    answer = ada.browser.post(f"{cast.shelves(ada, pack)}/open", {**EVERYBODY, "look": "1"})
    assert answer.text.count("&lt;script&gt;alert(1)") >= len(words)
    assert nasty not in answer.text


def test_the_door_of_a_workshop_leads_there_with_its_plan(ada: Facilitator) -> None:
    for plan in built_in()[0][1].workshop.variants.plans:
        page = ada.browser.get(f"{ada.workshop}?variant={plan}").page
        (link,) = [one for one in page.all("a") if one.text == "Open a room"]
        assert link.at["href"] == f"{ada.workshop}/open?variant={plan}"


# ---------- while people join


def few(ada: Facilitator) -> str:
    return ada.page().get("foreseen").text


def test_the_lobby_goes_by_those_who_are_expected_and_then_by_those_who_came(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room, expected="12")
    assert few(ada) == "With 12 phones: something is shown of every question that enough people answer."
    cast.phones(ada.join_url, 4)
    assert few(ada).startswith("With 4 phones: 4 questions of 8 are talked through.")
    assert "Let us talk about near." in few(ada)
    cast.phones(ada.join_url, 2)
    assert "Let us talk about" not in few(ada)
    ada.starts()
    assert few(ada) == ""


def test_without_a_number_the_lobby_says_nothing_before_somebody_came(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    assert few(ada) == ""


# ---------- what the session keeps


def test_answers_are_no_part_of_what_is_taken_home(ada: Facilitator, asked: str) -> None:
    ada.opens(workshop=asked, **EVERYBODY)
    ada.ends()
    assert "couples" not in json.dumps(json.loads(ada.takes_home("json")))
    assert "Are couples here?" not in ada.browser.get(f"/sessions/{ada.live}/summary").text


def test_neither_phones_nor_the_screen_hear_of_the_answers(cast: Cast, ada: Facilitator, asked: str) -> None:
    ada.opens(workshop=asked, **EVERYBODY)
    mia = cast.phone(ada.join_url)
    ada.starts()
    for page in (mia.browser.get("/w").text, mia.browser.get("/w/help").text, ada.screen.sees()):
        assert "couples" not in page
