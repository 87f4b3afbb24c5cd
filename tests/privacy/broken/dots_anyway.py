"""Dots beside the words whenever ten people have answered: each is safe by itself, and together they tell."""

from __future__ import annotations

from sessions.publishing import shift


def drawn(n: int, width: int, words: tuple[str, ...], dots: tuple[int, int]) -> bool:
    return True


def drawn_unless_they_tell(n: int, width: int, words: tuple[str, ...], dots: tuple[int, int]) -> bool:
    """It forgets that silence stands for something, too."""
    return shift._Told.of(n, width, shift._room(n, words), dots).leaves_open
