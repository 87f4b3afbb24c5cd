"""How many bytes an answer is padded to, so that its length says nothing about it."""

from __future__ import annotations

from typing import Literal

Bucket = Literal[64, 256, 1024, 2048]

_SIZES: tuple[Bucket, ...] = (256, 1024, 2048)
_AROUND = 40


def bucket(size: int) -> Bucket:
    """The bucket for an answer whose contents take at most `size` bytes; its field names and brackets come on top."""
    return next((fits for fits in _SIZES if size + _AROUND <= fits), 2048)


def letters(n: int) -> int:
    """Bytes that `n` characters of any script can take."""
    return n * 4
