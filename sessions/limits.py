"""What a phone may do how often. Nothing here can be traced to a person: seats are HMACs, and so are addresses."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sessions.buckets import Buckets, TokenBucket
from workshop.config import Settings

HOUR = 3600.0


@dataclass(frozen=True)
class Ticket:
    """The right to look up one typed code, or one helper's link. A right one gives it back: rooms share an address."""

    _buckets: tuple[TokenBucket, ...]

    def give_back(self) -> None:
        for bucket in self._buckets:
            bucket.give_back()


class Limits:
    """Opened once an app."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock

    def open(self, settings: Settings | None = None) -> None:
        self._answers = Buckets(rate=2.0, burst=10.0, clock=self._clock)
        self._wishes = Buckets(rate=6 / 60, burst=6.0, clock=self._clock)
        self._texts = Buckets(rate=6 / 60, burst=6.0, clock=self._clock)
        self._addresses = Buckets(rate=30 / 60, burst=30.0, clock=self._clock)
        self._links = Buckets(rate=30 / 60, burst=30.0, clock=self._clock)
        self._server = TokenBucket(rate=60 / 60, burst=60.0, now=self._clock())
        self._key, self._key_from = secrets.token_bytes(16), self._clock()

    def answer(self, seat: bytes) -> float | None:
        """Seconds to wait before this seat may answer again, or None: go."""
        return self._answers.take(seat)

    def wish(self, seat: bytes) -> float | None:
        """The same for wishes about a partner, each of which may move other people too."""
        return self._wishes.take(seat)

    def text(self, seat: bytes) -> float | None:
        """The same for free text."""
        return self._texts.take(seat)

    def code(self, address: str) -> Ticket | None:
        """Take a token for one typed code; None means that nothing may be looked up, whatever the code."""
        now, mine = self._clock(), self._addresses.of(self._nameless(address))
        if mine.wait(now) or self._server.wait(now):
            return None
        mine.take(now)
        self._server.take(now)
        return Ticket((mine, self._server))

    def link(self, address: str) -> Ticket | None:
        """The same for one link of a helper. Only its address pays: nobody can use up what others need."""
        mine = self._links.of(self._nameless(address))
        return Ticket((mine,)) if not mine.take(self._clock()) else None

    def sweep(self) -> None:
        """Forget addresses that have not tried a code or link for a while, and the key that named them."""
        self._addresses.sweep()
        self._links.sweep()
        self._turn_key()

    def _nameless(self, address: str) -> bytes:
        """An address under a key that nobody has after an hour."""
        self._turn_key()
        return hmac.digest(self._key, address.encode(), "sha256")[:16]

    def _turn_key(self) -> None:
        if self._clock() - self._key_from >= HOUR:
            self._key, self._key_from = secrets.token_bytes(16), self._clock()


limits = Limits()
