"""What is sealed says nothing of what is in it, and opens only where it belongs."""

from __future__ import annotations

import pytest

from sessions.sealing import NONCE, Unreadable, place, seal, unseal
from sessions.vault import Key

KEY, OTHER = Key(b"k" * 32), Key(b"o" * 32)
HERE = place(7, 0, b"p" * 16, 1)
TAG = 16


@pytest.mark.parametrize("plain", [b"", b"a", b'{"choices":["a"]}', b"x" * 255, b"x" * 256, "Łódź".encode()])
def test_it_opens_to_what_went_in(plain: bytes) -> None:
    assert unseal(KEY, HERE, seal(KEY, HERE, plain, 256)) == plain


@pytest.mark.parametrize("bucket", [64, 256, 1024, 2048])
def test_a_pass_a_short_answer_and_a_long_one_have_one_length(bucket: int) -> None:
    sizes = {len(seal(KEY, HERE, plain, bucket)) for plain in (b"", b"a", b"x" * (bucket // 2), b"x" * bucket)}
    assert sizes == {NONCE + bucket + TAG}


def test_the_same_again_gives_the_same_bytes_and_another_choice_another_nonce() -> None:
    first = seal(KEY, HERE, b"a", 64)
    assert seal(KEY, HERE, b"a", 64) == first
    assert seal(KEY, HERE, b"b", 64)[:NONCE] != first[:NONCE]
    assert seal(KEY, place(7, 0, b"p" * 16, 2), b"a", 64)[:NONCE] != first[:NONCE]


@pytest.mark.parametrize(
    "elsewhere",
    [place(8, 0, b"p" * 16, 1), place(7, 1, b"p" * 16, 1), place(7, 0, b"q" * 16, 1), place(7, 0, b"p" * 16, 2)],
    ids=["question", "phase", "phone", "revision"],
)
def test_it_opens_at_no_other_place(elsewhere: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, elsewhere, seal(KEY, HERE, b"a", 64))


def test_it_opens_under_no_other_key() -> None:
    with pytest.raises(Unreadable):
        unseal(OTHER, HERE, seal(KEY, HERE, b"a", 64))


@pytest.mark.parametrize("at", [0, NONCE, NONCE + 64])
def test_a_bit_that_was_turned_is_noticed(at: int) -> None:
    sealed = bytearray(seal(KEY, HERE, b"a", 64))
    sealed[at] ^= 1
    with pytest.raises(Unreadable):
        unseal(KEY, HERE, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"short", b"\0" * 92])
def test_what_was_never_sealed_opens_nowhere(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, HERE, sealed)


def test_equal_answers_of_two_phones_look_different() -> None:
    mine, yours = (seal(KEY, place(7, 0, p * 16, 1), b'{"choices":["a"]}', 256) for p in (b"m", b"y"))
    assert not {mine[i : i + 8] for i in range(len(mine) - 8)} & {yours[i : i + 8] for i in range(len(yours) - 8)}
