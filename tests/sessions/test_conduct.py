"""Going from step to step, and what holds for the whole session."""

from __future__ import annotations

import pytest

from sessions import lookup
from tests.actors import Cast, Facilitator


@pytest.mark.parametrize(
    ("step", "state"), [("easy", "open"), ("near", "open"), ("deep", "shown"), ("care", "reading")]
)
def test_showing_opens_what_is_low_or_personal_and_waits_with_what_is_tender(
    ada: Facilitator, room: str, step: str, state: str
) -> None:
    ada.opens(workshop=room).shows(step)
    assert ada.desk["step_state"] == state


def test_showing_a_step_again_opens_nothing_anew(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    ada.closes(now=True, show=True)
    ada.shows("near")
    ada.closes(now=True)
    ada.shows("easy")
    assert (ada.desk["step_state"], ada.desk["round"]) == ("revealed", 1)


def test_after_the_last_step_there_is_only_the_end(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("talk")
    for _ in range(4):
        ada.moves_on()
    assert ada.desk["next"] == "end"
    assert "last step" in ada.refused("next")
    assert "last step" in ada.refused("forward")


def test_a_pause_within_the_last_seconds_takes_the_close_back(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    ada.closes()
    ada.pauses()
    ada.resumes()
    assert ada.desk["step_state"] == "open"


# ---------- k ----------


def raised(ada: Facilitator) -> int:
    live = lookup.of(ada.live)
    assert live is not None
    return live.raised_k


@pytest.mark.parametrize("given", ["-1", "1.5", "x", "51", "٣", "9" * 40, "9" * 5000])
def test_k_is_a_whole_number_and_never_lowered(ada: Facilitator, given: str) -> None:
    answer = ada.browser.post(f"{ada.workshop}/open", {"variant": "core", "raised_k": given})
    assert answer.status == 422
    assert "k can be raised to a whole number" in answer.text


def test_a_raised_k_under_the_floor_changes_nothing(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room, raised_k="1").goes_to("easy")
    for phone in cast.phones(ada.join_url, 2):
        phone.answers(choice="a")
    ada.closes(now=True, show=True)
    assert "Let us talk about easy." in ada.screen.sees()


def test_a_raised_k_holds_for_the_whole_session(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room, raised_k="8").goes_to("easy")
    for phone in cast.phones(ada.join_url, 7):
        phone.answers(choice="a")
    ada.closes(now=True, show=True)
    assert "Let us talk about easy." in ada.screen.sees()


def test_another_room_with_another_k_leaves_this_one_alone(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room, raised_k="8")
    Facilitator(ada.browser).opens(workshop=room)
    assert raised(ada) == 8
