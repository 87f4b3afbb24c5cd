"""The groups of one step: who is in which, who comes, goes, waits or would rather not; by chance, without a reason."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from sessions import matching
from sessions.animals import Name, names
from sessions.matching import Pair, Seat, Ties

MOST = 3
"""Nobody rehearses with more than two others."""

Beside = Literal["alone", "keen", "out"]
"""In no group: would rather not; is waiting for the room to be dealt; or the others moved on without them."""


@dataclass
class Circle:
    """What one live session knows of its people. `met`: how often two were in a group.

    `apart`: two of whom one has asked for somebody else; they are never put together again. `stays`: who would like to
    stay where they are. `watching`: who said so at a cover. `covers`: what each phone has confirmed.
    """

    met: dict[Pair, int] = field(default_factory=dict)
    apart: set[Pair] = field(default_factory=set)
    stays: set[Seat] = field(default_factory=set)
    watching: set[Seat] = field(default_factory=set)
    covers: dict[Seat, frozenset[str]] = field(default_factory=dict)
    deal: Deal | None = None

    @property
    def ties(self) -> Ties:
        return Ties(self.met, self.apart, self.stays)

    def meet(self, people: Collection[Seat]) -> None:
        for pair in map(frozenset, combinations(people, 2)):
            self.met[pair] = self.met.get(pair, 0) + 1


@dataclass(eq=False)
class Group:
    """Its people in the order of their roles. None: somebody whose phone has not come back since the server restarted.

    `left`: somebody went away, and whoever is alone since has not asked for anybody else.
    """

    name: Name
    members: list[Seat | None]
    left: bool = False

    @property
    def here(self) -> list[Seat]:
        """Those whom this process knows."""
        return [one for one in self.members if one is not None]

    @property
    def full(self) -> list[Seat]:
        """All of them, with names that nobody has for those who have not come back."""
        return [one or b"?%d" % place for place, one in enumerate(self.members)]


class Deal:
    """The groups of one step. `turn`: how often its facilitator has dealt. `moves`: raised by every change.

    What changes a group returns the seats whose group is another one now.
    """

    def __init__(self, circle: Circle, row: int, rather: int, turn: int, chance: random.Random) -> None:
        self.row, self.turn, self.moves = row, turn, 0
        self.groups: dict[Name, Group] = {}
        self.of: dict[Seat, Group] = {}
        self.beside: dict[Seat, Beside] = {}
        self.silent: set[Seat] = set()
        self.highest, self.began, self.waited = 0, 0.0, False
        self.circle, self._rather, self._chance = circle, rather, chance
        self._names = names(chance)

    def knows(self, who: Seat) -> bool:
        """True when memory says more of them than their phone could."""
        return who in self.of or who in self.beside

    def begin(self, people: Iterable[Seat]) -> None:
        """Everybody by chance, before anybody else is in a group."""
        for members in matching.deal(people, self._rather, self.circle.ties, self._chance):
            self._make(members)
        self._place_waiting()

    def join(self, who: Seat) -> set[Seat]:
        """Somebody would like a partner: at once, or when the room is dealt."""
        self.moves += 1
        if not self.turn:
            self.beside[who] = "keen"
            return {who}
        self.beside.pop(who, None)
        return {who} if who in self.of else self._place(who) | self._place_waiting()

    def rather_alone(self, who: Seat) -> set[Seat]:
        """Somebody would rather not; whoever is alone because of it gets somebody else."""
        others = self._take_out(who)
        self.beside[who] = "alone"
        return {who} | others | self._place_again(others) | self._place_waiting()

    def another(self, who: Seat) -> set[Seat]:
        """Somebody wants other people, and whoever is alone because of it gets somebody else too."""
        if who not in self.of:
            return self.join(who)
        others = self._take_out(who)
        self.circle.apart |= {frozenset((who, other)) for other in others}
        return others | self._place(who) | self._place_again(others) | self._place_waiting()

    def gone(self, who: Seat) -> set[Seat]:
        """Somebody has left the room. The others keep their group; one who is alone now can ask for another."""
        others = self._take_out(who)
        self.beside.pop(who, None)
        for one in others:
            self.of[one].left = len(self.of[one].members) == 1
        return others | self._place_waiting()

    def come_back(self, who: Seat, name: Name, place: int, size: int, highest: int) -> None:
        """Their phone says which group it was in before this process began."""
        group = self.groups.setdefault(name, Group(name, [None] * size))
        group.members += [None] * (min(max(size, place + 1), MOST) - len(group.members))
        if group.members[place] is not None:
            return
        for one in group.here:
            self.circle.meet([who, one])
        group.members[place] = who
        self.of[who] = group
        if highest > self.highest:
            self.highest, self._names = highest, names(self._chance, highest)

    def hear(self, silent: set[Seat], waited: bool) -> set[Seat]:
        """Which phones cannot be heard, which is news to some. `waited`: whoever has not come back by now will not."""
        turned = self.silent ^ silent
        changed = {one for who in turned if who in self.of for one in self.of[who].here} - turned
        if waited and not self.waited:
            changed |= {who for who, group in self.of.items() if None in group.members}
        self.silent, self.waited = silent, waited
        self.moves += bool(changed)
        return changed

    def lonely(self, who: Seat) -> bool:
        """True when nobody else of their group is to be heard."""
        others = [one for one in self.of[who].members if one != who]
        return bool(others) and all(self.waited if one is None else one in self.silent for one in others)

    def _place(self, who: Seat) -> set[Seat]:
        """Into a group where somebody is to be heard; who finds none keeps, or gets, one of their own."""
        own = self.of.get(who)
        ahead = [one for one in self.groups.values() if one is not own and not self.silent.issuperset(one.here)]
        fixed = {one for group in ahead for one in group.full if one not in self.of or one in self.silent}
        found = matching.place(who, [group.full for group in ahead], self.circle.ties, fixed)
        if found is None:
            return {who} if own else self._make([who])
        if own:
            self._take_out(who)
        group, comes = ahead[found[0]], found[1]
        if comes is None:
            return self._add(who, group)
        return self._take_out(comes) | self._make([comes, who])

    def _place_again(self, others: Collection[Seat]) -> set[Seat]:
        """Whoever of them is alone now, with somebody else; one whose phone is silent would keep others waiting."""
        changed = set[Seat]()
        for one in others:
            if len(self.of[one].members) > 1:
                continue
            if one in self.silent:
                self._take_out(one)
                self.beside[one] = "out"
            else:
                changed |= self._place(one)
        return changed

    def _place_waiting(self) -> set[Seat]:
        """Whoever waits is looked after whenever groups have changed: there may be somebody for them now."""
        changed = set[Seat]()
        for group in [one for one in self.groups.values() if len(one.members) == 1 and not one.left]:
            for who in group.here:
                if self.of[who] is group and len(group.members) == 1 and who not in self.silent:
                    told = self._place(who)
                    changed |= told if self.of[who] is not group else set()
        return changed

    def _make(self, members: list[Seat]) -> set[Seat]:
        name = next(self._names)
        self.highest = name.number
        self.groups[name] = group = Group(name, [*members])
        for one in members:
            self.of[one] = group
        self.circle.meet(members)
        self.moves += 1
        return set(members)

    def _add(self, who: Seat, group: Group) -> set[Seat]:
        for one in group.here:
            self.circle.meet([who, one])
        group.members.append(who)
        group.left = False
        self.of[who] = group
        self.moves += 1
        return set(group.here)

    def _take_out(self, who: Seat) -> set[Seat]:
        """Those who are left in the group that somebody was in."""
        self.moves += 1
        group = self.of.pop(who, None)
        if group is None:
            return set()
        group.members.remove(who)
        if not group.here:
            del self.groups[group.name]
        return set(group.here)
