"""Whatever people press and whoever comes or goes: all who want a partner have one, unless there is nobody for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sessions import matching
from sessions.animals import ANIMALS, COLOURS, Name
from sessions.dealing import Circle, Deal
from sessions.partners import Partners

A, B, C, D, E, F = (bytes([65 + i]) for i in range(6))


def dealt(*people: bytes, rather: int = 2, seed: int = 1) -> Deal:
    deal = Deal(Circle(), 1, rather, 1, random.Random(seed))
    deal.begin(people)
    return deal


def groups(deal: Deal) -> list[set[bytes | None]]:
    return sorted((set(group.members) for group in deal.groups.values()), key=lambda group: sorted(map(str, group)))


nth = st.integers(0, 99)


class Room(RuleBasedStateMachine):
    """1 to 60 phones; a model that knows only who is here and what each has said.

    `bereft`: alone because somebody left the room, and nobody has asked for anybody else yet.
    """

    @initialize(many=st.integers(1, 60), rather=st.sampled_from([2, 3]), seed=st.integers(0, 2**32))
    def opens(self, many: int, rather: int, seed: int) -> None:
        self.chance, self.rather, self.circle = random.Random(seed), rather, Circle()
        self.deal = Deal(self.circle, 1, rather, 1, self.chance)
        self.wanting, self.alone, self.bereft = {b"%d" % i for i in range(many)}, set[bytes](), set[bytes]()
        self.number = many
        self.deal.begin(sorted(self.wanting))

    @rule()
    def somebody_comes_late(self) -> None:
        self.number += 1
        self._does(b"%d" % self.number, self.deal.join)

    @rule(nth=nth)
    def somebody_leaves(self, nth: int) -> None:
        if who := _one(self.wanting, nth):
            before = _standing(self.deal)
            told = self.deal.gone(who)
            self.wanting.discard(who)
            assert _changed(before, self.deal) - {who} == told - {who}
            self.bereft |= {one for one in told if len(self.deal.of[one].members) == 1}
            self._settle()

    @rule(nth=nth)
    def somebody_would_rather_be_alone(self, nth: int) -> None:
        if who := _one(self.wanting, nth):
            self._does(who, self.deal.rather_alone)
            self.wanting.discard(who)
            self.alone.add(who)

    @rule(nth=nth)
    def somebody_joins_after_all(self, nth: int) -> None:
        if who := _one(self.alone, nth):
            self.alone.discard(who)
            self._does(who, self.deal.join)

    @rule(nth=nth)
    def somebody_asks_for_another(self, nth: int) -> None:
        if who := _one(self.wanting, nth):
            before = set(self.deal.of[who].here) - {who}
            self.bereft.discard(who)
            self._does(who, self.deal.another)
            assert not before & set(self.deal.of[who].here), "put together again with whom they did not want"

    @rule()
    def everybody_is_dealt_anew(self) -> None:
        self.deal = Deal(self.circle, 1, self.rather, self.deal.turn + 1, self.chance)
        self.deal.beside.update(dict.fromkeys(self.alone, "alone"))
        self.deal.begin(sorted(self.wanting))
        self.bereft.clear()

    @invariant()
    def everybody_who_wants_one_is_in_one_group_of_two_or_three(self) -> None:
        members = [one for group in self.deal.groups.values() for one in group.members]
        assert sorted(map(bytes, members)) == sorted(self.wanting) == sorted(self.deal.of)
        assert all(who in group.members for who, group in self.deal.of.items())
        assert all(1 <= len(group.members) <= 3 for group in self.deal.groups.values())

    @invariant()
    def nobody_waits_while_somebody_is_free_for_them(self) -> None:
        for who, group in self.deal.of.items():
            if len(group.members) == 1 and who not in self.bereft:
                others = [other.here for other in self.deal.groups.values() if other is not group]
                assert matching.place(who, others, self.circle.ties) is None

    @invariant()
    def nobody_is_with_somebody_whom_either_did_not_want(self) -> None:
        for group in self.deal.groups.values():
            assert not self.circle.ties.parted(group.here)

    def _does(self, who: bytes, what: Callable[[bytes], set[bytes]]) -> None:
        """Everybody whose group is another one after is told so."""
        self.wanting.add(who)
        before = _standing(self.deal)
        assert _changed(before, self.deal, after=what(who)) <= {who}
        self._settle()

    def _settle(self) -> None:
        self.bereft = {one for one in self.bereft if one in self.deal.of and len(self.deal.of[one].members) == 1}


def _one(of: set[bytes], nth: int) -> bytes | None:
    return sorted(of)[nth % len(of)] if of else None


def _standing(deal: Deal) -> dict[bytes, tuple[object, ...]]:
    return {one: (group.name, *group.members) for one, group in deal.of.items()}


def _changed(before: dict[bytes, tuple[object, ...]], deal: Deal, after: Collection[bytes] = ()) -> set[bytes]:
    """Whose group is another one now, but for those who were told."""
    now = _standing(deal)
    return {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)} - {*after}


Room.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestRoom = Room.TestCase


def test_one_alone_waits_with_a_name_and_the_next_who_comes_joins_them() -> None:
    deal = dealt(A)
    (name,) = deal.groups
    assert deal.join(B) == {A, B}
    assert (groups(deal), deal.of[B].name) == ([{A, B}], name)


def test_before_the_room_is_dealt_a_wish_is_kept() -> None:
    deal = Deal(Circle(), 1, 2, 0, random.Random(1))
    assert deal.join(A) == {A}
    assert deal.rather_alone(B) == {B}
    assert (deal.beside, deal.groups) == ({A: "keen", B: "alone"}, {})


def test_whoever_asks_for_another_leaves_nobody_alone_behind() -> None:
    deal = dealt(A, B, C, D)
    mate = next(one for one in deal.of[A].here if one != A)
    told = deal.another(A)
    assert {len(group) for group in groups(deal)} == {2}
    assert mate not in deal.of[A].here
    assert told == {A, B, C, D}


def test_of_two_in_an_empty_room_who_part_each_waits() -> None:
    deal = dealt(A, B)
    deal.another(A)
    assert groups(deal) == [{A}, {B}]
    assert deal.join(C) >= {C}
    assert sorted(len(group) for group in groups(deal)) == [1, 2]


def test_when_one_of_two_leaves_the_room_the_other_is_left_in_peace_until_they_ask() -> None:
    deal = dealt(A, B, C, D)
    mate = next(one for one in deal.of[A].here if one != A)
    assert deal.gone(A) == {mate}
    assert deal.of[mate].left
    assert deal.another(mate) == {mate, *deal.of[mate].here}
    assert len(deal.of[mate].members) == 3


def test_when_one_of_three_leaves_the_others_stay_together() -> None:
    deal = dealt(A, B, C, rather=3)
    assert deal.gone(A) == {B, C}
    assert not deal.of[B].left


def test_nobody_is_sent_to_a_group_whose_phones_are_all_silent() -> None:
    deal = dealt(A, B)
    deal.hear({A, B}, waited=False)
    deal.join(C)
    assert groups(deal) == [{A, B}, {C}]


def test_a_silent_partner_keeps_their_group_until_the_other_asks_and_then_waits_for_a_sign() -> None:
    deal = dealt(A, B, C, D)
    mate = next(one for one in deal.of[A].here if one != A)
    assert deal.hear({mate}, waited=False) == {A}
    assert deal.lonely(A)
    deal.another(A)
    assert deal.beside == {mate: "out"}
    assert deal.join(mate) >= {mate}
    assert mate not in deal.of[A].here


def test_a_phone_that_is_heard_again_takes_the_worry_away() -> None:
    deal = dealt(A, B)
    assert deal.hear({A}, waited=False) == {B}
    assert deal.hear(set(), waited=False) == {B}
    assert not deal.lonely(B)


def test_after_a_restart_groups_come_back_phone_by_phone() -> None:
    before = dealt(A, B, C, D, E)
    after = Deal(Circle(), 1, 2, 1, random.Random(7))
    for who in (B, A, E, D, C):
        group = before.of[who]
        after.come_back(who, group.name, group.members.index(who), len(group.members), before.highest)
    assert {name: group.members for name, group in after.groups.items()} == {
        name: group.members for name, group in before.groups.items()
    }
    assert after._make([F]) == {F}
    assert after.of[F].name.number == before.highest + 1


def test_whoever_has_not_come_back_in_a_minute_is_told_of_as_silent() -> None:
    deal = Deal(Circle(), 1, 2, 1, random.Random(1))
    deal.come_back(A, Name(1, 2, 3), 0, 2, 3)
    assert not deal.lonely(A)
    assert deal.hear(set(), waited=True) == {A}
    assert deal.lonely(A)


def test_a_place_that_somebody_has_is_not_given_to_another_phone() -> None:
    deal = dealt(A, B)
    (name,) = deal.groups
    deal.come_back(C, name, 0, 2, 1)
    assert not deal.knows(C)


def test_groups_go_with_their_step_and_who_has_met_stays_until_the_session_ends() -> None:
    partners = Partners(chance=random.Random(1))
    deal = partners.deal(5, row=1, rather=2, turn=1)
    deal.begin([A, B])
    assert partners.standing(5, 1) is deal
    assert partners.standing(5, 2) is None
    later = partners.deal(5, row=2, rather=2, turn=1)
    assert partners.standing(5, 1) is None
    later.begin([A, B, C, D])
    assert {A, B} not in groups(later)
    partners.forget(5)
    assert partners.standing(5, 2) is None
    assert not partners.of(5).met


def test_a_new_turn_keeps_who_would_rather_be_alone_and_nothing_else() -> None:
    partners = Partners(chance=random.Random(1))
    deal = partners.deal(5, row=1, rather=2, turn=1)
    deal.begin([A, B])
    deal.rather_alone(A)
    again = partners.deal(5, row=1, rather=2, turn=2)
    assert (again.beside, again.groups) == ({A: "alone"}, {})
    assert again.moves >= deal.moves, "an older drawing could replace a newer one"


def test_many_groups_have_names_that_differ() -> None:
    deal = dealt(*(b"%d" % i for i in range(1000)))
    names = set(deal.groups)
    assert len({(name.animal, name.colour) for name in names}) == 500
    assert {name.number for name in names} == set(range(1, 501))
    first = dealt(*(b"%d" % i for i in range(120)))
    assert len({name.animal for name in first.groups}) == 60


def test_animals_and_colours_are_enough_and_have_no_word_twice() -> None:
    assert len(set(ANIMALS)) == len(ANIMALS) >= 60
    assert len(set(COLOURS)) == len(COLOURS) == 8
