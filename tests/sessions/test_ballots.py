"""Numbers as they are typed of folded ballots: taken where so many ballots can come to them, else a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.ballots import Line
from tests.privacy.attack import many_choices, options
from workshop import kinds
from workshop.kinds.kind import Invalid
from workshop.pack import built_in
from workshop.tally import Shift, Table

ONE = Table("t", options(3), (0, 0, 0), 0)


def many(picks: tuple[int, int | None], *, sole: bool = False) -> Line:
    return Line(Table("t", options(3, sole=sole), (0, 0, 0), 0, exclusive=False, picks=picks), "t:blank")


def typed(line: Line, *counts: object, blank: object = "") -> dict[str, str]:
    fields = {line.field(option): str(count) for option, count in zip(line.options, counts, strict=True)}
    return {**fields, "t:blank": str(blank)}


def refused(line: Line, ballots: int, *counts: object, blank: object = "") -> str:
    with pytest.raises(Invalid) as refusal:
        line.counted(typed(line, *counts, blank=blank), ballots)
    said = refusal.value.message
    assert said[0].isupper()
    assert said.endswith(".")
    return said


def test_an_empty_field_is_none_and_a_ballot_without_a_mark_is_nobodys_answer() -> None:
    table = Line(ONE).counted(typed(Line(ONE), " 4 ", "", 2), 8)
    assert isinstance(table, Table)
    assert (table.counts, table.answerers) == ((4, 0, 2), 6)


@pytest.mark.parametrize("number", ["-1", "2.5", "four", "１", "1e3", "99999"])
def test_what_is_no_whole_number_is_refused_at_its_field(number: str) -> None:
    line = Line(ONE)
    with pytest.raises(Invalid) as refusal:
        line.counted(typed(line, 1, number, 1), 8)
    assert refusal.value.field == "t:b"


def test_more_marks_than_ballots_are_refused() -> None:
    assert "come to 9, and there are 8 ballots" in refused(Line(ONE), 8, 4, 3, 2)


@pytest.mark.parametrize(
    ("picks", "counts", "why"),
    [
        ((1, None), (6, 1, 1), "more marks here than 5 ballots"),
        ((1, None), (2, 1, 1), "at least"),
        ((1, 2), (5, 4, 3), "2 marks at the most"),
        ((2, 2), (5, 3, 1), "2 marks at least"),
    ],
)
def test_so_many_ballots_must_be_able_to_have_such_marks(
    picks: tuple[int, int | None], counts: tuple[int, ...], why: str
) -> None:
    assert why in refused(many(picks), 5, *counts)


def test_who_ticked_what_stands_alone_ticked_nothing_else() -> None:
    line = many((1, None), sole=True)
    assert refused(line, 5, 2, 4, 0)
    table = line.counted(typed(line, 2, 3, 1), 5)
    assert table.answerers == 5


def test_ballots_that_say_nothing_to_a_question_are_left_out_of_it() -> None:
    line = many((1, None))
    assert line.counted(typed(line, 4, 2, 0, blank=3), 8).answerers == 5
    assert refused(line, 8, 4, 2, 0, blank=9)


@given(st.integers(1, 6), st.sampled_from([(1, None), (1, 2), (2, 2), (0, None)]), st.booleans(), st.data())
def test_exactly_the_tables_that_people_can_make_are_taken(
    people: int, picks: tuple[int, int | None], sole: bool, data: st.DataObject
) -> None:
    line = many(picks, sole=sole)
    counts = data.draw(st.tuples(*(st.integers(0, people + 1) for _ in range(3))))
    there = any(table.counts == counts for table in many_choices(people, 3, picks, sole=sole))
    try:
        taken = line.counted(typed(line, *counts), people)
    except Invalid:
        assert not there
    else:
        assert there
        assert (taken.counts, taken.answerers) == (counts, people)  # type: ignore[union-attr]


def test_of_what_moved_the_way_is_counted_and_no_point() -> None:
    line = Line(Shift("m", "M", 1, 5, ()))
    shift = line.counted({"m:up": "4", "m:stayed": "2", "m:down": "1"}, 8)
    assert isinstance(shift, Shift)
    assert shift.answerers == 7
    assert not shift.dots
    assert [people for (before, after), people in shift.pairs if after > before] == [4]
    assert [people for (before, after), people in shift.pairs if after < before] == [1]


def test_every_step_of_the_built_in_pack_that_is_on_paper_has_tables_to_fill_in() -> None:
    ((_name, pack),) = built_in()
    steps = [step for plan in pack.workshop.variants.plans for step in pack.route(plan, {}) if step.paper]
    assert {step.id for step in steps} == {"s07_messages", "s13_sort_leaning", "s17_sort_help", "s27_after"}
    for step in steps:
        question = step.question()
        assert step.fits_paper
        assert question is not None
        assert not question.moderated
        assert {type(part) for part in kinds.get(step.kind).count((), question)} <= {Table, Shift}


def test_an_option_that_stands_for_several_marks_names_them() -> None:
    table = Table("t", options(2), (0, 0), 0, marks=(("1", "2", "3"), ("4", "5")))
    line = Line(table)
    assert [line.marks(option) for option in line.options] == [("1", "2", "3"), ("4", "5")]
