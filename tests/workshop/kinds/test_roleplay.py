"""A role-play goes stage by stage, and nobody who has played leaves it without stepping out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.workshop.small_pack import SMALL
from workshop.kinds.kind import Path
from workshop.kinds.roleplay import Roleplay, RoleplayConfig
from workshop.pack import Pack

roleplay = Roleplay()
STAGES = [("warm", 40), ("prep", 60), ("play", 150), ("notes", 45), ("derole", 30), ("debrief", 95)]


def config(*stages: tuple[str, int], **fields: Any) -> RoleplayConfig:
    return RoleplayConfig.model_validate(
        {
            "group": {"size": 2, "solo": "Write for a minute."},
            "roles": [{"id": "asker", "name": "Asker", "card": "Ask once."}],
            "stages": [{"id": i, "seconds": seconds, "label": i.title()} for i, seconds in stages or STAGES],
            "debrief_question": "What helped?",
            **fields,
        }
    )


def press(path: Path, action: str) -> Path:
    (button,) = [button for button in roleplay.actions(config(), [], path) if button.id == action]
    return button.apply(path)


def actions(path: Path) -> list[str]:
    return [button.id for button in roleplay.actions(config(), [], path)]


def test_nothing_is_asked_and_nothing_is_sent() -> None:
    assert roleplay.question(config(), []) is None


def test_it_begins_with_its_first_stage_and_goes_on_one_by_one() -> None:
    path: Path = {}
    seconds = [roleplay.seconds(config(), path)]
    while "forward" in actions(path):
        path = press(path, "forward")
        seconds.append(roleplay.seconds(config(), path))
    assert seconds == [40, 60, 150, 45, 30, 95]
    assert path == {"stage": 5}


def test_the_natural_next_action_comes_first() -> None:
    assert actions({}) == ["forward", "matched"]
    assert actions({"stage": 2}) == ["forward", "derole"]
    assert actions({"stage": 5}) == []


def test_stepping_out_can_be_reached_at_once_from_the_middle_of_play() -> None:
    assert press({"stage": 2}, "derole") == {"stage": 4}


def test_a_press_that_comes_late_does_not_go_back() -> None:
    (forward, derole) = roleplay.actions(config(), [], {"stage": 2})
    assert forward.apply({"stage": 5}) == {"stage": 5}
    assert derole.apply({"stage": 5}) == {"stage": 5}


@pytest.mark.parametrize(("stage", "held"), [(0, False), (1, False), (2, True), (3, True), (4, False), (5, False)])
def test_the_room_is_held_from_the_first_play_until_people_step_out(stage: int, held: bool) -> None:
    assert (roleplay.holds(config(), {"stage": stage}) is not None) == held


@given(st.integers(-5, 99) | st.none() | st.text(max_size=3) | st.booleans())
def test_a_path_that_makes_no_sense_is_read_as_the_nearest_stage(stage: Any) -> None:
    assert roleplay.seconds(config(), {"stage": stage}) in {seconds for _id, seconds in STAGES}


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        ([("play", 10), ("debrief", 10)], "a stage 'derole' is missing"),
        ([("play", 10), ("debrief", 10), ("derole", 10)], "'derole' comes before 'debrief'"),
        ([("play", 10), ("derole", 10), ("play_2", 10)], "only 'debrief' may come after 'derole'"),
        ([("play", 10), ("play", 10), ("derole", 10)], "two stages have the same id"),
    ],
)
def test_an_order_that_leaves_people_in_their_roles_is_refused(stages: list[tuple[str, int]], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        config(*stages)


def test_it_needs_roles_or_cards_and_not_both() -> None:
    with pytest.raises(ValidationError, match="give either roles or role cards"):
        config(roles=[])
    with pytest.raises(ValidationError, match="give either roles or role cards"):
        config(cards_ref=["p01"])


def test_a_plan_names_the_stages_that_stay_in_any_order() -> None:
    fields = roleplay.vary(config().model_dump(), {"stages": {"derole": 20, "play": 120}})
    assert [(stage["id"], stage["seconds"]) for stage in fields["stages"]] == [("play", 120), ("derole", 20)]


def test_a_plan_cannot_name_a_stage_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="there is no stage plya"):
        roleplay.vary(config().model_dump(), {"stages": {"plya": 120, "derole": 20}})


def test_a_plan_without_the_stepping_out_is_refused() -> None:
    with pytest.raises(ValidationError, match="a stage 'derole' is missing"):
        RoleplayConfig.model_validate(roleplay.vary(config().model_dump(), {"stages": {"play": 120}}))


def test_role_cards_come_from_the_pack() -> None:
    card = Pack.load(SMALL).role_cards[0]
    furnished = roleplay.furnish(config(roles=[], cards_ref=["p01"]), {"role_cards": {"p01": card}})
    assert furnished.cards == (card,)
    assert [role.id for role in card.roles] == ["asker", "answerer", "observer"]
    with pytest.raises(ValueError, match="there is no role card p01"):
        roleplay.furnish(config(roles=[], cards_ref=["p01"]), {"role_cards": {}})


def test_it_knows_how_long_all_stages_take() -> None:
    assert roleplay.length(config()) == 420


# ---------- partners ----------

MATCHED = {"partners": "matched"}


def test_people_find_each_other_unless_the_pack_or_the_facilitator_says_otherwise() -> None:
    assert roleplay.groups(config(), {}) is None
    assert roleplay.groups(config(), press({}, "matched")) is not None
    by_chance = config(group={"size": 2, "solo": "Write.", "partners": "matched"})
    assert roleplay.groups(by_chance, {}) is not None
    (themselves,) = [one for one in roleplay.actions(by_chance, [], {}) if one.id == "by_yourselves"]
    assert roleplay.groups(by_chance, themselves.apply({})) is None


def test_before_the_first_play_dealing_is_the_natural_next_thing_and_then_the_next_stage_is() -> None:
    path: Path = {**MATCHED, "stage": 1}
    (forward, *others) = roleplay.actions(config(), [], path)
    assert (forward.id, forward.label, forward.then) == ("forward", "Deal partners", "deal")
    dealt = forward.apply(path)
    assert dealt == {**path, "dealt": 1}
    (forward, again, _themselves) = roleplay.actions(config(), [], dealt)
    assert (forward.label, forward.then) == ("Next stage", "")
    assert (again.id, again.then, again.apply(dealt)["dealt"]) == ("deal", "deal", 2)
    assert [one.id for one in others] == ["by_yourselves"]


def test_while_the_room_warms_up_dealing_is_possible_and_going_on_comes_first() -> None:
    assert [(one.id, one.then) for one in roleplay.actions(config(), [], MATCHED)] == [
        ("forward", ""),
        ("deal", "deal"),
        ("by_yourselves", ""),
    ]


def test_without_a_stage_to_prepare_in_partners_are_dealt_in_the_first_one() -> None:
    short = config(("play", 60), ("derole", 20))
    assert [one.then for one in roleplay.actions(short, [], MATCHED)] == ["deal", ""]


def test_once_people_play_their_partners_stay_as_they_are() -> None:
    assert actions({**MATCHED, "stage": 2}) == ["forward", "derole"]
    assert roleplay.groups(config(), {**MATCHED, "stage": 3}) is not None
    assert roleplay.groups(config(), {**MATCHED, "stage": 4}) is None


def test_no_deal_has_a_number_that_another_had() -> None:
    path: Path = press(MATCHED, "deal")
    path = press(path, "by_yourselves")
    path = press(path, "matched")
    groups = roleplay.groups(config(), path)
    assert groups is not None
    assert groups.dealt == 0
    path = press(path, "deal")
    groups = roleplay.groups(config(), path)
    assert groups is not None
    assert groups.dealt == 2


def test_groups_know_their_size_their_roles_in_order_and_what_to_do_alone() -> None:
    groups = roleplay.groups(config(group={"size": 3, "solo": "Write."}), MATCHED)
    assert groups is not None
    assert (groups.size, groups.roles, groups.solo) == (3, ("Asker",), "Write.")
    library = {"role_cards": {"p01": Pack.load(SMALL).role_cards[0]}}
    cards = roleplay.furnish(config(roles=[], cards_ref=["p01"]), library)
    groups = roleplay.groups(cards, MATCHED)
    assert groups is not None
    assert groups.roles == ("Asks", "Answers", "Watches")


# ---------- rounds and cards ----------


def test_each_swap_begins_a_round_in_which_roles_have_changed_hands() -> None:
    ids = ("prep", "talk_1", "swap", "talk_2", "swap_2", "talk_3", "derole")
    rounds = config(*((id, 10) for id in ids))
    assert [rounds.turn({"stage": stage}) for stage in range(7)] == [0, 0, 1, 1, 2, 2, 2]


def test_whoever_watches_has_something_to_note() -> None:
    card = Pack.load(SMALL).role_cards[0]
    assert [role.watches for role in card.roles] == [False, False, True]


@pytest.mark.parametrize(
    ("mode", "many", "shown"), [("pick", 10, 0), ("pick_from_three", 10, 3), ("pick_from_three", 3, 0)]
)
def test_a_phone_shows_three_of_more_cards_where_people_pick_from_three(mode: str, many: int, shown: int) -> None:
    card = Pack.load(SMALL).role_cards[0]
    cards = [card.model_copy(update={"id": f"p{i}"}).model_dump() for i in range(many)]
    choice = {"mode": mode, "label": "Swap card"}
    assert config(roles=[], cards=cards, card_choice=choice).picked == shown
    assert config(roles=[], cards=cards).picked == 0
