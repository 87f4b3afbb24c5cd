"""A scale takes exactly the whole numbers on it, and counts in bands."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.kind import Invalid
from workshop.kinds.scale import Band, Range, Scale, ScaleConfig, Value
from workshop.tally import Table

scale = Scale()
BANDS = (Band(id="less", values=(1, 2, 3), text="less"), Band(id="well", values=(4, 5), text="well"))
BANDED = ScaleConfig(scale=Range(low="No", high="Yes", bands=BANDS), extra_option="I watched")
TEN = ScaleConfig(scale=Range(min=1, max=10, low="No", high="Yes"))


def banded(*values: list[int]) -> list[dict[str, Any]]:
    """Bands of these values, as in a file."""
    return [{"id": f"band{i}", "values": some, "text": "so"} for i, some in enumerate(values)]


def counted(config: ScaleConfig, *values: str) -> Table:
    question = scale.question(config, [])
    assert question is not None
    (table,) = scale.count([Value(value=value) for value in values], question)
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize(("config", "value"), [(TEN, "1"), (TEN, "10"), (BANDED, "5"), (BANDED, "watched")])
def test_it_takes_what_is_on_the_scale(config: ScaleConfig, value: str) -> None:
    assert answered(scale, config, form(value=value)) == Value(value=value)


@pytest.mark.parametrize(
    "value", ["11", "0", "-1", "1.0", "1 ", " 1", '"1"', "+1", "01", "1e0", "", "one", "١", "watched", "NaN", "1\n"]
)
def test_everything_else_is_refused(value: str) -> None:
    refusal = refused(scale, TEN, form(value=value))
    assert (refusal.field, refusal.code) == ("value", "bad_option")


def test_two_values_are_refused() -> None:
    assert refused(scale, TEN, form({"value": ["1", "2"]})).code == "bad_option"


def test_no_value_is_empty() -> None:
    assert refused(scale, TEN, form()).code == "empty"


def test_bands_are_a_table_of_their_own() -> None:
    table = counted(BANDED, "1", "3", "4", "5", "5")
    assert [option.id for option in table.options] == ["less", "well"]
    assert (table.counts, table.answerers, table.exclusive, table.ordinal) == ((2, 3), 5, True, True)


def test_who_watched_is_not_counted() -> None:
    table = counted(BANDED, "1", "watched", "watched")
    assert (table.counts, table.answerers) == ((1, 0), 1)


def test_without_bands_every_value_stands_in_its_order() -> None:
    table = counted(TEN, "1", "10", "10")
    assert [option.id for option in table.options] == [str(point) for point in range(1, 11)]
    assert (table.counts[0], table.counts[-1], table.ordinal) == (1, 2, True)


def test_labels_name_the_values() -> None:
    config = ScaleConfig(scale=Range(min=1, max=2, low="Never", high="Often", labels=("Never", "Often")))
    assert [option.text for option in counted(config, "1").options] == ["Never", "Often"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"min": 5, "max": 5}, "max must be above min"),
        ({"labels": ["a", "b"]}, "labels must name every value"),
        ({"bands": banded([1, 2], [4, 5])}, "bands must be two or more and hold every value once"),
        ({"bands": banded([1, 2, 3], [3, 4, 5])}, "bands must be two or more and hold every value once"),
        ({"bands": banded([1, 2, 3, 4, 5])}, "bands must be two or more and hold every value once"),
        ({"min": 1.5}, "integer"),
        ({"max": 1000}, "less than or equal to 10"),
    ],
)
def test_a_scale_that_does_not_fit_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Range.model_validate({"low": "No", "high": "Yes", **fields})


@given(nonsense("value"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        assert isinstance(answered(scale, BANDED, posted), Value)
