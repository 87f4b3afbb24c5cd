"""The console always offers the next natural action."""

from __future__ import annotations

import pytest

from sessions import closing
from tests.actors import Cast, Facilitator
from tests.room_pack import IDS
from tests.sessions.standing import HELD, LOW, TENDER, at


def primary(ada: Facilitator) -> tuple[str, str, dict[str, str]]:
    """What the space bar presses: verb, label, and what goes with it."""
    verb, label, fields = ada.primary()
    return verb, label, {name: value for name, value in fields.items() if name != "mark"}


def test_in_the_lobby_it_is_to_start(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    assert primary(ada)[:2] == ("next", "Start")


def test_after_words_to_take_in_it_is_to_go_on(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).starts()
    assert primary(ada)[:2] == ("next", "Next")


def test_a_tender_question_is_opened_closed_and_shown_by_a_press_each(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to(TENDER)
    assert primary(ada)[:2] == ("open", "Open the question")
    for phone in cast.phones(ada.join_url, 6):
        ada.tries("open")
        phone.answers(choice="a")
    assert primary(ada) == ("close", "Close", {})
    ada.closes(now=True)
    assert primary(ada)[:2] == ("reveal", "Show the room")
    ada.reveals()
    assert primary(ada)[:2] == ("next", "Next")


@pytest.mark.parametrize("step", [LOW, "near", "many"])
def test_low_and_personal_counts_are_closed_and_shown_by_one(
    cast: Cast, ada: Facilitator, room: str, step: str
) -> None:
    at(cast, ada, room, step)
    assert primary(ada) == ("close", "Close and show", {"show": "1"})


def test_texts_are_read_before_they_are_shown(cast: Cast, ada: Facilitator, room: str) -> None:
    at(cast, ada, room, HELD)
    assert primary(ada) == ("close", "Close", {})
    ada.closes(now=True)
    assert primary(ada)[0] == "reveal"


def test_what_only_the_facilitator_may_see_is_closed_and_left(cast: Cast, ada: Facilitator, room: str) -> None:
    at(cast, ada, room, "alone")
    assert primary(ada) == ("close", "Close", {})
    ada.closes(now=True)
    assert primary(ada)[0] == "next"


def test_the_last_seconds_can_be_taken_back(cast: Cast, ada: Facilitator, room: str) -> None:
    at(cast, ada, room, LOW)
    ada.closes()
    assert primary(ada)[:2] == ("undo", "Undo")


@pytest.mark.parametrize("verb", ["pause", "care"])
def test_a_pause_is_ended(ada: Facilitator, room: str, verb: str) -> None:
    ada.opens(workshop=room).starts()
    ada.presses(verb)
    assert primary(ada)[0] == "resume"


def test_a_role_play_goes_from_stage_to_stage(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("talk")
    for _ in range(4):
        assert primary(ada)[:2] == ("next", "Next stage")
        ada.presses_space()
    assert primary(ada)[:2] == ("end", "End the session")


def test_after_the_end_nothing_is_left_to_press(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    ada.ends()
    assert ada.desk["next"] is None
    assert ada.buttons() == []


def test_the_space_bar_alone_leads_through_a_whole_session(
    cast: Cast, ada: Facilitator, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LAST_SECONDS", 0.0)
    ada.opens(workshop=room)
    seen: list[object] = []
    for _ in range(80):
        if (desk := ada.desk)["step_state"] == "ended":
            break
        seen.append(desk["step"])
        ada.presses_space(sure="1", **({"now": "1"} if desk["step_state"] == "open" else {}))
    assert ada.desk["state"] == "ended"
    assert list(dict.fromkeys(seen)) == [None, *IDS]
