"""P6: close, count, publish and forget many answers, beside reading, opening and summing the same rows by hand; and
what closing and wiping costs another room that goes on answering.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.bench import machine, rooms, storm
from tests.bench.figures import Figure, Series, p95
from tests.bench.rooms import Room, Seat
from tests.conducting import Facilitator

NEIGHBOURS = 400
"""Phones in the other room: fewer than in this one."""
SPREAD = 2.0
BATCH = 1000
QUIET_SECONDS = 0.6
"""After the last answer: the connections they came on are let go of, which is not what is timed."""
FULL = "SELECT step FROM open_answers GROUP BY step HAVING COUNT(*) = ?"


@dataclass
class Found:
    """Milliseconds, once for each repeat."""

    closing: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    calm: list[float] = field(default_factory=list)
    disturbed: list[float] = field(default_factory=list)


async def run(phones: int, repeats: int) -> list[Figure]:
    found, warm = Found(), Found()
    with rooms.room() as room:
        other = rooms.opened(room.server, Facilitator(room.lead.browser, room.lead.name))
        seats, neighbours = await room.seats(phones), await other.seats(min(NEIGHBOURS, phones // 2))
        for repeat in range(repeats + 1):  # the first warms up
            now = found if repeat else warm
            await _fill(room, seats, repeat * 2 + 1)
            await asyncio.sleep(QUIET_SECONDS)
            now.raw.append(_summed(room, phones))
            now.closing.append(await _closed(room))
            await _fill(room, seats, repeat * 2 + 2)
            now.calm.append(await _answering(other, neighbours, repeat * 2 + 1))
            answering = asyncio.create_task(_answering(other, neighbours, repeat * 2 + 2))
            await asyncio.sleep(SPREAD / 2)
            await _closed(room)
            now.disturbed.append(await answering)
    return [
        Figure.ratio("P6", f"close, count, publish, forget {phones} answers", Series("ours", found.closing),
                     Series("reading, opening, summing them", found.raw), 3.0),
        Figure.ratio("P6", "p95 in another room while it closes and wipes", Series("meanwhile", found.disturbed),
                     Series("calm", found.calm), 1.5),
    ]  # fmt: skip


async def _fill(room: Room, seats: Sequence[Seat], question: int) -> None:
    """Everybody has answered."""
    step = await room.asks(question)
    for start in range(0, len(seats), BATCH):
        requests = storm.answers(room, seats[start : start + BATCH], step)
        await storm.storm(room.server.port, room.pid, requests, 0.0)


async def _closed(room: Room) -> float:
    """Milliseconds until the console has its answer."""
    with machine.calm():
        began = time.perf_counter()
        await room.press("close", now="1")
    return (time.perf_counter() - began) * 1e3


def _summed(room: Room, many: int) -> float:
    """Milliseconds to read the same rows, open them with the question's key, and count: what cannot be left out."""
    began = time.perf_counter()
    with closing(sqlite3.connect(f"file:{room.server.data / 'attune.db'}?mode=ro", uri=True)) as reader:
        (row,) = reader.execute(FULL, (many,)).fetchone()
        (key,) = (room.server.data / "runtime").glob(f"*.{row}.0.d")
        cipher = AESGCM(key.read_bytes())
        counts: Counter[str] = Counter()
        for p, rev, sealed in reader.execute("SELECT p, rev, payload FROM open_answers WHERE step = ?", (row,)):
            plain = cipher.decrypt(sealed[:12], sealed[12:], b"%d/0/%d/" % (row, rev) + p)
            counts.update(json.loads(plain.rstrip(b"\0"))["choices"])
    took = (time.perf_counter() - began) * 1e3
    assert counts.total() == many, counts
    return took


async def _answering(room: Room, seats: Sequence[Seat], question: int) -> float:
    """Milliseconds, p95, while this room answers."""
    step = await room.asks(question)
    given = await storm.storm(room.server.port, room.pid, storm.answers(room, seats, step), SPREAD)
    return p95(given.waits) * 1e3
