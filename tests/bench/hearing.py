"""What the phones of a room hear of one press, and when the last of them has heard it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from tests.bench import machine
from tests.bench.rooms import Room

QUIET_SECONDS = 0.6
ALL_WITHIN = 60.0


@dataclass
class Ears:
    """What the phones have heard of one press: when, and what."""

    heard: list[tuple[float, bytes]] = field(default_factory=list)
    used: float = 0.0

    def hear(self, when: float, payload: bytes) -> None:
        self.heard.append((when, payload))

    async def press(self, room: Room, phones: int, verb: str, **fields: str) -> list[float]:
        """Milliseconds from the tap to each phone, in order; `used`: of the server's processor meanwhile."""
        await asyncio.sleep(QUIET_SECONDS)
        self.heard.clear()
        with machine.calm():
            used, began = machine.processor(room.pid), time.perf_counter()
            await room.press(verb, **fields)
            while len(self.heard) < phones and time.perf_counter() - began < ALL_WITHIN:
                await asyncio.sleep(0.002)
        self.used = (machine.processor(room.pid) - used) * 1e3
        assert len(self.heard) >= phones, f"only {len(self.heard)} of {phones} phones heard something"
        return sorted((when - began) * 1e3 for when, _ in self.heard)
