"""A poll takes what is on offer, as often as it may be taken, and counts people."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from pydantic import ValidationError

from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds._fields import Choice
from workshop.kinds.kind import Invalid
from workshop.kinds.poll import Chosen, Poll, PollConfig
from workshop.tally import Table

poll = Poll()
OPTIONS = (
    Choice(id="foot", text="On foot"),
    Choice(id="bus", text="By bus"),
    Choice(id="none", text="None of these", exclusive=True),
)
ONE = PollConfig(options=OPTIONS)
MANY = PollConfig(choose="many", options=OPTIONS)


def chosen(config: PollConfig, *choices: str) -> Posted:
    return form({"choice": list(choices)})


def test_it_takes_one_choice() -> None:
    assert answered(poll, ONE, chosen(ONE, "bus")) == Chosen(choices=("bus",))


def test_it_takes_many_in_the_order_of_the_question() -> None:
    assert answered(poll, MANY, chosen(MANY, "bus", "foot")) == Chosen(choices=("foot", "bus"))


@pytest.mark.parametrize("config", [ONE, MANY])
def test_nothing_chosen_is_empty(config: PollConfig) -> None:
    refusal = refused(poll, config, form())
    assert (refusal.field, refusal.code) == ("choice", "empty")
    assert refusal.message == "Choose something first, or tap Pass."


@pytest.mark.parametrize(
    ("config", "choices", "sentence"),
    [
        (ONE, ["plane"], "That choice isn't there any more. Please choose again."),
        (ONE, ["foot", "bus"], "Choose one."),
        (ONE, ["foot", "foot"], "Choose one."),
        (ONE, ["foot "], "That choice isn't there any more. Please choose again."),
        (ONE, [""], "That choice isn't there any more. Please choose again."),
        (MANY, ["foot", "plane"], "That choice isn't there any more. Please choose again."),
        (MANY, ["foot", "foot"], "Choose up to 3."),
        (MANY, ["foot", "none"], "'None of these' stands alone."),
        (MANY.model_copy(update={"max_choices": 1}), ["foot", "bus"], "Choose one."),
    ],
)
def test_what_is_not_on_offer_is_refused(config: PollConfig, choices: list[str], sentence: str) -> None:
    refusal = refused(poll, config, chosen(config, *choices))
    assert (refusal.code, refusal.message) == ("bad_option", sentence)


def test_one_choice_each_adds_up() -> None:
    question = poll.question(ONE, [])
    assert question is not None
    (table,) = poll.count([Chosen(choices=("bus",)), Chosen(choices=("bus",)), Chosen(choices=("foot",))], question)
    assert isinstance(table, Table)
    assert (table.counts, table.answerers, table.exclusive) == ((1, 2, 0), 3, True)


def test_many_choices_are_counted_in_people() -> None:
    question = poll.question(MANY, [])
    assert question is not None
    (table,) = poll.count([Chosen(choices=("foot", "bus")), Chosen(choices=("bus",))], question)
    assert isinstance(table, Table)
    assert (table.counts, table.answerers, table.exclusive) == ((1, 2, 0), 2, False)


def test_groups_name_options_that_are_there() -> None:
    config = PollConfig(options=OPTIONS, groups=(("foot", "bus"),))
    question = poll.question(config, [])
    assert question is not None
    (table,) = poll.count([], question)
    assert isinstance(table, Table)
    assert table.groups == (("foot", "bus"),)
    with pytest.raises(ValidationError, match="groups name options that are not there: plane"):
        PollConfig(options=OPTIONS, groups=(("foot", "plane"),))


def test_a_limit_of_choices_is_for_many() -> None:
    with pytest.raises(ValidationError, match="max_choices is for"):
        PollConfig(options=OPTIONS, max_choices=2)


def test_the_largest_answer_fits_its_bucket() -> None:
    options = tuple(Choice(id=f"o{i:02}{'x' * 37}", text="T") for i in range(20))
    question = poll.question(PollConfig(choose="many", options=options), [])
    assert question is not None
    everything = poll.read(form({"choice": [option.id for option in options]}), question)
    assert len(everything.model_dump_json().encode()) <= question.bucket


@given(nonsense("choice"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    for config in (ONE, MANY):
        with suppress(Invalid):
            assert isinstance(answered(poll, config, posted), Chosen)
