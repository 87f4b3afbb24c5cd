"""A grid asks for every line, counts each by itself, and tells what moved of those who answered before and after."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.grid import Grid, GridConfig, Rated
from workshop.kinds.kind import Invalid, Question
from workshop.tally import Shift, Table, Tally

grid = Grid()
ITEMS = [{"id": id, "text": f"Line {id}"} for id in ("a", "b", "c")]
BANDS = [{"id": "less", "values": [1, 2, 3], "text": "less"}, {"id": "more", "values": [4, 5], "text": "more"}]
SCALE = {"low": "Not at all", "high": "Fully", "bands": BANDS}
COLUMNS = [{"id": "then", "text": "Before today"}, {"id": "now", "text": "Now"}]
EXTRA = {"id": "back", "text": "Looking back", "role": "then_test"}
FIELDS: dict[str, Any] = {"items": ITEMS, "scale": SCALE}
TWICE: dict[str, Any] = {**FIELDS, "mode": "then_and_now", "columns": COLUMNS}


def config(**fields: Any) -> GridConfig:
    return GridConfig.model_validate({**FIELDS, **fields})


def asked(given: GridConfig, linked: Any = "") -> Question:
    question = grid.question(given, [])
    assert question is not None
    return replace(question, linked=linked)


def counted(given: GridConfig, *answers: Rated, linked: Any = "") -> Tally:
    return grid.count(answers, asked(given, linked))


def rated(a: int, b: int, c: int, **more: Any) -> Rated:
    return Rated(points={"a": a, "b": b, "c": c, **more.pop("extra", {})}, **more)


# ---------- what people give ----------


def test_it_takes_a_point_for_each_line() -> None:
    posted = form({"value-a": ["1"], "value-b": ["5"], "value-c": ["3"]})
    assert answered(grid, config(), posted) == rated(1, 5, 3)


def test_in_two_columns_it_takes_before_and_now_together() -> None:
    fields = {f"value-{line}-{column}": [point] for line in "abc" for column, point in (("then", "2"), ("now", "4"))}
    given = answered(grid, GridConfig.model_validate(TWICE), form(fields))
    assert given == rated(4, 4, 4, before={"a": 2, "b": 2, "c": 2})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose something first, or tap Pass."),
        ({"value-a": ["1"]}, "2 lines are left. Please answer them too."),
        ({"value-a": ["1"], "value-c": ["1"]}, "1 line is left. Please answer it too."),
    ],
)
def test_it_says_how_many_lines_are_left(given: dict[str, list[str]], sentence: str) -> None:
    refusal = refused(grid, config(), form(given))
    assert (refusal.code, refusal.message) == ("empty", sentence)
    assert refusal.field == next(f"value-{line}" for line in "abc" if f"value-{line}" not in given)


def test_a_line_with_one_of_its_columns_is_left() -> None:
    given = {f"value-{line}-{column}": ["1"] for line in "abc" for column in ("then", "now")} | {"value-b-now": []}
    refusal = refused(grid, GridConfig.model_validate(TWICE), form(given))
    assert (refusal.field, refusal.message) == ("value-b-now", "1 line is left. Please answer it too.")


@pytest.mark.parametrize("points", [["6"], ["0"], ["1.0"], ["01"], ["one"], [""], ["1", "2"]])
def test_points_that_are_not_on_the_scale_are_refused(points: list[str]) -> None:
    refusal = refused(grid, config(), form({"value-a": ["1"], "value-b": points, "value-c": ["1"]}))
    assert (refusal.field, refusal.code) == ("value-b", "bad_option")


@given(nonsense("value-a", "value-b", "value-c"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        answered(grid, config(), posted)


# ---------- counted ----------


def test_each_line_is_a_table_of_its_own_in_bands() -> None:
    parts = counted(config(), rated(1, 4, 5), rated(2, 5, 3))
    tables = [part for part in parts if isinstance(part, Table)]
    assert [(table.name, table.title, table.counts, table.answerers) for table in tables] == [
        ("a", "Line a", (2, 0), 2), ("b", "Line b", (0, 2), 2), ("c", "Line c", (1, 1), 2),
    ]  # fmt: skip
    assert all(table.exclusive and table.ordinal for table in tables)


def test_in_two_columns_a_line_is_what_moved() -> None:
    before = {"a": 2, "b": 2, "c": 5}
    given = GridConfig.model_validate(TWICE)
    one, two, three = counted(given, *[rated(4, 2, 3, before=before)] * 3, rated(4, 2, 2, before=before))
    assert one == Shift("a", "Line a", 1, 5, (((2, 4), 4),))
    assert two == Shift("b", "Line b", 1, 5, (((2, 2), 4),))
    assert three == Shift("c", "Line c", 1, 5, (((5, 2), 1), ((5, 3), 3)))


def test_the_points_of_a_reversed_line_stay_as_they_were_given() -> None:
    given = GridConfig.model_validate({**TWICE, "items": [{**ITEMS[0], "reverse": True}]})
    (one,) = counted(given, Rated(points={"a": 1}, before={"a": 5}))
    assert isinstance(one, Shift)
    assert one.pairs == (((5, 1), 1),)
    assert given.reversed == {"a"}


def test_of_a_linked_measure_only_those_who_answered_both_count_and_the_extra_line_counts_all() -> None:
    given = config(extra_item=EXTRA)
    late = rated(1, 1, 1, extra={"back": 5})
    both = grid.paired(Rated(points={"a": 1, "b": 1}), rated(5, 1, 3, extra={"back": 2}))
    *shifts, extra = counted(given, late, both, both, linked="post")
    assert [part.answerers for part in shifts] == [2, 2, 0]
    assert isinstance(extra, Table)
    assert (extra.name, extra.counts, extra.answerers) == ("back", (2, 1), 3)


def test_without_a_link_an_extra_line_is_one_more_table() -> None:
    parts = counted(config(extra_item=EXTRA), rated(1, 1, 1, extra={"back": 5}))
    assert [part.name for part in parts] == ["a", "b", "c", "back"]
    assert all(isinstance(part, Table) for part in parts)


def test_a_before_fits_into_the_same_bucket() -> None:
    many = [{"id": f"line_{n:035}", "text": "A line"} for n in range(12)]
    question = asked(GridConfig.model_validate({**TWICE, "items": many}))
    points = {item["id"]: 5 for item in many}
    assert len(Rated(points=points, before=points).model_dump_json()) <= question.bucket


# ---------- what an author sets ----------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": []}, "at least 1"),
        ({"items": [ITEMS[0], ITEMS[0]]}, "'a' is used twice"),
        ({"extra_item": {**EXTRA, "id": "a"}}, "'a' is used twice"),
        ({"columns": COLUMNS}, "columns are for 'mode: then_and_now'"),
        ({"mode": "then_and_now"}, "needs two columns: then, and now"),
        ({"mode": "then_and_now", "columns": COLUMNS[:1]}, "needs two columns: then, and now"),
        ({"mode": "then_and_now", "columns": COLUMNS[::-1]}, "needs two columns: then, and now"),
        ({**TWICE, "extra_item": EXTRA}, "looks back by itself"),
        ({"extra_item": {**EXTRA, "role": "other"}}, "then_test"),
        ({"items": [{"id": "a", "text": "x" * 73}]}, "72"),
    ],
)
def test_a_grid_that_does_not_fit_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        config(**changes)


def test_a_plan_keeps_some_lines_and_drops_the_extra_one() -> None:
    fields = config(extra_item=EXTRA).model_dump()
    plan = {"items": ["c", "a"], "extra_item": False, "mode": "then_and_now", "columns": COLUMNS}
    varied = GridConfig.model_validate(grid.vary(fields, plan))
    assert [item.id for item in varied.items] == ["a", "c"]
    assert (varied.extra_item, varied.mode) == (None, "then_and_now")


def test_a_plan_may_write_lines_of_its_own() -> None:
    varied = grid.vary(config().model_dump(), {"items": ITEMS[:1]})
    assert [item.id for item in GridConfig.model_validate(varied).items] == ["a"]


def test_a_plan_that_names_a_line_which_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no line d"):
        grid.vary(config().model_dump(), {"items": ["a", "d"]})
