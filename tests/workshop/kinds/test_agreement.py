"""An agreement counts what the room says to each line, and its lines are what a facilitator makes of that."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from sessions.publishing import publish
from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds._agreed import AddYourOwn, AgreedLine, AgreementConfig
from workshop.kinds.agreement import Agreement, Said
from workshop.kinds.kind import BEGINNING, OUTCOME, Action, Invalid, Path, Question
from workshop.release import Release, ShownTexts
from workshop.tally import Table

agreement = Agreement()
ITEMS = (
    AgreedLine(id="own", text="We speak from our own life."),
    AgreedLine(id="pass", text="Passing is always fine."),
    AgreedLine(id="air", text="We share the talking time."),
)
PLAIN = AgreementConfig(items=ITEMS)
FULL = AgreementConfig(items=ITEMS, add_your_own=AddYourOwn(max_chars=40), one_tap_for_all=True)
LATER = {"id": "later", "text": "What we hear today is not used in an argument later."}


def asked(config: AgreementConfig, path: Path = BEGINNING) -> Question:
    question = agreement.question(config, [], path)
    assert question is not None
    return question


def counted(config: AgreementConfig, *said: Said) -> dict[str, Any]:
    return {part.name: part for part in agreement.count(said, asked(config))}


def released(config: AgreementConfig, *said: Said, sensitivity: Any = "low", own: tuple[str, ...] = ()) -> Release:
    """As it is stored once a person has let these own lines through."""
    tally = [part for part in agreement.count(said, asked(config)) if isinstance(part, Table)]
    release = publish(tally, step="s", round=1, phase=0, sensitivity=sensitivity, k=3)
    parts = (*release.parts, *([ShownTexts(name="texts", n=None, entries=own)] if own else []))
    return release.model_copy(update={"parts": parts, "withheld": not parts})


def pressed(config: AgreementConfig, past: list[Release], path: Path, action: str, text: str = "") -> Path:
    found = agreement.pressed(config, past, path, action)
    assert found is not None, action
    return found.write(path, text) if found.write else found.apply(path)


def lines(config: AgreementConfig, past: list[Release], path: Path) -> list[str]:
    return [line.text for line in config.lines(past, path) if not line.out]


# ---------- what people say ----------


def test_a_line_may_be_left_open() -> None:
    said = answered(agreement, PLAIN, form({"line-own": ["ok"], "line-air": ["talk"]}))
    assert said == Said(ok=("own",), talk=("air",))


def test_one_tap_takes_all_lines_whatever_was_chosen_before() -> None:
    posted = form({"line-air": ["talk"], "all": ["1"], "own": ["We start on time."]})
    assert answered(agreement, FULL, posted) == Said(ok=("own", "pass", "air"), own="We start on time.")


def test_one_tap_is_taken_only_where_it_is_offered() -> None:
    assert refused(agreement, PLAIN, form({"all": ["1"]})).code == "empty"


def test_a_line_of_ones_own_is_enough_and_is_made_plain() -> None:
    assert answered(agreement, FULL, form(own=" We  start\non time. ")) == Said(own="We start on time.")
    assert refused(agreement, FULL, form(own="x" * 41)).code == "too_long"


def test_where_no_lines_are_added_none_are_taken() -> None:
    for config in (PLAIN, AgreementConfig(items=ITEMS, add_your_own=AddYourOwn(enabled=False))):
        assert refused(agreement, config, form(own="We start on time.")).code == "empty"
        assert not asked(config).moderated
    assert asked(FULL).moderated


@pytest.mark.parametrize("choices", [["maybe"], ["ok", "talk"], ["ok", "ok"], [""]])
def test_what_is_not_on_offer_is_refused(choices: list[str]) -> None:
    refusal = refused(agreement, PLAIN, form({"line-own": choices}))
    assert (refusal.field, refusal.code) == ("line-own", "bad_option")


@given(nonsense("line-own", "line-air", "own", "all"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    for config in (PLAIN, FULL):
        with suppress(Invalid):
            assert isinstance(answered(agreement, config, posted), Said)


# ---------- what is counted and shown ----------


def test_each_line_is_counted_by_those_who_said_something_to_it() -> None:
    parts = counted(PLAIN, Said(ok=("own", "pass")), Said(ok=("own",), talk=("pass",)), Said(talk=("own",)))
    own, talked, air = parts["own"], parts["pass"], parts["air"]
    assert ((own.counts, own.answerers), (talked.counts, talked.answerers)) == (((2, 1), 3), ((1, 1), 2))
    assert air.answerers == 0
    assert own.title == "We speak from our own life."
    assert [option.text for option in own.options] == ["I can live with this", "I'd like to talk about it"]


def test_the_two_choices_have_the_words_of_their_author() -> None:
    config = AgreementConfig(items=ITEMS, choices_per_item=("Fine", "Let us talk"))
    assert [option.text for option in counted(config)["own"].options] == ["Fine", "Let us talk"]


def test_own_lines_are_kept_in_an_order_that_says_nothing_and_one_is_enough() -> None:
    assert counted(FULL, Said(own="We wait."))["own-lines"].answerers == 1
    texts = counted(FULL, Said(own="b"), Said(own="a"))["own-lines"]
    assert (texts.entries, texts.answerers, texts.own_line) == (("a", "b"), 2, True)


def test_a_pack_may_ask_for_more_people_before_own_lines_are_read() -> None:
    config = AgreementConfig(items=ITEMS, add_your_own=AddYourOwn(min_show=2))
    assert "own-lines" not in counted(config, Said(own="a"))
    assert counted(config, Said(own="a"), Said(own="b"))["own-lines"].entries == ("a", "b")


def test_most_and_anybody_are_all_that_is_seen_of_a_line() -> None:
    everybody, one = Said(ok=("own", "pass", "air")), Said(ok=("own",), talk=("pass", "air"))
    release = released(PLAIN, everybody, everybody, one)
    assert [(line.agreed, line.talk) for line in PLAIN.shown(release)] == [(True, False), (True, True), (True, True)]
    release = released(PLAIN, everybody, one, one, one)
    assert [(line.agreed, line.talk) for line in PLAIN.shown(release)] == [(True, False), (False, True), (False, True)]
    assert not [cell for part in release.parts for cell in part.cells if isinstance(cell.shown, int) and cell.shown]  # type: ignore[union-attr]


@pytest.mark.parametrize("sensitivity", ["personal", "tender"])
def test_closer_agreements_do_not_tell_none_from_one(sensitivity: str) -> None:
    everybody, one = Said(ok=("own",)), Said(talk=("own",))
    seen = [
        PLAIN.shown(released(PLAIN, *said, sensitivity=sensitivity))[0]
        for said in ([everybody] * 8, [*[everybody] * 7, one])
    ]
    assert seen[0] == seen[1]
    assert (seen[0].agreed, seen[0].talk) == (True, False)


def test_too_few_see_the_lines_alone() -> None:
    release = released(PLAIN, Said(ok=("own",)))
    assert release.withheld
    assert [(line.text, line.agreed, line.talk) for line in PLAIN.shown(release)] == [
        (item.text, False, False) for item in ITEMS
    ]


# ---------- what a facilitator makes of it ----------

WITH_OWN = released(FULL, *[Said(ok=("own",))] * 3, own=("We start on time.", "We laugh too."))


def test_all_lines_are_adopted_with_those_that_were_let_through() -> None:
    (adopt,) = agreement.actions(FULL, [WITH_OWN], {})
    assert (adopt.id, adopt.label, adopt.when) == ("forward", "Adopt", ("revealed",))
    assert adopt.apply({})[OUTCOME] == [*(item.text for item in ITEMS), "We start on time.", "We laugh too."]


def test_nothing_is_adopted_before_the_room_has_been_asked() -> None:
    assert agreement.actions(FULL, [], {}) == []
    assert agreement.pressed(FULL, [], {}, "add") is None


def test_it_can_be_adopted_when_too_few_have_answered() -> None:
    withheld = Release(step="s", round=1, phase=0, withheld=True)
    (adopt,) = agreement.actions(PLAIN, [withheld], {})
    assert adopt.apply({})[OUTCOME] == [item.text for item in ITEMS]


def test_lines_are_reworded_left_out_put_back_and_added() -> None:
    past, path = [WITH_OWN], {}
    path = pressed(FULL, past, path, "reword:own", "  We speak\nfor ourselves. ")
    path = pressed(FULL, past, path, "out:pass")
    path = pressed(FULL, past, path, "out:air")
    path = pressed(FULL, past, path, "in:air")
    path = pressed(FULL, past, path, "reword:own-0", "We begin on time.")
    path = pressed(FULL, past, path, "add", "Jokes are fine.")
    now = [
        "We speak for ourselves.",
        "We share the talking time.",
        "We begin on time.",
        "We laugh too.",
        "Jokes are fine.",
    ]
    assert lines(FULL, past, path) == now
    assert pressed(FULL, past, path, "forward")[OUTCOME] == now


def test_what_is_typed_is_short_and_two_new_lines_are_enough() -> None:
    past, path = [WITH_OWN], {}
    for text, code in (("", "empty"), ("x" * 91, "too_long"), ("a\0b", "bad_option")):
        with pytest.raises(Invalid) as refusal:
            pressed(FULL, past, path, "add", text)
        assert refusal.value.code == code
    for text in ("One.", "Two."):
        path = pressed(FULL, past, path, "add", text)
    assert not FULL.room_for_more(FULL.lines(past, path))
    with pytest.raises(Invalid, match="Two new lines are enough"):
        pressed(FULL, past, path, "add", "Three.")


@pytest.mark.parametrize("action", ["reword:nowhere", "out:", "in:new-0", "dance", "reword"])
def test_what_is_not_there_cannot_be_pressed(action: str) -> None:
    assert agreement.pressed(FULL, [WITH_OWN], {}, action) is None


def test_with_every_line_left_out_there_is_nothing_to_adopt() -> None:
    past, path = [released(PLAIN, *[Said(ok=("own",))] * 3)], {}
    for item in ITEMS:
        path = pressed(PLAIN, past, path, f"out:{item.id}")
    assert agreement.actions(PLAIN, past, path) == []


def test_what_is_adopted_stays_as_it_is_until_the_facilitator_changes_it() -> None:
    adopted = pressed(FULL, [WITH_OWN], {}, "forward")
    assert agreement.pressed(FULL, [WITH_OWN], adopted, "out:own") is None
    (change,) = agreement.actions(FULL, [WITH_OWN], adopted)
    assert isinstance(change, Action)
    assert OUTCOME not in change.apply(adopted)


def test_a_second_round_asks_about_the_lines_as_they_stand() -> None:
    path = pressed(FULL, [WITH_OWN], {}, "reword:own", "We speak for ourselves.")
    path = pressed(FULL, [WITH_OWN], path, "out:air")
    again = agreement.afresh(FULL, path, [WITH_OWN])
    now = ["We speak for ourselves.", "Passing is always fine.", "We start on time.", "We laugh too."]
    assert [option.text for option in asked(FULL, again).options] == now
    assert len({option.id for option in asked(FULL, again).options}) == 4
    second = Release(step="s", round=2, phase=0, parts=(ShownTexts(name="texts", n=None, entries=("One more.",)),))
    ids = [line.id for line in FULL.lines([second], again)]
    assert len(set(ids)) == len(ids) == 5


# ---------- what an author writes ----------


def test_a_plan_may_keep_some_lines_and_take_them_all_with_one_tap() -> None:
    varied = agreement.vary(FULL.model_dump(), {"items": ["air", "own"], "add_your_own": False})
    config = AgreementConfig.model_validate(varied)
    assert [item.id for item in config.items] == ["air", "own"]
    assert (config.own, config.one_tap_for_all) == (None, True)
    with pytest.raises(ValueError, match="there is no line nowhere"):
        agreement.vary(FULL.model_dump(), {"items": ["nowhere"]})


def test_lines_of_the_set_up_come_last_and_once() -> None:
    config = PLAIN.with_lines([LATER, AgreedLine(id="own", text="Not this one.")]).with_lines([LATER])
    assert [item.id for item in config.items] == ["own", "pass", "air", "later"]
    assert config.items[0] == ITEMS[0]
    assert PLAIN.items == ITEMS
    with pytest.raises(ValidationError):
        PLAIN.with_lines([{"id": "later", "text": "x" * 91}])


def test_an_agreement_without_lines_or_with_one_twice_is_refused() -> None:
    for items in ([], [LATER, LATER]):
        with pytest.raises(ValidationError):
            AgreementConfig.model_validate({"items": items})


def test_the_largest_answer_fits_its_bucket() -> None:
    items = tuple(AgreedLine(id=f"i{i:02}{'x' * 37}", text="T") for i in range(12))
    config = AgreementConfig(items=items, add_your_own=AddYourOwn(max_chars=90))
    posted = form({f"line-{item.id}": ["talk"] for item in items}, own="\U0001f600" * 90)
    assert len(answered(agreement, config, posted).model_dump_json().encode()) <= asked(config).bucket
