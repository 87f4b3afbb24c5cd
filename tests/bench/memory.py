"""P5: what a phone weighs, idle and while its room answers, and what a thousand idle ones ask of the processor."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.bench import machine, rooms, storm
from tests.bench.figures import Figure, Series
from tests.bench.rooms import Room

SETTLED_SECONDS = 30
"""Two pings, and longer than a kept connection lives."""
LOOKS_EVERY = 0.05


async def run(phones: int, repeats: int) -> list[Figure]:
    """One room; only the idle second is repeated, since memory that was taken once stays taken."""
    with rooms.room() as room:
        await room.sockets(await room.seats(10), lambda when, payload: None)
        await room.asks(1)
        empty = machine.memory(room.pid)
        seats = await room.seats(phones)
        await room.sockets(seats, lambda when, payload: None)
        await asyncio.sleep(SETTLED_SECONDS)
        idle = (machine.memory(room.pid) - empty) / phones / 1e3
        share = [await _processor(room) / phones * 1000 * 100 for _ in range(repeats)]
        peak = await _peak(room, storm.storm(room.server.port, room.pid, storm.answers(room, seats, "q1"), 2.0))
    busy = (peak - empty) / phones / 1e3
    each = Series("ours", share, "%")
    return [
        Figure("P5", f"a phone, idle for {SETTLED_SECONDS} s, of {phones}", idle, 60, "kB"),
        Figure("P5", f"a phone while {phones} answer", busy, 80, "kB"),
        Figure("P5", "a thousand idle phones, of a core", each.middle, 1.0, "%", (each,)),
    ]


async def _processor(room: Room) -> float:
    """Share of a core over one whole round of pings."""
    used = machine.processor(room.pid)
    await asyncio.sleep(10)
    return (machine.processor(room.pid) - used) / 10


async def _peak(room: Room, storming: Coroutine[Any, Any, object]) -> int:
    """The most that the server weighed meanwhile."""
    task, most = asyncio.ensure_future(storming), 0
    while not task.done():
        most = max(most, machine.memory(room.pid))
        await asyncio.sleep(LOOKS_EVERY)
    await task
    return most
