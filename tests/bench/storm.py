"""P2: a whole room answers, spread over two seconds and all at once, beside the same number of bare POSTs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench import machine, rivals, rooms
from tests.bench.figures import Figure, Series, p50, p95
from tests.bench.lines import Line
from tests.bench.rivals import Rival
from tests.bench.rooms import Room, Seat

WINDOW = 0.008
"""How long the writer gathers."""
SPREAD = 2.0
READY_SECONDS = 0.05
"""For a task for each request."""
AFTER_SECONDS = 0.4
"""Until what an answer sets off later, such as counts on the console, is over too."""
CHOICES = ("none", "some", "much", "all")


@dataclass(frozen=True)
class Storm:
    """What became of one: how long each waited, until when all had been answered, processor for each."""

    waits: Sequence[float]
    whole: float
    each: float


async def storm(port: int, pid: int, requests: Sequence[bytes], spread: float) -> Storm:
    """Send every request on a connection of its own, evenly over `spread` seconds; all must be answered 200."""
    lines = await asyncio.gather(*(Line.to(port) for _ in requests))
    await asyncio.sleep(0.5)
    loop, done = asyncio.get_running_loop(), Counter[int]()
    waits: list[float] = []

    async def one(index: int, line: Line) -> None:
        due = began + spread * index / len(requests)
        await asyncio.sleep(max(0.0, due - loop.time()))
        reply = await line.ask(requests[index])
        waits.append(loop.time() - due)
        done[reply.status] += 1

    with machine.calm():
        used, began = machine.processor(pid), loop.time() + READY_SECONDS
        await asyncio.gather(*(one(index, line) for index, line in enumerate(lines)))
    whole = loop.time() - began
    await asyncio.sleep(AFTER_SECONDS)
    each = (machine.processor(pid) - used) / len(requests)
    for line in lines:
        line.close()
    assert done == {200: len(requests)}, done
    return Storm(waits, whole, each)


def answers(room: Room, seats: Sequence[Seat], step: str) -> list[bytes]:
    return [room.answer(seat, step, CHOICES[index % 4]) for index, seat in enumerate(seats)]


async def run(phones: int, repeats: int) -> list[Figure]:
    with ExitStack() as stack:
        bare = stack.enter_context(rivals.running("bare"))
        room = stack.enter_context(rooms.room())
        seats = await room.seats(phones)
        sockets = await room.sockets(seats, lambda when, payload: None)
        spread, at_once = await _storms(room, bare, seats, repeats)
        syncs = machine.sync_seconds(room.server.folder)
        assert not any(socket.lost for socket in sockets)
        return _figures(phones, spread, at_once, WINDOW + p50(syncs))


async def _storms(room: Room, bare: Rival, seats: Sequence[Seat], repeats: int) -> tuple[list[Pair], list[Pair]]:
    """Ours and the bare POST by turns, each time at a new question; the first pair of each warms up."""
    found: tuple[list[Pair], list[Pair]] = ([], [])
    question = 0
    for pairs, spread in zip(found, (SPREAD, 0.0), strict=True):
        for _ in range(repeats + 1):
            question += 1
            step = await room.asks(question)
            requests = answers(room, seats, step)
            ours = await storm(room.server.port, room.pid, requests, spread)
            pairs.append((ours, await storm(bare.port, bare.pid, _to(bare, requests, room), spread)))
            assert room.desk()["answered"] == len(seats)
    return found[0][1:], found[1][1:]


Pair = tuple[Storm, Storm]


def _to(bare: Rival, requests: Sequence[bytes], room: Room) -> list[bytes]:
    """The same requests for the other server."""
    old, new = room.host.encode(), f"127.0.0.1:{bare.port}".encode()
    return [request.replace(old, new) for request in requests]


def _figures(phones: int, spread: list[Pair], at_once: list[Pair], window: float) -> list[Figure]:
    ours, theirs = zip(*spread, strict=True)
    ours_all, theirs_all = zip(*at_once, strict=True)
    waits = Series("ours", [p95(one.waits) * 1e3 for one in ours])
    bare = Series("bare POST", [p95(one.waits) * 1e3 for one in theirs])
    windows = Figure(
        "P2", f"p95 of {phones} answers in {SPREAD:g} s, in windows", waits.middle / window / 1e3, 4, "windows",
        (waits, bare, Series("window", [window * 1e3])),
    )  # fmt: skip
    return [
        windows,
        Figure.ratio("P2", f"{phones} at once, all acknowledged", _whole("ours", ours_all),
                     _whole("bare POST", theirs_all), 2.0),
        Figure.ratio("P2", "processor an answer", _each("ours", ours), _each("bare POST", theirs), 1.6),
        Figure.ratio("P2", "processor an answer, at once", _each("ours", ours_all), _each("bare POST", theirs_all),
                     None),
    ]  # fmt: skip


def _whole(name: str, storms: Sequence[Storm]) -> Series:
    return Series(name, [one.whole * 1e3 for one in storms])


def _each(name: str, storms: Sequence[Storm]) -> Series:
    return Series(name, [one.each * 1e6 for one in storms], "µs")
