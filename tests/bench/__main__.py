"""`python -m tests.bench WHAT [--phones N] [--repeats 5]`: measure, and say what was reached. Exits 1 for a miss."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import uvloop

from tests.bench import (
    closing,
    fan_out,
    flood,
    fresh,
    machine,
    memory,
    page,
    pairing,
    reconnect,
    scale,
    starting,
    storm,
    story,
)
from tests.bench.figures import Figure


@dataclass(frozen=True)
class Command:
    """One measurement, and how many phones it takes unless told otherwise."""

    run: Callable[[int, int], Coroutine[Any, Any, list[Figure]]]
    phones: int


COMMANDS = {
    "fan-out": Command(fan_out.run, 2000),
    "storm": Command(storm.run, 1000),
    "scale": Command(scale.run, 5000),
    "pairing": Command(pairing.run, 1000),
    "story": Command(story.run, 1000),
    "fresh": Command(fresh.run, 1000),
    "memory": Command(memory.run, 2000),
    "flood": Command(flood.run, 400),
    "close": Command(closing.run, 5000),
    "page": Command(page.run, 1),
    "start": Command(starting.run, 40),
    "reconnect": Command(reconnect.run, 1000),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", choices=[*COMMANDS, "all"])
    parser.add_argument("--phones", type=int)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    print(machine.settle())
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    found: list[Figure] = []
    for name in COMMANDS if given.what == "all" else [given.what]:
        command = COMMANDS[name]
        print(f"{name}:", flush=True)
        figures = asyncio.run(command.run(given.phones or command.phones, given.repeats))
        print(*figures, sep="\n", flush=True)
        found += figures
    return 0 if all(figure.passed for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
