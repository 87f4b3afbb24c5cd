"""What a phone keeps of its group: of one length, for one seat at one step, and worth nothing anywhere else."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from sessions import claims
from sessions.animals import ANIMALS, COLOURS, Name
from sessions.claims import BESIDE, Claim
from sessions.dealing import Circle, Deal
from sessions.seats import Seat, seated, take
from sessions.vault import Key

KEY = Key(b"k" * 32)
places = st.tuples(st.integers(0, 2), st.integers(1, 3)).filter(lambda found: found[0] < found[1])
found_claims = st.one_of(
    st.builds(Claim, st.integers(0, 10_000), st.sampled_from([None, *BESIDE]), stays=st.booleans()),
    st.builds(
        lambda turn, name, at, highest, stays: Claim(turn, None, name, *at, highest, stays),
        st.integers(1, 10_000),
        st.builds(Name, st.integers(0, len(ANIMALS) - 1), st.integers(0, len(COLOURS) - 1), st.integers(1, 99_999)),
        places,
        st.integers(1, 99_999),
        st.booleans(),
    ),
)


def seat(key: Key = KEY) -> Seat:
    return seated(cast(Any, SimpleNamespace()), take(b"h" * 16, key), key)


@given(found_claims)
def test_it_comes_back_as_it_was_and_all_are_of_one_length(claim: Claim) -> None:
    mia = seat()
    cookie = claims.sealed(mia, 7, claim)
    assert claims.opened(mia, 7, cookie) == claim
    assert len(cookie) == len(claims.sealed(mia, 7, Claim()))


@given(found_claims)
def test_another_phone_another_step_and_another_session_cannot_open_it(claim: Claim) -> None:
    mia = seat()
    cookie = claims.sealed(mia, 7, claim)
    assert claims.opened(seat(), 7, cookie) is None
    assert claims.opened(mia, 8, cookie) is None
    assert claims.opened(seat(Key(b"x" * 32)), 7, cookie) is None
    assert claims.opened(mia, 7, cookie[:-4] + "AAAA") is None


@given(st.text(max_size=200))
def test_what_is_no_claim_is_none(cookie: str) -> None:
    assert claims.opened(seat(), 7, cookie) is None


def test_what_memory_knows_is_better_than_what_a_phone_has_kept() -> None:
    deal = Deal(Circle(), 1, 2, 1, random.Random(1))
    deal.begin([b"mia", b"noor"])
    old = claims.of(b"mia", deal.circle, deal)
    deal.rather_alone(b"mia")
    claims.keep(old, deal.circle, deal, b"mia")
    assert deal.beside == {b"mia": "alone"}


def test_what_is_from_an_earlier_deal_is_worth_nothing_but_that_somebody_stays() -> None:
    before = Deal(Circle(), 1, 2, 1, random.Random(1))
    before.begin([b"mia", b"noor"])
    before.circle.stays.add(b"mia")
    after = Deal(Circle(), 1, 2, 2, random.Random(1))
    claims.keep(claims.of(b"mia", before.circle, before), after.circle, after, b"mia")
    assert (after.groups, after.circle.stays) == ({}, {b"mia"})
