"""Results that are drawn largest first, or most split first, tell no more by their order than by what they show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations, product
from math import log2

import pytest

from sessions.publishing import publish, publish_table
from tests.privacy.attack import NAMES, Seen, determined, inverted, many_choices, one_choice, singled_out
from tests.privacy.broken import in_order_of_counts
from workshop.kinds import _drawn
from workshop.release import Release, ShownTable
from workshop.tally import Table

RANKINGS = [(5, 3, 1), (5, 3, 2), (6, 4, 2), (6, 4, 3), (5, 5, 3), (8, 3, 2)]
"""People, entries of the list, and how many of them everybody puts on top."""

Order = Callable[[Release, Sequence[Table]], Sequence[str]]


def ranked(people: int, entries: int, top: int) -> list[Table]:
    return list(many_choices(people, entries, (top, top)))


def largest_first(table: Table, sensitivity: str) -> ShownTable:
    return _drawn.largest_first(publish_table(table, sensitivity))  # type: ignore[arg-type]


def told_apart(seen: list[Seen]) -> Iterator[tuple[ShownTable, str, str]]:
    """Two options of which the same is shown, and of which one is known never to have more people than the other."""
    for entry in seen:
        for one, other in combinations(entry.shown.cells, 2):
            first, second = NAMES.index(one.options[0]), NAMES.index(other.options[0])
            ahead = {(counts[first] > counts[second]) - (counts[first] < counts[second]) for counts in entry.tables}
            if one.shown == other.shown and not isinstance(one.shown, int) and len(ahead & {1, -1}) == 1:
                yield entry.shown, one.options[0], other.options[0]


@pytest.mark.parametrize("sensitivity", ["personal", "tender"])
@pytest.mark.parametrize("ranking", RANKINGS)
def test_a_ranking_drawn_largest_first_tells_no_hidden_count(ranking: tuple[int, int, int], sensitivity: str) -> None:
    seen = inverted(partial(largest_first, sensitivity=sensitivity), ranked(*ranking))
    assert (sensitivity == "tender" and ranking[0] < 6) or determined(seen) == []
    assert singled_out(seen) == []
    assert list(told_apart(seen)) == []


def test_the_attack_reads_an_order_that_was_made_of_the_counts() -> None:
    assert list(told_apart(inverted(in_order_of_counts.publish, ranked(6, 4, 2))))


@pytest.mark.parametrize("sensitivity", ["personal", "tender"])
def test_what_is_shown_of_the_lines_of_a_sorting_decides_their_order(sensitivity: str) -> None:
    orders = seen_in(sensitivity, lambda release, tables: [part.name for part in _drawn.most_split(release)])
    assert all(len(found) == 1 for found in orders.values())


def test_the_attack_sees_an_order_that_was_made_of_the_answers() -> None:
    orders = seen_in(
        "personal", lambda release, tables: [one.name for one in sorted(tables, key=_entropy, reverse=True)]
    )
    assert any(len(found) > 1 for found in orders.values())


def seen_in(sensitivity: str, order: Order) -> dict[str, set[str]]:
    """For everything that may be shown of two lines, the orders in which somebody could see them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in product(one_choice(6, 3), repeat=2):
        tables = [Table(f"line {i}", table.options, table.counts, 6) for i, table in enumerate((one, other))]
        release = publish(tables, step="s", round=1, phase=0, sensitivity=sensitivity, k=5)  # type: ignore[arg-type]
        found[release.model_dump_json()].add(" ".join(order(release, tables)))
    return found


def _entropy(table: Table) -> float:
    shares = sorted(count / table.answerers for count in table.counts if count)
    return round(-sum(share * log2(share) for share in shares), 9)
