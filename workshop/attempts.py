"""How often one account may be tried: a few times a minute, whoever tries and from wherever."""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable

MOST = 5
SECONDS = 60.0


class Attempts:
    """A moving window for each account, by a clock that nobody can set; nothing typed is kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[bytes, list[float]] = OrderedDict()
        """When each account was tried within the window; those that were tried last stand last."""

    def take(self, account: str) -> int:
        """Count one try. 0, or the whole seconds to wait when there were too many."""
        now, key = self._clock(), _key(account)
        self._forget(now - SECONDS)
        tries = [at for at in self._tries.get(key, ()) if at > now - SECONDS]
        if len(tries) >= MOST:
            return max(1, math.ceil(tries[0] + SECONDS - now))
        self._tries[key] = [*tries, now]
        self._tries.move_to_end(key)
        return 0

    def forgive(self, account: str) -> None:
        """Somebody knew the password: earlier tries were theirs."""
        self._tries.pop(_key(account), None)

    def _forget(self, before: float) -> None:
        """Accounts that nobody has tried since; each is looked at once, however many there are."""
        while self._tries and next(iter(self._tries.values()))[-1] <= before:
            self._tries.popitem(last=False)


def _key(account: str) -> bytes:
    return hashlib.sha256(account.encode("utf-8", "replace")).digest()
