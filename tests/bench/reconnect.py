"""A room that loses its server: killed while everybody is in, back after ten seconds; when is everybody in again?"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress

from tests.bench import machine, rooms, wire
from tests.bench.figures import Figure, Series, p95
from tests.bench.lines import Line
from tests.bench.phones import Socket
from tests.bench.rooms import Room, Seat

OUTAGE_SECONDS = 10.0
FIRST, MOST = 0.5, 4.0
"""Seconds between two tries of our script: doubled each time up to the most, and spread by a half either way."""
POLL = 5.0
"""Seconds after which a phone without a socket asks by HTTP, as it does at once when it loses the socket."""


async def run(phones: int, repeats: int) -> list[Figure]:
    first: list[float] = []
    everybody: list[float] = []
    for _ in range(repeats):
        with rooms.room() as room:
            back = await _outage(room, phones)
        first.append(p95(back))
        everybody.append(max(back))
    most, last = Series("p95", first, "s"), Series("last", everybody, "s")
    return [
        Figure("G7", f"p95 of {phones} phones back after the server is", most.middle, 8, "s", (most,)),
        Figure("G7", "all of them", last.middle, 20, "s", (last,)),
    ]


async def _outage(room: Room, phones: int) -> list[float]:
    """Seconds until each phone is in again, from the moment that the server serves again."""
    seats = await room.seats(phones)
    await room.sockets(seats, _deaf)
    await room.asks(1)
    room.server.kill()
    trying = [asyncio.create_task(_back(room, seat)) for seat in seats]
    asking = [asyncio.create_task(_asks(room, seat, there)) for seat, there in zip(seats, trying, strict=True)]
    await asyncio.sleep(OUTAGE_SECONDS)
    with machine.servers_core():
        await asyncio.to_thread(room.server.start)
    began = time.perf_counter()
    back = [max(0.0, when - began) for when in await asyncio.gather(*trying)]
    await asyncio.gather(*asking)
    return back


async def _back(room: Room, seat: Seat) -> float:
    """Try as our script does."""
    pause = FIRST
    while True:
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(MOST, pause * 2)
        try:
            await Socket.open(room.server.port, seat.cookie, _deaf)
        except (OSError, TimeoutError):
            continue
        return time.perf_counter()


async def _asks(room: Room, seat: Seat, there: asyncio.Task[float]) -> None:
    """Until its socket is there again, a phone also asks what it may have missed."""
    request = wire.get(room.host, "/w/mine?v=0", seat.cookie)
    while not there.done():
        with suppress(OSError, EOFError, TimeoutError):
            line = await Line.to(room.server.port)
            await line.ask(request)
            line.close()
        await asyncio.wait([there], timeout=POLL)


def _deaf(when: float, payload: bytes) -> None:
    """Being in is all that counts here."""
