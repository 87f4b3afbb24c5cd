"""Quiet words: who would like one, and how to find them; in memory, for the console alone, gone at the end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class QuietWord:
    """`id` is random: it says nothing of the phone it came from. `words`: how to find the person, if they said."""

    id: str
    words: str


class QuietWords:
    """At most one a seat; a seat can take its own back."""

    def __init__(self) -> None:
        self._kept: dict[int, dict[bytes, QuietWord]] = {}

    def open(self) -> None:
        self._kept = {}

    def raise_(self, live_id: int, seat: bytes, words: str) -> None:
        self._kept.setdefault(live_id, {})[seat] = QuietWord(secrets.token_hex(6), words)

    def take_back(self, live_id: int, seat: bytes) -> None:
        self._kept.get(live_id, {}).pop(seat, None)

    def raised(self, live_id: int, seat: bytes) -> bool:
        return seat in self._kept.get(live_id, {})

    def seen_to(self, live_id: int, word_id: str) -> None:
        words = self._kept.get(live_id, {})
        for seat in [seat for seat, word in words.items() if word.id == word_id]:
            del words[seat]

    def of(self, live_id: int) -> list[QuietWord]:
        """In an order that says nothing of when they came."""
        return sorted(self._kept.get(live_id, {}).values(), key=lambda word: word.id)

    def forget(self, live_id: int) -> None:
        self._kept.pop(live_id, None)


quiet = QuietWords()
