"""P3: what one more answer, join or goodbye costs in a small room and in a large one: processor, without idling."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from tests.bench import machine, rooms, storm
from tests.bench.figures import Figure, Series
from tests.bench.phones import Socket
from tests.bench.rooms import Room, Seat

SMALL = 100
MORE = 100
"""Phones that join, and whose answers are weighed, each time."""
CHANGES = 4
"""How often each of them answers: a thousandth of a second alone would say little."""
SPREAD = 0.8
IDLE_SECONDS = 2.0
GONE_SECONDS = 3.0
"""Longer than the server gives a socket that closes."""


@dataclass
class Costs:
    """Microseconds of processor, once for each repeat."""

    answer: list[float] = field(default_factory=list)
    join: list[float] = field(default_factory=list)
    leave: list[float] = field(default_factory=list)


async def run(phones: int, repeats: int) -> list[Figure]:
    small, large = Costs(), Costs()
    with rooms.room() as room:
        for costs, many in ((small, SMALL), (large, phones)):
            await _room_of(room, many, costs, repeats)
    return [
        _figure(f"an answer, {phones} phones to {SMALL}", large.answer, small.answer, 1.2),
        _figure(f"a join, {phones} phones to {SMALL}", large.join, small.join, 1.2),
        _figure(f"a goodbye, {phones} phones to {SMALL}", large.leave, small.leave, 1.3),
    ]


async def _room_of(room: Room, many: int, costs: Costs, repeats: int) -> None:
    """Fill the room, weigh each thing several times, and empty it again."""
    seats = await room.seats(many)
    sockets = await room.sockets(seats, _deaf)
    for repeat in range(repeats + 1):
        step = await room.asks(repeat + 1 if many == SMALL else repeat + 9)
        idle = await _idle(room)
        requests = _answers(room, seats[:MORE], step)
        answered = await _cost(room, idle, lambda: storm.storm(room.server.port, room.pid, requests, SPREAD))  # noqa: B023
        newcomers: list[Socket] = []
        joined = await _cost(room, idle, lambda: _join(room, newcomers))  # noqa: B023
        everybody = sockets + newcomers
        left = await _cost(room, 0.0, lambda: _leave(everybody))  # noqa: B023
        if repeat:  # the first warms up
            costs.answer.append(answered / MORE / CHANGES)
            costs.join.append(joined / MORE)
            costs.leave.append(left / len(everybody))
        sockets = await room.sockets(seats, _deaf)
    await _leave(sockets)


def _answers(room: Room, seats: Sequence[Seat], step: str) -> list[bytes]:
    """Everybody answers, then everybody changes their mind, and again."""
    return [
        request
        for rev in range(1, CHANGES + 1)
        for request in storm.answers(room, [replace(seat, rev=rev) for seat in seats], step)
    ]


async def _join(room: Room, newcomers: list[Socket]) -> None:
    seats: list[Seat] = await room.seats(MORE)
    newcomers += await room.sockets(seats, _deaf)


async def _leave(sockets: list[Socket]) -> None:
    for socket in sockets:
        socket.cut()
    await asyncio.sleep(GONE_SECONDS)


async def _idle(room: Room) -> float:
    """Processor that the room takes in a second in which nothing happens."""
    await asyncio.sleep(0.5)
    used = machine.processor(room.pid)
    await asyncio.sleep(IDLE_SECONDS)
    return (machine.processor(room.pid) - used) / IDLE_SECONDS


async def _cost(room: Room, idle: float, act: Callable[[], Awaitable[object]]) -> float:
    """Microseconds of processor for all of it."""
    used, began = machine.processor(room.pid), time.perf_counter()
    await act()
    return (machine.processor(room.pid) - used - idle * (time.perf_counter() - began)) * 1e6


def _figure(what: str, large: list[float], small: list[float], goal: float) -> Figure:
    return Figure.ratio("P3", what, Series("large room", large, "µs"), Series("small room", small, "µs"), goal)


def _deaf(when: float, payload: bytes) -> None:
    """These phones only have to be there."""
