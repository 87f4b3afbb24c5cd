"""A room finds its agreement: lines are talked about, reworded and adopted, and stay at hand from then on."""

from __future__ import annotations

import json

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.room_pack import step
from tests.workshop.small_pack import SMALL

LINES = ("We speak from our own life.", "Passing is always fine.", "We share the talking time.")
ITEMS = f"""\
    items:
      - {{id: own, text: {LINES[0]}}}
      - {{id: pass, text: {LINES[1]}}}
      - {{id: air, text: {LINES[2]}}}
"""
OWN = ITEMS + "    add_your_own: {enabled: true, max_chars: 80, moderation: before_display, min_show: 1}"
TAP = ITEMS + "    one_tap_for_all: true"
PACK = SMALL.replace(
    "steps:\n",
    "steps:\n" + step("agree", "agreement", "low", OWN) + step("tap", "agreement", "low", TAP),
    1,
)
BUBBLE = "Somebody would like to talk about it."
TICK = "Most can live with it."


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    ada = cast.facilitator("Ada")
    return ada.opens(workshop=cast.shelves(ada, PACK))


def everybody_has_said(cast: Cast, ada: Facilitator, *own: str) -> list[Phone]:
    """Seven phones: most can live with all, one wants to talk about the last line; and these lines of their own."""
    phones = cast.phones(ada.join_url, 7)
    ada.shows("agree")
    lines = (*own, *[""] * 7)
    for phone, line in zip(phones[:6], lines, strict=False):
        phone.answers(**{"line-own": "ok", "line-pass": "ok", "line-air": "ok", "own": line})
    phones[6].answers(**{"line-own": "ok", "line-air": "talk"})
    ada.closes(now=True)
    return phones


def signs(words: str, line: str) -> tuple[bool, bool]:
    """Tick and bubble of a line, as they are told to ears."""
    after = words.split(line, 1)[1]
    for other in LINES:
        after = after.split(other, 1)[0]
    return TICK in after, BUBBLE in after


def test_own_lines_wait_for_a_person_and_one_is_enough(cast: Cast, ada: Facilitator) -> None:
    phones = everybody_has_said(cast, ada, "We start on time.", "Nobody is called Bob.")
    assert "on time" not in ada.screen.sees() + phones[0].sees()
    assert sorted(words for _id, words in ada.texts("held")) == ["Nobody is called Bob.", "We start on time."]
    ada.leaves_off("Nobody is called Bob.")
    ada.lets_through()
    ada.reveals()
    for seen in (ada.screen.sees(), phones[3].sees()):
        assert "We start on time." in seen
        assert "Bob" not in seen


def test_the_room_sees_ticks_and_bubbles_and_no_count(cast: Cast, ada: Facilitator) -> None:
    phones = everybody_has_said(cast, ada)
    ada.reveals()
    for seen in (ada.screen.page().get("stage").text, phones[0].sees(), ada.sees()):
        assert signs(seen, LINES[0]) == (True, False)
        assert signs(seen, LINES[2]) == (True, True)
    for page in (ada.screen.page(), phones[0].page()):
        (lines,) = page.get("main").all(class_="agreed")
        assert not any(character.isdigit() for character in lines.text)


def test_lines_are_put_the_way_the_room_has_said_and_then_adopted(cast: Cast, ada: Facilitator) -> None:
    phones = everybody_has_said(cast, ada, "We start on time.")
    ada.lets_through()
    ada.reveals()
    ada.presses("act", action="reword", which="air", text="Everybody gets a turn.")
    ada.presses("act", action="out", which="pass")
    ada.presses("act", action="add", text="Jokes are fine.")
    seen = ada.screen.sees()
    assert "Everybody gets a turn." in seen
    assert LINES[1] not in seen
    verb, label, _fields = ada.primary()
    assert (verb, label) == ("next", "Adopt")
    ada.moves_on()
    agreed = [LINES[0], "Everybody gets a turn.", "We start on time.", "Jokes are fine."]
    for place in (ada.screen.page().get("stage"), phones[6].page().get("stage")):
        (adopted,) = place.all(class_="adopted")
        assert adopted.text == f"This is our agreement. {' '.join(agreed)}"
    assert ada.step == "agree"
    ada.moves_on()
    assert ada.step == "tap"


def test_what_is_typed_is_refused_with_a_sentence(cast: Cast, ada: Facilitator) -> None:
    everybody_has_said(cast, ada)
    assert ada.refused("act", action="add", text="Jokes are fine.") == "That is not possible at this point."
    ada.reveals()
    assert ada.refused("act", action="add", text="  ") == "Write the line first."
    assert "too long" in ada.refused("act", action="reword", which="own", text="x" * 91)
    assert ada.refused("act", action="reword", which="nowhere", text="Yes.") == "That is not possible at this point."


def test_the_agreement_stays_one_tap_away_for_latecomers_too(cast: Cast, ada: Facilitator) -> None:
    (mia, *_others) = everybody_has_said(cast, ada)
    ada.reveals()
    assert mia.browser.get("/w/agreement").status == 404
    ada.moves_on()
    ada.shows("hello")
    for phone in (mia, cast.phone(ada.join_url, "Late")):
        (link,) = [one for one in phone.page().all("a") if one.text == "Our agreement"]
        page = phone.browser.get(link.at["href"])
        assert page.status == 200
        assert [line.text for line in page.page.all("li")] == list(LINES)
        assert [line.text for line in phone.page().get("pinned").all("li")] == list(LINES)
    ada.closes(now=True)
    ada.shows("agree")
    ada.presses("act", action="reopen")
    assert mia.browser.get("/w/agreement").status == 404


def test_one_tap_takes_all_lines(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    ada.shows("tap")
    (button,) = [one for one in phones[0].page().all("button") if one.text == "I can live with all of them"]
    for phone in phones:
        phone.answers(**{button.at["name"]: button.at["value"]})
    ada.closes(now=True, show=True)
    seen = ada.screen.sees()
    assert [signs(seen, line) for line in LINES] == [(True, False)] * 3


def test_with_too_few_answers_the_lines_are_talked_about_and_adopted_all_the_same(cast: Cast, ada: Facilitator) -> None:
    mia, tom = cast.phones(ada.join_url, 2)
    ada.shows("tap")
    for phone in (mia, tom):
        phone.answers(all="1")
    ada.closes(now=True, show=True)
    for seen in (ada.screen.sees(), mia.sees(), ada.sees()):
        assert "Let us talk about tap." in seen
        assert LINES[0] in seen
        assert TICK not in seen
    ada.moves_on()
    assert "This is our agreement." in mia.sees()
    ada.ends()
    assert "This is our agreement." in ada.browser.get(f"/sessions/{ada.live}").text


def test_a_room_may_go_on_without_an_agreement(cast: Cast, ada: Facilitator) -> None:
    everybody_has_said(cast, ada)
    ada.reveals()
    (button,) = [one for one in ada.page().all("button") if one.text == "Go on without"]
    assert button
    ada.presses("show", step="tap")
    assert "Our agreement" not in cast.phone(ada.join_url).page().get("main").text


def test_a_second_round_is_about_the_lines_as_they_stand(cast: Cast, ada: Facilitator) -> None:
    (mia, *others) = everybody_has_said(cast, ada, "We start on time.")
    ada.lets_through()
    ada.reveals()
    ada.presses("act", action="reword", which="air", text="Everybody gets a turn.")
    ada.asks_again()
    seen = mia.sees()
    assert "Everybody gets a turn." in seen
    assert "We start on time." in seen
    for phone in others:
        phone.answers(**{"line-air": "ok", "line-own-0": "ok"})
    ada.closes(now=True)
    ada.reveals()
    ada.moves_on()
    assert "Everybody gets a turn." in mia.page().get("stage").all(class_="adopted")[0].text


def test_the_adopted_text_is_taken_home_and_no_count_is(cast: Cast, ada: Facilitator) -> None:
    everybody_has_said(cast, ada, "We start on time.")
    ada.lets_through()
    ada.reveals()
    ada.moves_on()
    ada.ends()
    agreed = [*LINES, "We start on time."]
    for page in ("", "/summary"):
        (adopted,) = ada.browser.get(f"/sessions/{ada.live}{page}").page.all(class_="adopted")
        assert [line.text for line in adopted.all("li")] == agreed
    rows = ada.takes_home("csv").decode("utf-8-sig").splitlines()
    assert [row for row in rows if row.endswith(",adopted")] == [f"agree,outcome,,,{line},adopted" for line in agreed]
    assert 'agree,air,talk,1,some,"only whether most did, or anybody"' in rows
    (found,) = [one for one in json.loads(ada.takes_home("json"))["steps"] if one["id"] == "agree"]
    assert found["outcome"] == agreed
    assert '"shown": 1' not in json.dumps(found)
