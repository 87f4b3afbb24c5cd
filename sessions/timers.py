"""How long the present step, stage or last seconds have run: monotonic, in memory, stopped while the room is paused."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Timer:
    """A stopwatch for one name of one live session."""

    started: float
    stopped: float | None = None
    more: float = 0.0
    """Seconds that a facilitator has given, or taken."""

    def elapsed(self, now: float) -> float:
        return max(0.0, (self.stopped if self.stopped is not None else now) - self.started)


class Timers:
    """Stopwatches by (live session, name). After a restart a stage shows its whole time; the step: `planning`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._timers: dict[tuple[int, str], Timer] = {}

    def open(self) -> None:
        self._timers = {}

    def start(self, live_id: int, name: str, ago: float = 0.0) -> None:
        """Start `name` again, as if that was `ago` seconds ago; the other stopwatches of this session stay."""
        self._timers[live_id, name] = Timer(self._clock() - ago)

    def elapsed(self, live_id: int, name: str) -> float | None:
        """Seconds since `start`, without pauses; None when unknown."""
        timer = self._timers.get((live_id, name))
        return timer.elapsed(self._clock()) if timer else None

    def left(self, live_id: int, name: str, seconds: int) -> int:
        """Whole seconds left of `seconds`, never below 0; all of them when unknown."""
        return round(self.remains(live_id, name, seconds))

    def remains(self, live_id: int, name: str, seconds: int) -> float:
        """The same to the instant, for whoever adds it up."""
        timer = self._timers.get((live_id, name))
        return float(seconds) if timer is None else max(0.0, seconds + timer.more - timer.elapsed(self._clock()))

    def give(self, live_id: int, name: str, more: float, seconds: int) -> float:
        """Add to what is left of `seconds`, or take from it, never below 0; how much it was in truth.

        Time that is over is not owed: a minute more is a minute from now.
        """
        timer = self._timers.setdefault((live_id, name), Timer(self._clock()))
        over = timer.elapsed(self._clock()) - seconds
        before = max(timer.more, over)
        timer.more = max(before + more, over)
        return timer.more - before

    def hold(self, live_id: int) -> None:
        for timer in self._of(live_id):
            timer.stopped = timer.stopped if timer.stopped is not None else self._clock()

    def go_on(self, live_id: int) -> None:
        for timer in self._of(live_id):
            if timer.stopped is not None:
                timer.started += self._clock() - timer.stopped
                timer.stopped = None

    def forget(self, live_id: int) -> None:
        self._timers = {key: timer for key, timer in self._timers.items() if key[0] != live_id}

    def _of(self, live_id: int) -> list[Timer]:
        return [timer for (owner, _), timer in self._timers.items() if owner == live_id]


timers = Timers()


def wall() -> float:
    """Seconds since the epoch by a clock that people may set: for the plan alone."""
    return time.time()


def minute() -> int:
    """The wall clock in whole minutes since the epoch: all that the plan needs, and all that is kept."""
    return int(wall() // 60)
