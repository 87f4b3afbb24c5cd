"""Chance puts everybody into a two or a three, without repeats for as long as there is a way around them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import matching
from sessions.matching import Pair, Seat, Ties

people = st.integers(1, 60)
rathers = st.sampled_from([2, 3])
chances = st.integers(0, 2**32).map(random.Random)


def seats(many: int) -> list[Seat]:
    return [b"%d" % i for i in range(many)]


def pairs(groups: list[list[Seat]]) -> Counter[Pair]:
    return Counter(frozenset(pair) for group in groups for pair in combinations(group, 2))


def divisions(left: list[Seat], sizes: list[int]) -> Iterator[list[list[Seat]]]:
    """All ways to divide people into groups of these sizes."""
    if not left:
        yield []
        return
    first, *rest = left
    for size in set(sizes):
        others = [*sizes]
        others.remove(size)
        for group in combinations(rest, size - 1):
            for more in divisions([one for one in rest if one not in group], others):
                yield [[first, *group], *more]


@given(people, rathers, chances)
def test_everybody_is_in_one_group_of_two_or_three(many: int, rather: int, chance: random.Random) -> None:
    groups = matching.deal(seats(many), rather, Ties(), chance)
    assert sorted(one for group in groups for one in group) == sorted(seats(many))
    assert {len(group) for group in groups} <= ({2, 3} if many > 1 else {1})
    odd = [group for group in groups if len(group) != rather]
    assert len(odd) <= (many % 2 if rather == 2 else 2) or many < 3


def test_nobody_at_all_is_no_group() -> None:
    assert matching.deal([], 2, Ties(), random.Random(1)) == []


@given(st.integers(1, 60), chances)
def test_nobody_meets_twice_while_that_can_be_avoided(many: int, chance: random.Random) -> None:
    """In a room of which everybody has met less than half, there is always a way to pair strangers (Dirac, 1952)."""
    met: Counter[Pair] = Counter()
    for _deal in range(6):
        groups = matching.deal(seats(many), 2, Ties(met), chance)
        again = pairs(groups) & met
        most = max((sum(one in pair for pair in met) for one in seats(many)), default=0)
        if many % 2 == 0 and most + 1 <= many // 2:
            assert not again
        met += pairs(groups)


@pytest.mark.parametrize("rather", [2, 3])
@pytest.mark.parametrize("many", range(2, 9))
def test_in_a_small_room_repeats_are_as_few_as_can_be(many: int, rather: int) -> None:
    met: Counter[Pair] = Counter()
    chance = random.Random(many)
    everybody = seats(many)
    for _deal in range(5):
        groups = matching.deal(everybody, rather, Ties(met), chance)
        fewest = min(_repeats(way, met) for way in divisions(everybody, matching.sizes(many, rather)))
        assert _repeats(groups, met) == fewest
        met += pairs(groups)


def _repeats(groups: list[list[Seat]], met: Counter[Pair]) -> int:
    return sum(met[pair] * times for pair, times in pairs(groups).items())


@given(st.integers(2, 24), rathers, chances, st.data())
def test_two_of_whom_one_asked_for_somebody_else_are_never_put_together(
    many: int, rather: int, chance: random.Random, data: st.DataObject
) -> None:
    everybody = seats(many)
    possible = [frozenset(pair) for pair in combinations(everybody, 2)]
    apart = data.draw(st.sets(st.sampled_from(possible), max_size=min(len(possible), 12)))
    groups = matching.deal(everybody, rather, Ties(apart=apart), chance)
    assert sorted(one for group in groups for one in group) == sorted(everybody)
    assert not pairs(groups).keys() & apart
    lonely = [group[0] for group in groups if len(group) == 1]
    for one in lonely:
        assert matching.place(one, [group for group in groups if group != [one]], Ties(apart=apart)) is None


def test_of_two_who_stay_where_they_are_each_gets_somebody_who_comes() -> None:
    stays = set(seats(20)[:10])
    groups = matching.deal(seats(20), 2, Ties(stays=stays), random.Random(3))
    assert all(len(stays & {*group}) == 1 for group in groups)


def test_somebody_who_comes_joins_one_who_is_alone_then_two_then_takes_one_of_three_along() -> None:
    a, b, c, d, e, new = seats(6)
    assert matching.place(new, [[a, b], [c], [d, e]], Ties()) == (1, None)
    assert matching.place(new, [[a, b, c], [d, e]], Ties()) == (1, None)
    assert matching.place(new, [[a, b, c]], Ties()) == (0, c)
    assert matching.place(new, [[a, b, c]], Ties(), fixed={c}) == (0, b)
    assert matching.place(new, [], Ties()) is None


def test_somebody_who_comes_joins_those_they_have_not_met() -> None:
    a, b, c, d, new = seats(5)
    met = Counter([frozenset((new, a))])
    assert matching.place(new, [[a, b], [c, d]], Ties(met)) == (1, None)
    assert matching.place(new, [[a], [b]], Ties(met)) == (1, None)
    assert matching.place(new, [[a, b], [c, d]], Ties(apart={frozenset((new, c))})) == (0, None)


def test_a_thousand_who_have_met_before_are_dealt_in_a_moment() -> None:
    met: Counter[Pair] = Counter()
    for deal in range(3):
        groups = matching.deal(seats(1000), 2, Ties(met), random.Random(deal))
        assert not pairs(groups) & met
        met += pairs(groups)
