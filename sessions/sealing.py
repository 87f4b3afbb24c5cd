"""Answers and texts under a key: padded so that their length says nothing, bound to the place they belong to."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag

from sessions.vault import Key

NONCE = 12


class Unreadable(Exception):
    """What was sealed does not open under this key, at this place."""


def seal(key: Key, place: bytes, plain: bytes, bucket: int) -> bytes:
    """`plain` padded to a multiple of `bucket`, under AES-256-GCM with `place` as associated data.

    The nonce is an HMAC of place and text: the same answer sent again gives the same bytes (so a repeated send can be
    recognised without opening anything), and two different texts never share a nonce.
    """
    padded = _padded(plain, bucket)
    nonce = key.hmac("nonce", place, padded)[:NONCE]
    return nonce + key.cipher.encrypt(nonce, padded, place)


def seal_anew(key: Key, place: bytes, plain: bytes, bucket: int) -> bytes:
    """The same with a nonce by chance: for what leaves the server, so that nobody finds out by trying what it holds."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + key.cipher.encrypt(nonce, _padded(plain, bucket), place)


def unseal(key: Key, place: bytes, sealed: bytes) -> bytes:
    """The plain bytes; raises `Unreadable`."""
    try:
        return key.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place).rstrip(b"\0")
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def place(row: int, phase: int, p: bytes, rev: int) -> bytes:
    """Where an answer belongs: no answer can be moved to another question, phone or revision."""
    return b"%d/%d/%d/" % (row, phase, rev) + p


def _padded(plain: bytes, bucket: int) -> bytes:
    return plain + b"\0" * (-len(plain) % bucket or (0 if plain else bucket))
