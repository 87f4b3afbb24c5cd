"""A sorting asks for every line, knows a third way, and lets a facilitator swap, order and ask without telling more."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sessions.publishing import publish
from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.kind import Action, Invalid, Path
from workshop.kinds.sorting import Sorted, Sorting, SortingConfig
from workshop.release import Release
from workshop.tally import Table

sorting = Sorting()
WAYS = [{"id": id, "text": id.title()} for id in ("lean", "lost", "either")]
LINES = [{"id": id, "text": f"Line {id}", "article": "lean"} for id in ("a", "b", "c")]
SPARE = [{"id": id, "text": f"Line {id}", "article": "either"} for id in ("d", "e")]
FIELDS: dict[str, Any] = {
    "categories": WAYS,
    "statements": LINES,
    "spare_statements": SPARE,
    "three_questions": ["Why?"],
}
CONFIG = SortingConfig.model_validate(FIELDS)


def config(**changes: Any) -> SortingConfig:
    return SortingConfig.model_validate({**FIELDS, **changes})


def placed(**places: str) -> Posted:
    return form({f"category-{line}": [place] for line, place in places.items()})


def asked(path: Path) -> list[str]:
    question = sorting.question(CONFIG, [], path)
    assert question is not None
    return [line.id for line in question.values["lines"]]


def pressed(action: str, path: Path, past: tuple[Release, ...] = ()) -> Path:
    found = sorting.pressed(CONFIG, past, path, action)
    assert found is not None, action
    return found.apply(path)


def released(*tables: tuple[int, int, int], sensitivity: Any = "low") -> Release:
    """What may be shown of lines a, b, c … with so many people in each category."""
    question = sorting.question(CONFIG, [])
    assert question is not None
    tally = [
        Table(name=id, title=f"Line {id}", options=question.options, counts=counts, answerers=sum(counts))
        for id, counts in zip("abcdefgh", tables, strict=False)
    ]
    return publish(tally, step="s", round=1, phase=0, sensitivity=sensitivity, k=3)


def order(release: Release, path: Path) -> str:
    return "".join(table.name for table in CONFIG.shown(release, path))


# ---------- what an author sets ----------


@pytest.mark.parametrize("many", [0, 1, 2])
def test_without_a_third_way_it_is_refused_with_a_sentence(many: int) -> None:
    with pytest.raises(ValidationError, match="two and a third way, such as 'It depends'"):
        config(categories=WAYS[:many])


@pytest.mark.parametrize(
    ("changes", "sentence", "place"),
    [
        (
            {"statements": [{**LINES[0], "article": "right"}]},
            "there is no category right",
            ("statements", 0, "article"),
        ),
        ({"spare_statements": [{**SPARE[0], "id": "a"}]}, "'a' is used twice", ("spare_statements", 0, "id")),
        ({"statements": [LINES[0], LINES[0]]}, "'a' is used twice", ("statements", 1, "id")),
        ({"categories": [*WAYS, WAYS[0]]}, "'lean' is used twice", ("categories", 3, "id")),
        ({"statements": [{**LINES[0], "text": "x" * 73}]}, "at most 72", ("statements", 0, "text")),
        ({"three_questions": ["Why?"] * 6}, "at most 5", ("three_questions",)),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(changes: Any, sentence: str, place: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError, match=sentence) as refusal:
        config(**changes)
    assert refusal.value.errors()[0]["loc"] == place


def test_a_plan_names_its_lines_spare_ones_too_and_what_it_leaves_out_is_spare_there() -> None:
    fields = sorting.vary(CONFIG.model_dump(), {"statements": ["c", "d"], "order": "as_written"})
    short = SortingConfig.model_validate(fields)
    assert [line.id for line in short.lines()] == ["c", "d"]
    assert [line.id for line in short.spare()] == ["a", "b", "e"]
    assert short.order == "as_written"


def test_a_plan_that_says_nothing_of_lines_keeps_them_and_may_write_its_own() -> None:
    assert sorting.vary(CONFIG.model_dump(), {}) == CONFIG.model_dump()
    own = sorting.vary(CONFIG.model_dump(), {"statements": LINES[:1]})
    assert [line.id for line in SortingConfig.model_validate(own).lines()] == ["a"]


def test_a_plan_cannot_name_a_line_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="there is no statement x, z"):
        sorting.vary(CONFIG.model_dump(), {"statements": ["a", "x", "z"]})


# ---------- what a phone sends ----------


def test_it_takes_a_place_for_every_line_in_the_order_of_the_question() -> None:
    answer = answered(sorting, CONFIG, placed(c="lost", a="lean", b="either"))
    assert answer == Sorted(placed={"a": "lean", "b": "either", "c": "lost"})
    assert list(answer.model_dump()["placed"]) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("places", "code", "sentence"),
    [
        ({}, "empty", "Choose something first, or tap Pass."),
        ({"x": "lean"}, "empty", "Choose something first, or tap Pass."),
        ({"a": "lean"}, "empty", "2 lines are left. Please place them too."),
        ({"a": "lean", "b": "lost"}, "empty", "1 line is left. Please place it too."),
        (
            {"a": "lean", "b": "lost", "c": "right"},
            "bad_option",
            "That choice isn't there any more. Please choose again.",
        ),
        ({"a": "lean", "b": "lost", "c": ""}, "bad_option", "That choice isn't there any more. Please choose again."),
    ],
)
def test_a_form_that_does_not_place_them_all_is_refused(places: dict[str, str], code: str, sentence: str) -> None:
    refusal = refused(sorting, CONFIG, placed(**places))
    assert (refusal.code, refusal.message) == (code, sentence)


def test_a_line_cannot_stand_in_two_places() -> None:
    twice = Posted([*placed(a="lean", b="lean", c="lean").fields, ("category-a", "lost")])
    assert refused(sorting, CONFIG, twice).code == "bad_option"


@given(nonsense("category-a", "category-b", "category-c"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        assert isinstance(answered(sorting, CONFIG, posted), Sorted)


# ---------- what is counted ----------


def test_every_line_is_a_table_of_its_own() -> None:
    question = sorting.question(CONFIG, [])
    assert question is not None
    answers = [Sorted(placed={"a": place, "b": "lost", "c": "either"}) for place in ("lean", "lean", "lost")]
    tables = [table for table in sorting.count(answers, question) if isinstance(table, Table)]
    assert [(table.name, table.title, table.counts, table.answerers) for table in tables] == [
        ("a", "Line a", (2, 1, 0), 3),
        ("b", "Line b", (0, 3, 0), 3),
        ("c", "Line c", (0, 0, 3), 3),
    ]
    assert all(table.exclusive for table in tables)


def test_a_line_that_somebody_never_saw_counts_those_who_did() -> None:
    """An answer that was on its way while the facilitator swapped a line."""
    question = sorting.question(CONFIG, [], {"swapped": {"a": "d"}})
    assert question is not None
    late = [Sorted(placed={"a": "lean", "b": "lost", "c": "lost"})]
    rest = [Sorted(placed={"d": "lean", "b": "lost", "c": "lost"})] * 4
    swapped = sorting.count([*rest, *late], question)[0]
    assert isinstance(swapped, Table)
    assert (swapped.name, swapped.answerers, sum(swapped.counts)) == ("d", 4, 4)


def test_where_the_article_leans_is_in_no_question() -> None:
    question = sorting.question(CONFIG, [])
    assert "article" not in repr(question)


# ---------- a spare line instead ----------


def test_a_spare_line_takes_the_place_of_another() -> None:
    path = pressed("swap:b:d", {"held": 1})
    assert path == {"held": 1, "swapped": {"b": "d"}}
    assert asked(path) == ["a", "d", "c"]
    assert [line.id for line in CONFIG.spare(path)] == ["e", "b"]


def test_a_swapped_line_can_be_swapped_on_and_back() -> None:
    path = pressed("swap:d:e", pressed("swap:b:d", {}))
    assert asked(path) == ["a", "e", "c"]
    assert pressed("swap:e:b", path) == {"swapped": {}}


def test_what_has_gone_can_come_at_another_place() -> None:
    path = pressed("swap:c:a", pressed("swap:a:d", {}))
    assert asked(path) == ["d", "b", "a"]


@pytest.mark.parametrize(
    "action", ["swap", "swap:", "swap:a", "swap:a:", "swap:d:e", "swap:a:b", "swap:a:x", "swap:a:d:e"]
)
def test_nothing_else_can_be_swapped(action: str) -> None:
    assert sorting.pressed(CONFIG, [], {}, action) is None


def test_a_swap_is_for_the_time_before_the_first_answer() -> None:
    swap = sorting.pressed(CONFIG, [], {}, "swap:a:d")
    assert swap is not None
    assert (swap.when, swap.unanswered) == (("shown", "open"), True)


def test_a_second_round_asks_the_same_lines_and_nothing_else_stays() -> None:
    path = {"swapped": {"b": "d"}, "by": "split", "asks": True}
    assert asked(sorting.afresh(CONFIG, path)) == ["a", "d", "c"]
    assert sorting.afresh(CONFIG, path) == {"swapped": {"b": "d"}}


@given(st.lists(st.sampled_from([f"swap:{one}:{other}" for one, other in product("abcde", repeat=2)]), max_size=12))
def test_whatever_is_swapped_every_line_is_asked_once_or_spare(presses: list[str]) -> None:
    path: Path = {}
    for press in presses:
        found = sorting.pressed(CONFIG, [], path, press)
        path = found.apply(path) if found else path
    assert len(asked(path)) == 3
    assert sorted([*asked(path), *(line.id for line in CONFIG.spare(path))]) == list("abcde")


# ---------- the facilitator's buttons ----------


def offered(past: list[Release], path: Path, of: SortingConfig = CONFIG) -> list[str]:
    return [action.id for action in sorting.actions(of, past, path)]


def test_buttons_come_with_the_results() -> None:
    shown = released((3, 0, 0), (1, 1, 1))
    assert offered([], {}) == []
    assert offered([shown], {}) == ["by-split", "asks"]
    assert offered([shown], {"by": "split", "asks": True}) == ["as-written", "asks-off"]
    assert all(action.when == ("revealed",) for action in sorting.actions(CONFIG, [shown], {}))


def test_a_button_is_there_only_where_it_does_something() -> None:
    withheld = Release(step="s", round=1, phase=0, withheld=True)
    assert offered([withheld], {}) == ["asks"]  # what is talked through instead may need the questions
    assert offered([released((3, 0, 0))], {}, config(three_questions=[])) == []


def test_a_button_pressed_twice_does_nothing_more() -> None:
    shown = (released((3, 0, 0), (1, 1, 1)),)
    once = pressed("by-split", {"held": 1}, shown)
    assert pressed("by-split", once, shown) == once == {"held": 1, "by": "split"}
    assert pressed("as-written", pressed("as-written", once, shown), shown) == {"held": 1}
    assert pressed("asks-off", pressed("asks", {}, shown), shown) == {}
    assert sorting.pressed(CONFIG, [], {}, "by-split") is None


def test_its_words_can_be_a_packs() -> None:
    actions: list[Action] = sorting.actions(CONFIG, [released((3, 0, 0), (1, 1, 1))], {})
    assert [action.wording for action in actions] == ["sort_by_split", "sort_asks"]


# ---------- the order of the results ----------


def test_the_most_split_line_comes_first_and_ties_stay_as_written() -> None:
    release = released((6, 0, 0), (3, 3, 0), (2, 2, 2), (0, 3, 3), (1, 0, 5))
    assert order(release, {}) == "abcde"
    assert order(release, {"by": "split"}) == "cbdea"


@pytest.mark.parametrize("sensitivity", ["low", "personal", "tender"])
def test_the_order_is_made_of_what_is_shown_and_of_nothing_else(sensitivity: str) -> None:
    """Lines of which the same is shown stand as they were written, whatever people answered."""
    people = [(a, b, 8 - a - b) for a in range(9) for b in range(9 - a)]
    for one, other in pairwise(people):
        release = released(one, other, sensitivity=sensitivity)
        cells = [sorted(str(cell.shown) for cell in table.cells) for table in CONFIG.shown(release)]
        if cells[0] == cells[1]:
            assert order(release, {"by": "split"}) == "ab"


def test_none_and_one_who_differ_are_the_same_to_the_order() -> None:
    release = released((7, 1, 0), (8, 0, 0), (0, 8, 0), sensitivity="personal")
    assert order(release, {"by": "split"}) == "abc"


def test_lines_of_which_nothing_is_shown_come_last() -> None:
    release = released((1, 1, 1), (5, 0, 0), (2, 3, 0), sensitivity="personal")
    assert [table.rung for table in CONFIG.shown(release)] == ["only_n", "nearly_everyone", "exact"]
    assert order(release, {"by": "split"}) == "cba"


def test_the_article_leans_on_the_two_most_split_lines_for_the_facilitator() -> None:
    release = released((6, 0, 0), (3, 3, 0), (2, 2, 2))
    assert CONFIG.leans(release) == [("Line c", "Lean"), ("Line b", "Lean")]
    swapped = release.model_copy(
        update={"parts": tuple(part.model_copy(update={"name": "d"}) for part in release.parts[2:])}
    )
    assert CONFIG.leans(swapped, {"swapped": {"c": "d"}}) == [("Line d", "Either")]


def test_where_all_agree_there_is_no_line_to_open() -> None:
    assert CONFIG.leans(released((6, 0, 0), (0, 6, 0))) == []
