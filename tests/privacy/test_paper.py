"""Ballots beside phones: every two small tables turned round together, and rules that this attack must beat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, product

import pytest

from sessions.publishing import beside, passed, publish
from tests.privacy.attack import Counts, many_choices, number, one_choice, options
from tests.privacy.broken import added_up, helps_to_reach_k
from workshop.release import Release, ShownShift, ShownTable
from workshop.tally import Shift, Table

K = 5
Seen = tuple[ShownTable | None, ShownTable | None]
"""What the room sees of the phones, and of the ballots."""


def released(table: Table, sensitivity: str = "personal", k: int = K) -> Release:
    return publish([table], step="s", round=1, phase=0, sensitivity=sensitivity, k=k)  # type: ignore[arg-type]


def ours(phones: Table, ballots: Table, sensitivity: str = "personal", k: int = K) -> Seen:
    first = released(phones, sensitivity, k)
    second = beside(first, [ballots], sensitivity=sensitivity, k=k)  # type: ignore[arg-type]
    return _table(first), _table(second)


def _table(release: Release | None) -> ShownTable | None:
    parts = release.parts if release else ()
    return next((part for part in parts if isinstance(part, ShownTable)), None)


def told(show: Callable[[Table, Table], Seen], pairs: Iterable[tuple[Table, Table]]) -> list[tuple[Seen, int, str]]:
    """What can be told by who knows the rule and both tables as they are shown: of the phones 0, of the ballots 1."""
    seen: dict[str, tuple[Seen, list[tuple[Counts, Counts]]]] = {}
    for phones, ballots in pairs:
        shown = show(phones, ballots)
        key = "|".join(one.model_dump_json() if one else "-" for one in shown)
        seen.setdefault(key, (shown, []))[1].append((phones.counts, ballots.counts))
    return [
        (shown, which, name)
        for shown, tables in seen.values()
        for which in (0, 1)
        for name, values in zip("abcdefgh", zip(*(pair[which] for pair in tables), strict=True), strict=False)
        if len(set(values)) == 1 and _hidden(shown[which], name)
    ]


def _hidden(shown: ShownTable | None, name: str) -> bool:
    return shown is None or number(shown, name) is None


def both(tables: Callable[[int], Iterable[Table]], people: Sequence[int]) -> Iterator[tuple[Table, Table]]:
    """Every two tables of so many people each."""
    return product(*(list(chain(*map(tables, people))) for _ in range(2)))


@pytest.mark.parametrize(("m", "most"), [(2, 10), (3, 7), (4, 5)])
@pytest.mark.parametrize("ordinal", [False, True], ids=["options", "scale"])
def test_phones_and_ballots_together_tell_no_hidden_cell_of_either(m: int, most: int, ordinal: bool) -> None:
    """However few there are of each: what is not shown tells nothing either."""
    assert told(ours, both(partial(one_choice, cells=m, ordinal=ordinal), range(most + 1))) == []


def test_so_it_is_where_several_are_chosen() -> None:
    tables = both(partial(many_choices, cells=2, picks=(1, None)), range(7))
    assert told(ours, tables) == []


def test_ballots_of_low_questions_are_numbers_and_help_nobody_to_reach_k() -> None:
    show = partial(ours, sensitivity="low", k=3)
    assert told(show, both(partial(one_choice, cells=3), range(6))) == []


def test_what_is_shown_of_the_phones_does_not_depend_on_the_ballots() -> None:
    ballots = [Table("t", options(3), counts, sum(counts)) for counts in ((0, 0, 0), (3, 2, 0), (9, 0, 0))]
    for phones in one_choice(6, 3):
        assert len({shown.model_dump_json() if (shown := ours(phones, one)[0]) else "" for one in ballots}) == 1


def test_nothing_of_the_ballots_is_shown_where_nothing_of_the_phones_is() -> None:
    ballots = Table("t", options(3), (4, 4, 0), 8)
    under_k, only_how_many = (Table("t", options(3), counts, sum(counts)) for counts in ((2, 2, 0), (6, 1, 1)))
    assert ours(under_k, ballots) == (None, None)
    shown = ours(only_how_many, ballots)
    assert shown[0] is not None
    assert shown == (shown[0], None)
    assert passed(None) == passed(released(under_k)) == passed(released(only_how_many)) == frozenset()


def test_ballots_have_to_be_enough_by_themselves() -> None:
    phones = Table("t", options(2), (10, 10), 20)
    assert ours(phones, Table("t", options(2), (2, 2), 4))[1] is None
    assert ours(phones, Table("t", options(2), (3, 2), 5))[1] is not None
    assert ours(phones, Table("t", options(2), (1, 1), 2), "low", k=1)[1] is None
    assert ours(phones, Table("t", options(2), (2, 1), 3), "low", k=1)[1] is not None


def test_a_second_count_of_ballots_is_set_beside_the_first_one_in_words() -> None:
    phones = released(Table("t", options(2), (8, 8), 16))
    first, second = (Table("t", options(2), counts, 8) for counts in ((6, 2), (2, 6)))
    once = beside(phones, [first], sensitivity="personal", k=K)
    again = beside(phones, [second], sensitivity="personal", k=K, first=once)
    shown = _table(again)
    assert shown is not None
    assert [cell.shown for cell in shown.cells] == ["fewer", "more"]
    assert shown.n is None


def test_of_what_moved_on_paper_there_are_words_and_never_dots() -> None:
    pairs = (((1, 4), 8), ((2, 2), 5), ((5, 3), 3))
    shift = Shift("m", "M", 1, 5, pairs)
    phones = publish([shift], step="s", round=1, phase=0, sensitivity="personal", k=K)
    found = beside(phones, [replace(shift, dots=False)], sensitivity="personal", k=K)
    assert found is not None
    dotted, plain = phones.parts[0], found.parts[0]
    assert isinstance(dotted, ShownShift)
    assert isinstance(plain, ShownShift)
    assert dotted.before is not None
    assert (plain.before, plain.after) == (None, None)
    assert plain.cells == dotted.cells


# ---------- rules that fail ----------


def test_the_attack_subtracts_where_ballots_are_added_to_the_phones() -> None:
    assert told(added_up.publish, both(partial(one_choice, cells=2), (5, 6, 7)))


def test_the_attack_finds_people_where_ballots_help_phones_to_reach_k() -> None:
    assert told(partial(helps_to_reach_k.publish, k=K), both(partial(one_choice, cells=3), range(6)))
