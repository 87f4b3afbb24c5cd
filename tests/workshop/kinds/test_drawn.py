"""How long and in which order things are drawn comes from what was published, and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from workshop.kinds import _drawn
from workshop.release import Cell, ShownTable


def table(*shown: Any, options: str = "abcd") -> ShownTable:
    cells = tuple(Cell(options=(option,), text=option, shown=one) for option, one in zip(options, shown, strict=False))
    return ShownTable(name="t", rung="exact", n=10, cells=cells)


def letters(shown: ShownTable) -> str:
    return "".join(cell.text for cell in shown.cells)


@pytest.mark.parametrize(
    ("shown", "order"),
    [
        ((1, 5, 3), "bca"),
        ((2, 2, 7, 2), "cabd"),
        (((0, 1), 4, (0, 1), (9, 10)), "dbac"),
        (((0, 3), (0, 3), 5, (0, 3)), "cabd"),
        (("some", "most", "few_or_none", "most"), "bdac"),
        (("fewer", "more", "about_the_same"), "abc"),
        ((), ""),
    ],
)
def test_the_largest_comes_first_and_equals_stay_as_written(shown: tuple[Any, ...], order: str) -> None:
    assert letters(_drawn.largest_first(table(*shown))) == order


def test_drawing_changes_the_order_alone() -> None:
    before = table(1, 5, 3)
    after = _drawn.largest_first(before)
    assert after.model_copy(update={"cells": before.cells}) == before
    assert sorted(after.cells, key=str) == sorted(before.cells, key=str)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ((10, 0, 0), (9, 1, 0)),
        ((9, 1, 0), (5, 5, 0)),
        ((5, 5, 0), (4, 3, 3)),
        (((9, 10), (0, 1)), (8, 2)),
        (("nearly_all", "few_or_none", "few_or_none"), ("about_half", "about_half", "few_or_none")),
        ((), (10, 0, 0)),
        (("fewer", "more"), (10, 0)),
    ],
)
def test_split_grows_with_disagreement(less: tuple[Any, ...], more: tuple[Any, ...]) -> None:
    assert _drawn.split(table(*less)) < _drawn.split(table(*more))


def test_which_option_has_which_number_does_not_matter_to_split() -> None:
    assert len({_drawn.split(table(*shown)) for shown in ((1, 3, 7), (7, 3, 1), (3, 1, 7), (3, 7, 1))}) == 1


def test_a_bar_is_whole_and_each_stretch_has_the_look_of_its_option() -> None:
    drawn = _drawn.segments(table(2, 3, 5), ["c", "a", "b"])
    assert [(one.look, round(one.start, 6), round(one.width, 6)) for one in drawn] == [
        (2, 0, 0.2),
        (3, 0.2, 0.3),
        (1, 0.5, 0.5),
    ]


def test_several_options_as_one_and_options_that_are_gone_have_no_look_of_theirs() -> None:
    both = Cell(options=("b", "c"), text="b / c", shown=4)
    merged = table(6).model_copy(update={"cells": (*table(6).cells, both)})
    assert [one.look for one in _drawn.segments(merged, "abc")] == [1, 0]
    assert [one.look for one in _drawn.segments(table(1, 2), "xy")] == [0, 0]


@pytest.mark.parametrize("shown", [(), ("fewer", "more"), (0, 0)])
def test_where_nothing_says_how_many_there_is_no_bar(shown: tuple[Any, ...]) -> None:
    assert _drawn.segments(table(*shown), "abc") == ()
