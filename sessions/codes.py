"""Typed join codes: eight digits, of no running session, and of none in the last 24 hours."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Container

DIGITS = 8
REST = 24 * 3600
"""Seconds that a code rests before it may be drawn again; by a monotonic clock."""


class Codes:
    """Draws codes, and remembers those that died."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._spent: dict[str, float] = {}

    def open(self) -> None:
        self._spent = {}

    def draw(self, taken: Container[str | None]) -> str:
        self._spent = {code: when for code, when in self._spent.items() if self._clock() - when < REST}
        while True:
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
            if code not in taken and code not in self._spent:
                return code

    def spend(self, code: str | None) -> None:
        """A code that opens nothing any more."""
        if code:
            self._spent[code] = self._clock()


codes = Codes()
