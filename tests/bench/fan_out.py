"""P1: a step shown to a full room, beside Node socket.io, stock Flask-SocketIO and the floor, with the same bytes.

Ours is timed from the facilitator's press: signing in, the transaction and the drawing are in its p95. The others are
timed from the moment they are told what to send. What a recipient costs is what a press takes with the phones there,
less what the same press takes of the same server before they came; what it all takes together is printed beside it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.bench import machine, rivals, rooms
from tests.bench.figures import Figure, Series, p95
from tests.bench.phones import Socket
from tests.bench.rooms import Room

STOCK_MOST = 1000
"""Stock Flask-SocketIO needs so long for each that more of them would only hold the others up."""
ALL_WITHIN = 60.0
QUIET_SECONDS = 0.6
ALONE = 7
"""Presses before anybody is there."""


@dataclass
class Audience:
    """The phones at one server, and what its sends have cost."""

    name: str
    pid: int
    many: int
    heard: list[tuple[float, bytes]] = field(default_factory=list)
    sockets: list[Socket] = field(default_factory=list)
    alone: float = 0.0
    """Seconds of processor that a send takes with nobody there."""
    late: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)

    def hear(self, when: float, payload: bytes) -> None:
        self.heard.append((when, payload))

    async def hears(self, send: Callable[[], Awaitable[object]], *, keep: bool) -> bytes:
        """One send, until everybody has it; the bytes that came."""
        await asyncio.sleep(QUIET_SECONDS)
        self.heard.clear()
        with machine.calm():
            used, began = machine.processor(self.pid), time.perf_counter()
            await send()
            while len(self.heard) < self.many and time.perf_counter() - began < ALL_WITHIN:
                await asyncio.sleep(0.002)
        assert len(self.heard) >= self.many, f"{self.name}: {self.many - len(self.heard)} phones heard nothing"
        if keep:
            self.late.append(p95([when - began for when, _ in self.heard]) * 1e3)
            self.cost.append((machine.processor(self.pid) - used) / self.many * 1e6)
        return self.heard[0][1]

    def wait(self) -> Series:
        return Series(self.name, self.late)

    def each(self) -> Series:
        return Series(self.name, [cost - self.alone / self.many * 1e6 for cost in self.cost], "µs")

    def whole(self) -> Series:
        return Series(f"{self.name}, press and all", self.cost, "µs")


async def run(phones: int, repeats: int) -> list[Figure]:
    with ExitStack() as stack:
        others = [stack.enter_context(rivals.running(name)) for name in ("node", "floor", "stock")]
        room = stack.enter_context(rooms.room())
        ours = Audience("ours", room.pid, phones, alone=await _alone(room))
        ours.sockets = await room.sockets(await room.seats(phones), ours.hear)
        there = {}
        for rival in others:
            there[rival.name] = audience = Audience(
                rival.name, rival.pid, min(phones, STOCK_MOST) if rival.name == "stock" else phones
            )
            audience.sockets = await rival.holds(audience.many, audience.hear)
        await asyncio.sleep(2)
        for repeat in range(repeats + 1):  # the first warms up
            sent = await ours.hears(lambda: room.press("show", step=f"q{ALONE + repeat + 1}"), keep=repeat > 0)  # noqa: B023
            body = _data(sent)
            for rival in others:
                await there[rival.name].hears(lambda: rival.send(body), keep=repeat > 0)  # noqa: B023
            await room.press("close", now="1")
        print(f"    {phones} phones (stock: {there['stock'].many}), {len(body)} bytes each")
        return _figures(ours, there)


async def _alone(room: Room) -> float:
    """The median of a few presses that nobody hears."""
    used = []
    for number in range(1, ALONE + 1):
        await asyncio.sleep(QUIET_SECONDS)
        before = machine.processor(room.pid)
        await room.press("show", step=f"q{number}")
        used.append(machine.processor(room.pid) - before)
        await room.press("close", now="1")
    return median(used)


def _figures(ours: Audience, there: dict[str, Audience]) -> list[Figure]:
    many = f"{ours.many} phones"
    return [
        Figure.ratio("P1", f"p95 to Node socket.io, {many}", ours.wait(), there["node"].wait(), 1.0),
        Figure.ratio("P1", f"p95 to the floor, {many}", ours.wait(), there["floor"].wait(), 1.5),
        Figure.ratio("P1", f"processor a recipient to stock, {many}", ours.each(), there["stock"].each(), 0.25),
        Figure.ratio("P1", f"all of the press to stock, {many}", ours.whole(), there["stock"].each(), 0.25),
        Figure.ratio("P1", f"processor a recipient to Node, {many}", ours.each(), there["node"].each(), None),
        Figure.ratio("P1", f"processor a recipient to the floor, {many}", ours.each(), there["floor"].each(), None),
    ]


def _data(payload: bytes) -> bytes:
    """The `{target, v, html}` of a swap."""
    start = payload.index(b"[")
    return json.dumps(json.loads(payload[start:])[1], ensure_ascii=False, separators=(",", ":")).encode()
