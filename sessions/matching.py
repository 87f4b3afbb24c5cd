"""Who rehearses with whom: chance, in twos and threes, with as few repeats as there can be. Pure; seats are names."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

Seat = bytes
Pair = frozenset[Seat]

BOTH_STAY, MET, APART = 1, 10, 10_000
"""What is bad about a group: two who asked to stay where they are; two who have met; two who shall not meet again."""
MOST_TRIES = 20_000
STARTS = 8


@dataclass(frozen=True)
class Ties:
    """What is known of people: how often two have met, who shall not meet again, and who asked to stay in place."""

    met: Mapping[Pair, int] = field(default_factory=dict)
    apart: Collection[Pair] = frozenset()
    stays: Collection[Seat] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.met or self.apart or self.stays)

    def cost(self, group: Sequence[Seat]) -> int:
        """How much speaks against these people being a group; 0: nothing."""
        cost = 0
        for one, other in combinations(group, 2):
            pair = frozenset((one, other))
            cost += MET * self.met.get(pair, 0)
            if pair in self.apart:
                cost += APART
            if one in self.stays and other in self.stays:
                cost += BOTH_STAY
        return cost

    def parted(self, group: Sequence[Seat]) -> bool:
        """True when two of them shall not meet again."""
        return bool(self.apart) and any(frozenset(pair) in self.apart for pair in combinations(group, 2))


def sizes(people: int, rather: int) -> list[int]:
    """Twos, and a three for the odd one; or threes where `rather` is 3, and twos for the rest; or one alone."""
    if people < 2:
        return [1] * people
    threes = people % 2 if rather == 2 else people // 3 - (people % 3 == 1)
    return [3] * threes + [2] * ((people - 3 * threes) // 2)


def deal(people: Iterable[Seat], rather: int, ties: Ties, chance: random.Random) -> list[list[Seat]]:
    """Everybody in a group, alone where no other way is left; nobody with somebody they shall not meet again."""
    best = _shuffled(people, rather, chance)
    if ties:
        best = _bettered(best, rather, ties, chance)
    return _settled(best, ties) if ties.apart else best


def place(
    who: Seat, groups: Sequence[Sequence[Seat]], ties: Ties, fixed: Collection[Seat] = frozenset()
) -> tuple[int, Seat | None] | None:
    """Where somebody who has no group finds one; None: nobody is free.

    (index, None): with one who is alone, or as the third of two. (index, somebody): of a three, that one comes along,
    unless they are `fixed`.
    """
    for size in (1, 2):
        open_to = [i for i, group in enumerate(groups) if len(group) == size and not ties.parted([who, *group])]
        if open_to:
            return min(open_to, key=lambda i: ties.cost([who, *groups[i]])), None
    spare = [
        (i, one)
        for i, group in enumerate(groups)
        for one in reversed(group)
        if len(group) == 3 and one not in fixed and not ties.parted([who, one])
    ]
    return min(spare, key=lambda it: ties.cost([who, it[1]])) if spare else None


def _shuffled(people: Iterable[Seat], rather: int, chance: random.Random) -> list[list[Seat]]:
    order = list(people)
    chance.shuffle(order)
    groups, start = [], 0
    for size in sizes(len(order), rather):
        groups.append(order[start : start + size])
        start += size
    chance.shuffle(groups)
    return groups


def _bettered(best: list[list[Seat]], rather: int, ties: Ties, chance: random.Random) -> list[list[Seat]]:
    """The least bad of a few starts, each bettered by exchanging people for as long as that helps."""
    people = [one for group in best for one in group]
    tries = min(40 * len(people), MOST_TRIES // STARTS)
    lowest = _exchange(best, ties, tries, chance)
    for _ in range(STARTS - 1):
        if not lowest:
            break
        groups = _shuffled(people, rather, chance)
        cost = _exchange(groups, ties, tries, chance)
        if cost < lowest:
            best, lowest = groups, cost
    return best


def _exchange(groups: list[list[Seat]], ties: Ties, tries: int, chance: random.Random) -> int:
    """Exchange somebody of a bad group with somebody of another, unless that is worse; what is bad about all after."""
    costs = [ties.cost(group) for group in groups]
    bad = [i for i, cost in enumerate(costs) if cost]
    for _ in range(tries if len(groups) > 1 else 0):
        if not bad:
            break
        one, other = chance.choice(bad), chance.randrange(len(groups))
        if one == other:
            continue
        a, b = chance.randrange(len(groups[one])), chance.randrange(len(groups[other]))
        _swap(groups, one, a, other, b)
        after = ties.cost(groups[one]), ties.cost(groups[other])
        if sum(after) > costs[one] + costs[other]:
            _swap(groups, one, a, other, b)
            continue
        costs[one], costs[other] = after
        bad = [i for i in {*bad, other} if costs[i]]
    return sum(costs)


def _swap(groups: list[list[Seat]], one: int, a: int, other: int, b: int) -> None:
    groups[one][a], groups[other][b] = groups[other][b], groups[one][a]


def _settled(groups: list[list[Seat]], ties: Ties) -> list[list[Seat]]:
    """Groups in which nobody meets again whom they shall not: who cannot be placed is alone."""
    settled = [group for group in groups if not ties.parted(group)]
    for who in [one for group in groups if ties.parted(group) for one in group]:
        join(who, settled, ties)
    return settled


def join(who: Seat, groups: list[list[Seat]], ties: Ties) -> None:
    """Put somebody into these groups, by the rule of `place`."""
    found = place(who, groups, ties)
    if found is None:
        groups.append([who])
        return
    index, comes = found
    if comes is None:
        groups[index].append(who)
    else:
        groups[index].remove(comes)
        groups.append([comes, who])
