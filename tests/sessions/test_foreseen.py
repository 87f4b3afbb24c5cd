"""What so few will only talk about is said beforehand, and it is what happens."""

from __future__ import annotations

import pytest

from sessions import foreseen
from sessions.foreseen import Small
from tests.actors import Cast, Facilitator
from tests.asked_pack import ASKED
from tests.late_pack import LATE
from tests.linked_pack import LINKED
from tests.room_pack import ROOM
from workshop import setup
from workshop.pack import Pack, built_in
from workshop.setup import Setup

COUNTED = ("easy", "near", "deep")


def small(people: int, pack: str = ROOM, raised: int = 0) -> Small:
    found = foreseen.of(Pack.load(pack), "core", Setup(expected=people), raised).small
    assert found is not None
    return found


def talks(people: int, pack: str = ROOM, raised: int = 0) -> set[str]:
    return {talk.title for talk in small(people, pack, raised).talks}


def test_from_six_on_everything_may_be_shown_and_below_three_nothing() -> None:
    assert talks(6) == set()
    assert talks(5) == {"deep"}
    assert talks(4) == {"deep", "near", "many", "inner"}
    assert talks(2) == {"Warm-up", "easy", "near", "deep", "many", "lines", "inner", "words"}
    assert small(2).questions == 8


def test_what_is_for_the_facilitator_alone_is_no_question_of_the_room() -> None:
    assert "alone" not in talks(1)


def test_whoever_raises_k_talks_more() -> None:
    assert "easy" in talks(7, raised=8)
    assert talks(8, raised=8) == set()


def test_the_first_half_of_a_pair_shows_nothing_and_the_second_needs_five() -> None:
    needs = {talk.title: talk.k for talk in small(1, LINKED).talks}
    assert "first" not in needs
    assert needs["second"] == 5


def test_a_step_that_goes_by_itself_is_not_talked_through_as_well() -> None:
    few = small(5, LATE)
    assert few.skips == (("six", 6),)
    assert "six" not in {talk.title for talk in few.talks}
    assert small(6, LATE).skips == ()


def test_what_is_left_out_is_neither_talked_through_nor_counted() -> None:
    pack = Pack.load(ASKED)
    couples = setup.of(pack.facilitator_pack, ["couples"], 4)
    found = foreseen.of(pack, "core", couples, 0)
    assert found.left_out == (("near", ("Are couples here?",)),)
    assert found.hidden == ("Too close",)
    assert [card.id for card in found.cards] == ["p01"]
    assert found.small is not None
    assert "near" not in {talk.title for talk in found.small.talks}


def test_what_the_plan_does_not_play_is_neither_hidden_nor_to_be_read() -> None:
    pack = built_in()[0][1]
    everything = setup.of(pack.facilitator_pack, [question.id for question in pack.facilitator_pack.setup_questions])
    for plan in pack.workshop.variants.plans:
        found = foreseen.of(pack, plan, everything, 0)
        titles = {card.title for step in pack.plan(plan) for card in getattr(step.config, "cards", ())}
        titles |= {story.title for step in pack.plan(plan) for story in getattr(step.config, "stories", ())}
        assert {one.title for one in (*found.stories, *found.cards)} | set(found.hidden) <= titles
        assert found.hidden


def test_what_waits_for_somebody_who_helps_is_named_and_not_counted(cast: Cast, ada: Facilitator) -> None:
    pack = ROOM.replace(
        "    kind: open_text\n    title: inner\n", "    kind: open_text\n    title: inner\n    needs_helper: true\n"
    )
    found = foreseen.of(Pack.load(pack), "core", Setup(expected=1), 0)
    assert found.waiting == ("inner",)
    assert "inner" not in talks(1, pack)
    ada.opens(workshop=cast.shelves(ada, pack), expected="1")
    assert "Let us talk about inner." not in ada.page().get("foreseen").text
    cast.supporter(ada)
    assert "Let us talk about words." in ada.page().get("foreseen").text


@pytest.mark.parametrize("people", [2, 3, 4, 5, 6])
def test_it_is_what_happens(cast: Cast, ada: Facilitator, room: str, people: int) -> None:
    ada.opens(workshop=room)
    phones, expected = cast.phones(ada.join_url, people), talks(people)
    for step in COUNTED:
        ada.shows(step)
        if ada.desk["step_state"] == "shown":
            ada.asks()
        for phone in phones:
            phone.answers(choice="a")
        ada.closes(now=True)
        ada.reveals()
        assert (f"Let us talk about {step}." in ada.screen.sees()) == (step in expected)
