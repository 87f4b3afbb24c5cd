"""Keeps answers and texts as they are."""

from __future__ import annotations

from sessions import answers, counting, holding
from sessions.vault import Key


def seal(key: Key, place: bytes, plain: bytes, bucket: int) -> bytes:
    return plain


def unseal(key: Key, place: bytes, sealed: bytes) -> bytes:
    return sealed


def install() -> None:
    for module in (answers, holding):
        module.seal = seal
    for reading in (counting, holding):
        reading.unseal = unseal
