"""One phone sends a thousand answers in a second: what the others in the room wait for theirs meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

from tests.bench import rooms, storm
from tests.bench.figures import Figure, Series, p95
from tests.bench.lines import Line
from tests.bench.rooms import Room, Seat

SPREAD = 2.0
BEGINS = 1.0
"""Seconds until the flood: the others have begun by then, and go on after it."""
MANY = 1000
LINES: dict[int, float | None] = {20: 1.2, MANY: None}
"""Over how many connections, and the goal: more than any browser opens; and one for each answer, which is an attack."""
AT_ONCE, A_SECOND = 10, 2
"""What one seat may send."""


async def run(phones: int, repeats: int) -> list[Figure]:
    with rooms.room() as room:
        seats, (hasty,) = await room.seats(phones), await room.seats(1)
        asked = iter(range(1, rooms.POLLS + 1))
        return [await _beside(room, seats, hasty, lines, repeats, asked) for lines in LINES]


async def _beside(room: Room, seats: list[Seat], hasty: Seat, lines: int, repeats: int, asked: Iterator[int]) -> Figure:
    """What the others wait with a flood over so many connections, beside what they wait without."""
    calm: list[float] = []
    flooded: list[float] = []
    for repeat in range(repeats + 1):  # the first warms up
        quiet = await _answering(room, seats, await room.asks(next(asked)))
        step = await room.asks(next(asked))
        flood = asyncio.create_task(_flood(room, hasty, step, lines))
        loud = await _answering(room, seats, step)
        await flood
        if repeat:
            calm.append(quiet)
            flooded.append(loud)
    what = f"p95 of {len(seats)} phones while another sends {MANY} over {lines} connections"
    return Figure.ratio("F17", what, Series("flooded", flooded), Series("calm", calm), LINES[lines])


async def _answering(room: Room, seats: list[Seat], step: str) -> float:
    """Milliseconds, p95."""
    given = await storm.storm(room.server.port, room.pid, storm.answers(room, seats, step), SPREAD)
    return p95(given.waits) * 1e3


async def _flood(room: Room, seat: Seat, step: str, many: int) -> None:
    """A thousand answers within a second from one seat; a connection sends its next as soon as it is answered."""
    request, told = room.answer(seat, step, "none"), Counter[int]()
    lines = [await Line.to(room.server.port) for _ in range(many)]
    await asyncio.sleep(BEGINS)
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def share(first: int, line: Line) -> None:
        for index in range(first, MANY, many):
            await asyncio.sleep(max(0.0, began + index / MANY - loop.time()))
            if loop.time() < began + SPREAD:
                told[(await line.ask(request)).status] += 1

    await asyncio.gather(*(share(first, line) for first, line in enumerate(lines)))
    for line in lines:
        line.close()
    assert set(told) == {200, 429}, told
    most = AT_ONCE + A_SECOND * (loop.time() - began)
    assert told[200] <= most, f"{told[200]} were taken, of {most:.0f} that may be"
