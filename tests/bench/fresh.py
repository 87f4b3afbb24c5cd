"""P4: how soon the console counts the last answer, and how soon the last phone is locked after a close."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

from tests.bench import machine, rooms, storm
from tests.bench.figures import Figure, Series, p50, p95
from tests.bench.lines import Line
from tests.bench.phones import Socket
from tests.bench.rooms import Room, Seat

ANSWERED = re.compile(rb"<b>(\d+)</b> answered")
LOCKED = (b'data-state=\\"closed\\"', b'data-state=\\"revealed\\"')
WITHIN = 20.0


class Ears:
    """What the phones and one console have heard: when the last count came, and when each phone was locked."""

    def __init__(self) -> None:
        self.counted: dict[int, float] = {}
        self.locked: list[float] = []

    def console(self, when: float, payload: bytes) -> None:
        found = ANSWERED.search(payload)
        if found:
            self.counted.setdefault(int(found[1]), when)

    def phone(self, when: float, payload: bytes) -> None:
        if any(state in payload for state in LOCKED):
            self.locked.append(when)


async def run(phones: int, repeats: int) -> list[Figure]:
    ears = Ears()
    counts: list[float] = []
    locks: list[float] = []
    with rooms.room() as room:
        auth = f'{{"live":{room.lead.live}}}'
        await Socket.open(room.server.port, room.cookie, ears.console, "/console", auth)
        seats = await room.seats(phones)
        await room.sockets(seats, ears.phone)
        for question in range(1, repeats + 1):
            counts.append(await _counted(room, seats, question, ears))
            locks.append(await _locked(room, phones, ears))
        window = storm.WINDOW + p50(machine.sync_seconds(room.server.folder))
    counted, locked = Series("ours", counts), Series("ours", locks)
    return [
        Figure("P4", "last answer to the console's count", counted.middle, 250 + window * 1e3, "ms", (counted,)),
        Figure("P4", f"close to locked, p95 of {phones} phones", locked.middle, 1000, "ms", (locked,)),
    ]


async def _counted(room: Room, seats: list[Seat], question: int, ears: Ears) -> float:
    """Milliseconds from the last phone's answer, sent while nothing else happens, until the console says so."""
    step = await room.asks(question)
    *most, last = storm.answers(room, seats, step)
    await storm.storm(room.server.port, room.pid, most, 1.0)
    ears.counted.clear()
    line = await Line.to(room.server.port)
    began = time.perf_counter()
    await line.ask(last)
    line.close()
    await _until(lambda: len(seats) in ears.counted)
    return (ears.counted[len(seats)] - began) * 1e3


async def _locked(room: Room, phones: int, ears: Ears) -> float:
    ears.locked.clear()
    with machine.calm():
        began = time.perf_counter()
        await room.press("close", now="1")
        await _until(lambda: len(ears.locked) >= phones)
    return p95([when - began for when in ears.locked]) * 1e3


async def _until(true: Callable[[], bool]) -> None:
    ends = time.perf_counter() + WITHIN
    while not true() and time.perf_counter() < ends:
        await asyncio.sleep(0.002)
    assert true()
