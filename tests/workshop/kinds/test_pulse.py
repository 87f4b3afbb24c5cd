"""A pulse is for the facilitator alone; what later steps may ask of it comes from what she may see."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from pydantic import ValidationError

from sessions.publishing import publish
from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.kind import Invalid
from workshop.kinds.pulse import Feeling, Felt, Pulse, PulseConfig
from workshop.release import Release

pulse = Pulse()
FEELINGS = (
    Feeling(id="steady", text="Steady"),
    Feeling(id="bit", text="A bit stirred up", stirred=True),
    Feeling(id="quite", text="Quite stirred up", stirred=True),
    Feeling(id="rathernot", text="I'd rather not say"),
)
CONFIG = PulseConfig(options=FEELINGS)


def released(*counts: int) -> Release:
    """What the facilitator sees of so many people at each feeling."""
    question = pulse.question(CONFIG, [])
    assert question
    felt = [Felt(choice=feeling.id) for feeling, n in zip(FEELINGS, counts, strict=True) for _ in range(n)]
    return publish(pulse.count(felt, question), step="s", round=1, phase=0, sensitivity="care", k=3)


def test_it_is_asked_for_the_facilitator_alone() -> None:
    question = pulse.question(CONFIG, [])
    assert question
    assert question.audience == "facilitator"


def test_one_feeling_is_taken() -> None:
    assert answered(pulse, CONFIG, form(choice="bit")) == Felt(choice="bit")
    assert refused(pulse, CONFIG, form({"choice": ["bit", "quite"]})).code == "bad_option"
    assert refused(pulse, CONFIG, form(choice="happy")).code == "bad_option"


@given(nonsense("choice"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    question = pulse.question(CONFIG, [])
    assert question
    with suppress(Invalid):
        assert isinstance(pulse.read(posted, question), Felt)


def test_two_feelings_at_least_and_no_two_alike() -> None:
    with pytest.raises(ValidationError):
        PulseConfig(options=FEELINGS[:1])
    with pytest.raises(ValidationError, match="'bit' is used twice"):
        PulseConfig(options=(FEELINGS[1], FEELINGS[1]))


def test_the_share_of_the_stirred_is_exact_where_numbers_are_shown() -> None:
    assert Pulse().stirred(CONFIG, released(6, 3, 1, 0)) == pytest.approx(0.4)
    assert Pulse().stirred(CONFIG, released(10, 0, 0, 0)) == 0


def test_where_words_are_shown_it_is_what_the_words_say_and_no_more() -> None:
    few, many = Pulse().stirred(CONFIG, released(7, 1, 1, 0)), Pulse().stirred(CONFIG, released(1, 3, 5, 0))
    assert few is not None
    assert many is not None
    assert few < 0.2
    assert 0.6 < many < 1
    assert few == Pulse().stirred(CONFIG, released(7, 1, 0, 1)), "two rooms that look alike differ"


def test_where_nothing_is_shown_nobody_knows() -> None:
    assert Pulse().stirred(CONFIG, released(1, 1, 0, 0)) is None
    assert Pulse().stirred(CONFIG, released(1, 1, 1, 0)) is None
