"""A workshop made fit for one room: on the shelf before it, and on the console while it goes on."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator
from tests.browsers import Answer
from tests.pages import Element
from tests.room_pack import ROOM
from workshop import shelf


@pytest.fixture
def mine(cast: Cast, ada: Facilitator) -> str:
    """The address of a workshop of Ada's that nobody else has touched."""
    return cast.shelves(ada, ROOM)


def press(ada: Facilitator, at: str, words: str, title: str) -> Answer:
    """Press the button with these words that belongs to a title, as it stands on the page at `at`."""
    page = ada.browser.get(at).page
    return ada.browser.post(at.partition("?")[0], _fields(page, words, title))


def _fields(page: Element, words: str, title: str) -> dict[str, str]:
    (form,) = [one for one in page.all("form") if one.all("button") and one.text == f"{words} {title}"]
    return {name: value for name, (value, *_) in form.fields.items()}


def rewords(ada: Facilitator, at: str, **texts: str) -> Answer:
    """Fill in the form at `at`; `prompt` is the place, `options__a__text` one deeper."""
    (form,) = [one for one in ada.browser.get(at).page.all("form") if one.at["action"] == at.partition("?")[0]]
    fields = {name: value for name, (value, *_) in form.fields.items()}
    typed = {name if name == "next" else f"text.{name.replace('__', '.')}": text for name, text in texts.items()}
    assert {*typed} - {"next"} <= {*fields}
    return ada.browser.post(at.partition("?")[0], fields | typed)


def agenda(ada: Facilitator) -> list[str]:
    """The titles on the full view, in order; what is left out in brackets."""
    ada.browser.post(f"{ada.console}/view", {"view": "full"})
    lines = ada.page().all("nav")[0].all("li")
    return [f"({out[0].text})" if (out := line.all("s")) else line.all("span")[1].text.split()[0] for line in lines]


# ---------- before


def test_what_she_left_out_moved_and_reworded_is_what_her_next_room_gets(
    cast: Cast, ada: Facilitator, mine: str
) -> None:
    bench = f"{mine}/adapt"
    assert press(ada, bench, "Leave out", "near").status == 303
    assert press(ada, bench, "Up", "many").status == 303
    assert rewords(ada, f"{bench}/step/easy", prompt="What for breakfast?", options__a__text="Porridge").status == 303
    ada.opens(workshop=mine).goes_to("easy")
    mia = cast.phone(ada.join_url)
    page = mia.browser.get("/w").page.text
    assert "What for breakfast?" in page
    assert "Porridge" in page
    assert "Apples" not in page
    assert agenda(ada)[:6] == ["Looking", "Warm-up", "easy", "(near)", "many", "deep"]


def test_what_she_left_out_can_be_brought_back_in_the_room(ada: Facilitator, mine: str) -> None:
    press(ada, f"{mine}/adapt", "Leave out", "near")
    ada.opens(workshop=mine).starts()
    ada.presses("bring-back", step="near")
    ada.goes_to("near")


def test_a_room_that_is_open_keeps_the_workshop_it_began_with(cast: Cast, ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine)
    rewords(ada, f"{mine}/adapt/step/easy", prompt="What for breakfast?")
    ada.goes_to("easy")
    assert "What of easy?" in cast.phone(ada.join_url).browser.get("/w").text


def test_the_copy_that_she_downloads_is_her_own(ada: Facilitator, mine: str) -> None:
    rewords(ada, f"{mine}/adapt/card/p01", asker="Your arm hurts.")
    assert "Your arm hurts." in ada.browser.get(f"{mine}.yaml").text


def test_what_does_not_fit_is_said_with_what_was_typed(ada: Facilitator, mine: str) -> None:
    answer = rewords(ada, f"{mine}/adapt/step/easy", prompt="x" * 200, title="Breakfast")
    assert answer.status == 422
    assert [one.text for one in answer.page.all(role="alert")] == ["This is 200 letters long; at most 140."]
    assert 'value="Breakfast"' in answer.text
    (wrong,) = answer.page.all(aria_invalid="true")
    assert wrong.at["name"] == "text.prompt"
    assert "x" * 200 in wrong.text
    assert "x" * 200 not in ada.browser.get(f"{mine}/adapt/step/easy").text


def test_what_stays_cannot_be_left_out_whatever_is_sent(ada: Facilitator, mine: str) -> None:
    answer = ada.browser.post(f"{mine}/adapt", {"do": "drop", "id": "care", "variant": "core"})
    assert answer.status == 409
    assert "stays: people need" in answer.page.text
    for fields in ({}, {"do": "dance"}, {"do": "move", "id": "nobody"}, {"do": "hide", "id": "nobody"}):
        assert ada.browser.post(f"{mine}/adapt", {"variant": "core", **fields}).status == 409
    assert ada.browser.get(f"{mine}/adapt/step/nobody").status == 404
    assert ada.browser.get(f"{mine}/adapt/dance/easy").status == 404


# ---------- during


def test_what_the_room_has_not_seen_changes_and_two_consoles_stay_in_step(
    cast: Cast, ada: Facilitator, mine: str
) -> None:
    ada.opens(workshop=mine).goes_to("easy")
    before, bench = ada.desk, f"{ada.console}/adapt"
    assert press(ada, bench, "Down", "near").status == 303
    assert rewords(ada, f"{bench}/step/many", prompt="And how many?", options__b__text="Buns").status == 303
    after = ada.desk
    assert (after["step"], after["step_state"]) == (before["step"], before["step_state"])
    assert after["version"] > before["version"]
    assert agenda(ada)[2:6] == ["easy", "deep", "near", "many"]
    ada.goes_to("many")
    page = cast.phone(ada.join_url).browser.get("/w").page.text
    assert "And how many?" in page
    assert "Buns" in page
    assert "And how many?" not in ada.browser.get(f"{mine}/adapt/step/many").text


def test_what_was_shown_stays_as_it_was_asked(cast: Cast, ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).goes_to("near")
    bench = f"{ada.console}/adapt"
    fields = {"edition": "0", "text.prompt": "Something else?"}
    answer = ada.browser.post(f"{bench}/step/easy", fields)
    assert answer.status == 409
    assert "“easy” was shown already, so it stays as it was." in answer.page.text
    late = ada.browser.post(bench, {"do": "move", "id": "many", "before": "easy", "edition": "0"})
    assert (late.status, "The room is past that point." in late.page.text) == (409, True)
    assert "easy" not in {one.at.get("value") for one in ada.browser.get(bench).page.all("input", name="id")}


def test_a_card_that_the_room_plays_with_stays(ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).goes_to("talk")
    answer = ada.browser.post(f"{ada.console}/adapt/card/p01", {"edition": "0", "text.asker": "Your arm hurts."})
    assert (answer.status, "“Being heard” was shown already" in answer.page.text) == (409, True)


def test_a_room_always_has_something_left_to_play(cast: Cast, ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).starts()
    answer = ada.browser.post(f"{ada.console}/adapt", {"do": "hide", "id": "p01", "edition": "0"})
    assert (answer.status, "has left to play" in answer.page.text) == (409, True)


def test_results_and_downloads_say_what_was_asked(cast: Cast, ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).starts()
    rewords(ada, f"{ada.console}/adapt/step/easy", prompt="What for breakfast?", options__a__text="Porridge")
    ada.goes_to("easy")
    for phone in cast.phones(ada.join_url, 4):
        phone.answers(choice="a")
    ada.closes(now=True)
    ada.reveals()
    ada.ends()
    assert "What for breakfast?" in ada.browser.get(f"/sessions/{ada.live}").text
    assert b"Porridge" in ada.takes_home("json")


def test_it_is_kept_for_next_time_where_that_is_wanted(ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).starts()
    rewords(ada, f"{ada.console}/adapt/step/easy", prompt="What for breakfast?", next="1")
    press(ada, f"{ada.console}/adapt?next=1", "Leave out", "near")
    assert "What for breakfast?" in ada.browser.get(f"{mine}/adapt/step/easy").text
    assert "near left out" in ada.browser.get(f"{mine}/adapt").page.text
    assert "(near)" in agenda(ada)
    ada.opens(workshop=mine)
    assert "(near)" in agenda(ada)


def test_what_the_shelf_cannot_take_still_changes_the_session_and_is_said(
    ada: Facilitator, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outdated(*_: object) -> None:
        raise shelf.Outdated("It was changed meanwhile.")

    ada.opens(workshop=mine).starts()
    monkeypatch.setattr(shelf, "keep", outdated)
    answer = rewords(ada, f"{ada.console}/adapt/step/easy", prompt="What for breakfast?", next="1")
    assert "It could not be kept for next time: It was changed meanwhile." in answer.page.text
    ada.goes_to("easy")
    assert "What for breakfast?" in ada.sees()


def test_a_session_whose_workshop_is_gone_is_adapted_for_itself(ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).starts()
    ada.browser.post(f"{mine}/delete")
    assert "next time" not in ada.browser.get(f"{ada.console}/adapt").page.text
    rewords(ada, f"{ada.console}/adapt/step/easy", prompt="What for breakfast?")
    ada.goes_to("easy")
    assert "What for breakfast?" in ada.sees()


def test_a_form_that_was_drawn_before_another_change_does_nothing(ada: Facilitator, mine: str) -> None:
    ada.opens(workshop=mine).starts()
    bench = f"{ada.console}/adapt"
    stale = _fields(ada.browser.get(bench).page, "Down", "near")
    rewords(ada, f"{bench}/step/many", prompt="And how many?")
    at = ada.desk
    answer = ada.browser.post(bench, stale)
    assert (answer.status, "changed on another console meanwhile" in answer.page.text) == (409, True)
    assert ada.desk == at


def test_nothing_changes_once_it_is_over_and_nobody_but_the_lead_comes_in(
    cast: Cast, ada: Facilitator, mine: str
) -> None:
    ada.opens(workshop=mine).starts()
    bench = f"{ada.console}/adapt"
    sam = cast.supporter(ada)
    assert sam.browser.get(bench).status == 404
    assert sam.browser.post(bench, {"do": "drop", "id": "near"}).status == 404
    ada.ends()
    answer = ada.browser.post(f"{bench}/step/near", {"edition": "0", "text.prompt": "What?"})
    assert (answer.status, "This session is over." in answer.page.text) == (409, True)
