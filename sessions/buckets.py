"""Token buckets: a burst at once, then a steady rate; by a clock that nobody can set."""

from __future__ import annotations

from collections.abc import Callable


class TokenBucket:
    """`burst` at once, then `rate` a second.

    The library counts in windows: it can neither allow a burst over a slower rate nor give a token back, which a right
    code must do, or the tenth honest person at one address waits for the mistakes of the other nine.
    """

    __slots__ = ("_burst", "_rate", "_tokens", "at")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst, self._tokens, self.at = rate, burst, burst, now

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0.0 when there is one."""
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self.at) * self._rate)
        self.at = now
        return max(0.0, (1.0 - self._tokens) / self._rate)

    def take(self, now: float) -> float:
        """Take a token and return 0.0, or say how many seconds to wait."""
        wait = self.wait(now)
        if not wait:
            self._tokens -= 1.0
        return wait

    def give_back(self) -> None:
        self._tokens = min(self._burst, self._tokens + 1.0)


class Buckets:
    """A bucket for each key. One that has had time to fill up is the same as none, and is dropped."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._kept: dict[bytes, TokenBucket] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, key: bytes) -> TokenBucket:
        now = self._clock()
        self._drop_full(now)
        bucket = self._kept.pop(key, None) or TokenBucket(self._rate, self._burst, now)
        self._kept[key] = bucket  # again at the end: the dict stays in order of last use
        return bucket

    def sweep(self) -> None:
        """Drop what has had time to fill up."""
        self._drop_full(self._clock())

    def take(self, key: bytes) -> float | None:
        """Seconds to wait, or None: go."""
        return self.of(key).take(self._clock()) or None

    def _drop_full(self, now: float) -> None:
        while self._kept:
            key, oldest = next(iter(self._kept.items()))
            if oldest.at + self._burst / self._rate > now:
                return
            del self._kept[key]
