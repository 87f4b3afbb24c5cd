"""A ranking counts how many have an entry among their first, and keeps and shows nothing of the order within."""

from __future__ import annotations

from contextlib import suppress
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from sessions.publishing import publish
from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.kind import Invalid
from workshop.kinds.ranking import Ranked, Ranking, RankingConfig
from workshop.release import Release, ShownTable
from workshop.tally import Table

ranking = Ranking()
FIELDS: dict[str, Any] = {"options": [{"id": id, "text": id.upper()} for id in "abcd"], "rank_top": 2}
CONFIG = RankingConfig.model_validate(FIELDS)


def places(*ids: str) -> Posted:
    return form({"rank": list(ids)})


def counted(*tops: str) -> Table:
    question = ranking.question(CONFIG, [])
    assert question is not None
    (table,) = ranking.count([Ranked(top=tuple(top)) for top in tops], question)
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize("top", [0, 4, 5])
def test_fewer_than_all_are_on_top_and_one_at_least(top: int) -> None:
    with pytest.raises(ValidationError):
        RankingConfig.model_validate({**FIELDS, "rank_top": top})


def test_two_entries_with_one_id_are_refused() -> None:
    with pytest.raises(ValidationError, match="'a' is used twice"):
        RankingConfig.model_validate({**FIELDS, "options": [*FIELDS["options"], FIELDS["options"][0]]})


def test_it_keeps_who_is_on_top_and_not_in_which_order() -> None:
    for order in permutations(["d", "b"]):
        assert answered(ranking, CONFIG, places(*order)) == Ranked(top=("b", "d"))


def test_places_that_are_left_blank_are_no_choice() -> None:
    assert answered(ranking, CONFIG, places("", "c", "", "a")) == Ranked(top=("a", "c"))
    assert refused(ranking, CONFIG, places("", "")).code == "empty"


@pytest.mark.parametrize(
    ("ids", "code", "sentence"),
    [
        ([], "empty", "Choose something first, or tap Pass."),
        (["a"], "bad_option", "Fill 2 places, no more and no less."),
        (["a", "b", "c"], "bad_option", "Fill 2 places, no more and no less."),
        (["a", "a"], "bad_option", "One line has two places. Please give it one."),
        (["a", "x"], "bad_option", "That choice isn't there any more. Please choose again."),
        (["a", "b "], "bad_option", "That choice isn't there any more. Please choose again."),
    ],
)
def test_exactly_so_many_different_ones_are_taken(ids: list[str], code: str, sentence: str) -> None:
    refusal = refused(ranking, CONFIG, places(*ids))
    assert (refusal.field, refusal.code, refusal.message) == ("rank", code, sentence)


@given(nonsense("rank"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        assert isinstance(answered(ranking, CONFIG, posted), Ranked)


def test_every_entry_is_a_table_of_its_own_and_all_know_how_many_a_person_takes() -> None:
    table = counted("ab", "ac", "bd")
    assert (table.counts, table.answerers, table.exclusive, table.picks) == ((2, 2, 1, 1), 3, False, (2, 2))


# ---------- how it is drawn ----------


def drawn(*tops: str, sensitivity: Any = "low") -> list[tuple[str, Any]]:
    release = publish([counted(*tops)], step="s", round=1, phase=0, sensitivity=sensitivity, k=3)
    (part,) = CONFIG.shown(release).parts
    assert isinstance(part, ShownTable)
    return [(cell.text, cell.shown) for cell in part.cells]


def test_the_largest_is_drawn_first_and_equals_as_written() -> None:
    assert drawn("bd", "cd", "bd") == [("D", 3), ("B", 2), ("C", 1), ("A", 0)]
    assert drawn("ab", "cd", "ab", "cd") == [("A", 2), ("B", 2), ("C", 2), ("D", 2)]


def test_entries_of_which_a_range_is_shown_stand_as_written_whatever_is_hidden_in_it() -> None:
    """a has nobody and b one person, or the other way round: the same is shown, in the same order."""
    one = drawn("cd", "cd", "cd", "cd", "bd", sensitivity="personal")
    other = drawn("cd", "cd", "cd", "cd", "ad", sensitivity="personal")
    assert one == other
    assert [text for text, shown in one if shown == one[-1][1]] == ["A", "B"]


def test_entries_with_the_same_word_stand_as_written() -> None:
    shown = drawn(*["cd"] * 5, *["bd"] * 2, *["ad"] * 1, sensitivity="tender")
    for word in {word for _text, word in shown}:
        letters = [text for text, one in shown if one == word]
        assert letters == sorted(letters)


def test_what_is_withheld_stays_withheld() -> None:
    withheld = Release(step="s", round=1, phase=0, withheld=True)
    assert CONFIG.shown(withheld) == withheld
