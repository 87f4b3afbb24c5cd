"""Pings for everybody from one greenlet, by a clock that nobody can set; who does not answer is hung up on.

The library starts a greenlet for each ping and walks through all sockets to find the dead: three times the work.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from math import inf
from typing import Any

import gevent
from engineio.packet import PING, Packet

from sessions import frames

FRAME = frames.text(str(PING))
TOGETHER_SECONDS = 0.05
"""Pings that are due so close to each other are sent in one go."""


class Heart:
    """Each peer rests for `interval`, is pinged, and then has `timeout` to answer. Both waits are queues in order."""

    def __init__(
        self,
        interval: float,
        timeout: float,
        hang_up: Callable[[Any], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._interval, self._timeout, self._hang_up, self._clock = interval, timeout, hang_up, clock
        self._resting: deque[tuple[float, Any]] = deque()
        self._waiting: deque[tuple[float, Any, object]] = deque()
        self._runner: Any = None

    def rest(self, peer: Any) -> None:
        """A peer has come, or has answered: what engineio calls `schedule_ping`."""
        if not peer.last_ping:
            return
        peer.last_ping = None
        self._resting.append((self._clock() + self._interval, peer))
        if not self._runner:
            self._runner = gevent.spawn(self._run)

    def beat(self) -> float:
        """Ping and hang up on those that are due; seconds until the next are, 0 when there is nobody."""
        now = self._clock()
        while self._resting and self._resting[0][0] <= now:
            self._ping(self._resting.popleft()[1], now)
        while self._waiting and self._waiting[0][0] <= now:
            _, peer, mark = self._waiting.popleft()
            if peer.last_ping and peer.mark is mark and not peer.closed:
                self._hang_up(peer)
        due = [queue[0][0] for queue in (self._resting, self._waiting) if queue]
        # Whoever answers while this sleeps is due after a whole rest, which may be before those who are due now.
        return max(TOGETHER_SECONDS, min(*due, now + self._interval, now + self._timeout) - now) if due else 0.0

    def _ping(self, peer: Any, now: float) -> None:
        if peer.closed or peer.closing:
            return
        peer.last_ping = inf  # engineio compares it with the time of day, which may jump
        peer.mark = mark = object()
        self._waiting.append((now + self._timeout, peer, mark))
        if not (peer.upgraded and peer.wire.offer(FRAME)):
            peer.queue.put(Packet(PING))

    def _run(self) -> None:
        while pause := self.beat():
            gevent.sleep(pause)
        self._runner = None
