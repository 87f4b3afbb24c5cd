"""A seat is known by its cookie alone: nobody can make one, and nothing tells two answers of one phone together."""

from __future__ import annotations

import base64

import pytest

from sessions import cookies, seats
from sessions.vault import Key

HANDLE = b"h" * 16


@pytest.fixture
def key() -> Key:
    return Key(b"k" * 32)


def seat(key: Key, token: seats.Token) -> seats.Seat:
    return seats.seated(None, token, key)  # type: ignore[arg-type] - a pseudonym needs no session


def test_a_cookie_says_what_was_put_in_it(key: Key) -> None:
    token = seats.take(HANDLE, key)
    assert seats.parse(str(token)) == token
    assert token.handle == HANDLE
    assert seats.ours(token, key)


def test_every_seat_is_a_new_one(key: Key) -> None:
    assert len({seats.take(HANDLE, key).secret for _ in range(100)}) == 100


def test_another_sessions_key_does_not_know_it(key: Key) -> None:
    assert not seats.ours(seats.take(HANDLE, key), Key(b"o" * 32))


@pytest.mark.parametrize("place", [0, 15, 16, 31, 32, 39])
def test_a_single_changed_bit_is_noticed_in_all_but_the_handle(key: Key, place: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(str(seats.take(HANDLE, key)) + "=="))
    raw[place] ^= 1
    token = seats.parse(base64.urlsafe_b64encode(raw).decode().rstrip("="))
    assert token is not None
    assert seats.ours(token, key) == (place < 16)


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "=", "A" * 53, "A" * 55, "A" * 4000, "A" * 52 + "é!", "A" * 53 + "\n", "\0" * 54],
)
def test_anything_else_is_no_token(cookie: str) -> None:
    assert seats.parse(cookie) is None


def test_a_phone_has_another_name_for_every_question_and_none_is_its_seats(key: Key) -> None:
    one, other = (seat(key, seats.take(HANDLE, key)) for _ in range(2))
    asked = [("a", 1, 0), ("a", 2, 0), ("a", 1, 1), ("b", 1, 0), ("a1", 1, 0), ("a", 11, 0), ("a", 1, 10)]
    names = {phone.pseudonym(*question) for phone in (one, other) for question in asked} | {one.name, other.name}
    assert len(names) == 2 * len(asked) + 2
    assert {len(name) for name in names} == {16}
    assert one.pseudonym("a", 1, 0) == seat(key, one.token).pseudonym("a", 1, 0)


def test_fields_cannot_be_moved_across_their_border(key: Key) -> None:
    phone = seat(key, seats.take(HANDLE, key))
    assert phone.pseudonym("a1", 2, 0) != phone.pseudonym("a", 12, 0)


def test_secrets_are_not_printed(key: Key) -> None:
    token = seats.take(HANDLE, key)
    shown = f"{token!r} {key!r} {seat(key, token)!r}"
    for secret in (token.secret, b"k" * 32):
        assert repr(secret)[2:-1] not in shown
        assert secret.hex() not in shown


def test_on_https_the_cookie_belongs_to_this_host_alone() -> None:
    assert (cookies.SEAT.called(True), cookies.SEAT.called(False)) == ("__Host-w", "w")
