"""One phone sends a thousand answers in a second: what the others in the room wait for theirs meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter

from tests.bench import rooms, storm
from tests.bench.figures import Figure, Series, p95
from tests.bench.lines import Line
from tests.bench.rooms import Room, Seat

SPREAD = 2.0
BEGINS = 1.0
"""Seconds until the flood: the others have begun by then, and go on after it."""
MANY = 1000
LINES = 20
MOST_TAKEN = 12


async def run(phones: int, repeats: int) -> list[Figure]:
    calm: list[float] = []
    flooded: list[float] = []
    with rooms.room() as room:
        seats, (hasty,) = await room.seats(phones), await room.seats(1)
        for repeat in range(repeats + 1):  # the first warms up
            quiet = await _answering(room, seats, await room.asks(repeat * 2 + 1))
            step = await room.asks(repeat * 2 + 2)
            flood = asyncio.create_task(_flood(room, hasty, step))
            loud = await _answering(room, seats, step)
            taken = (await flood)[200]
            assert 0 < taken <= MOST_TAKEN, f"{taken} of {MANY} were taken"
            if repeat:
                calm.append(quiet)
                flooded.append(loud)
    what = f"p95 of {phones} phones while another sends {MANY}"
    return [Figure.ratio("F17", what, Series("flooded", flooded), Series("calm", calm), 1.2)]


async def _answering(room: Room, seats: list[Seat], step: str) -> float:
    """Milliseconds, p95."""
    given = await storm.storm(room.server.port, room.pid, storm.answers(room, seats, step), SPREAD)
    return p95(given.waits) * 1e3


async def _flood(room: Room, seat: Seat, step: str) -> Counter[int]:
    """A thousand answers within a second from one seat, over a few connections; how often each status came."""
    request, told = room.answer(seat, step, "none"), Counter[int]()
    lines = [await Line.to(room.server.port) for _ in range(LINES)]
    await asyncio.sleep(BEGINS)
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def share(first: int, line: Line) -> None:
        for index in range(first, MANY, LINES):
            await asyncio.sleep(max(0.0, began + index / MANY - loop.time()))
            told[(await line.ask(request)).status] += 1

    await asyncio.gather(*(share(first, line) for first, line in enumerate(lines)))
    for line in lines:
        line.close()
    assert set(told) <= {200, 429}, told
    return told
