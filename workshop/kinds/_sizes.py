"""How many bytes an answer is padded to, so that its length says nothing about it."""

from __future__ import annotations

from typing import Literal

Bucket = Literal[64, 256, 1024, 2048]

LARGEST: Bucket = 2048
AROUND = 40
"""Bytes of field names and brackets around what an answer holds."""

_SIZES: tuple[Bucket, ...] = (256, 1024, LARGEST)


def bucket(size: int) -> Bucket:
    """The bucket for an answer whose contents take at most `size` bytes; its field names and brackets come on top."""
    return next((fits for fits in _SIZES if size + AROUND <= fits), LARGEST)


def letters(n: int) -> int:
    """Bytes that `n` characters of any script can take."""
    return n * 4
