"""How hard an English text is to read: the Flesch-Kincaid grade, with syllables guessed from the spelling."""

from __future__ import annotations

import re

FEWEST_WORDS = 30

_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_END = re.compile(r"[.!?:;]+")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float | None:
    """The school grade that reads this easily; None for texts too short to tell."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = word.lower().removesuffix("es").removesuffix("ed").removesuffix("e") or word
    return max(1, len(_VOWELS.findall(plain)))
