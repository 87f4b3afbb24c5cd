"""How often one account may be tried: a few times a minute, whoever tries and from wherever."""

from __future__ import annotations

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable

MOST = 5
SECONDS = 60.0
SWEEP = 1000
"""Accounts remembered before those nobody tried lately are forgotten."""


class Attempts:
    """A moving window for each account, by a clock that nobody can set; nothing typed is kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[bytes, deque[float]] = {}

    def take(self, account: str) -> int:
        """Count one try. 0, or the whole seconds to wait when there were too many."""
        now = self._clock()
        if len(self._tries) >= SWEEP:
            self._sweep(now)
        tries = self._tries.setdefault(_key(account), deque())
        while tries and tries[0] <= now - SECONDS:
            tries.popleft()
        if len(tries) >= MOST:
            return max(1, math.ceil(tries[0] + SECONDS - now))
        tries.append(now)
        return 0

    def forgive(self, account: str) -> None:
        """Somebody knew the password: earlier tries were theirs."""
        self._tries.pop(_key(account), None)

    def _sweep(self, now: float) -> None:
        self._tries = {key: tries for key, tries in self._tries.items() if tries and tries[-1] > now - SECONDS}


def _key(account: str) -> bytes:
    return hashlib.sha256(account.encode("utf-8", "replace")).digest()
