"""P12: a turn of a story in a full room, beside a step that all are sent alike in that run.

A turn: a tap on the next scene, once the room has voted; the scene is found, shown and sent to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench import rooms
from tests.bench.figures import Figure, Series, p95
from tests.bench.hearing import Ears
from tests.bench.lines import Line
from tests.bench.rooms import Room, Seat
from tests.story_pack import STEP, TELLING

VOTERS = 4
"""As many as it takes for a vote to count: what becomes of a turn is the same with all of them."""
WAY = ("a", "a", "a")
TURN = b'data-step=\\"tell'
PLAIN = TELLING.replace(STEP, "")


async def run(phones: int, repeats: int) -> list[Figure]:
    ears, alike, each = Ears(), list[float](), list[float]()
    shown, last, turned = list[float](), list[float](), list[float]()
    with rooms.room(*(STEP.replace("id: tell", f"id: tell{n}") for n in range(repeats + 1)), pack=PLAIN) as room:
        seats = await room.seats(phones, "consent", "interruption")
        await room.sockets(seats, ears.hear)
        for repeat in range(repeats + 1):  # the first warms up
            step = await ears.press(room, phones, "show", step=f"q{repeat + 1}")
            used = ears.used
            await room.press("close", now="1")
            turns, spent = await _told(room, ears, seats, repeat)
            if repeat:
                shown.append(p95(step))
                last.append(step[-1])
                turned += turns
                alike.append(used)
                each += spent
    print(f"    {phones} phones, {len(turned)} turns")
    fan_out, to_last = Series("a step to 95 % of the phones", shown), Series("a step to the last phone", last)
    ours = Series("a turn to the last phone", turned)
    return [
        Figure.ratio("P12", f"tap to the last of {phones} phones, a turn to a step's p95", ours, fan_out, 1.5),
        Figure.ratio("P12", "the same to a step's last phone", ours, to_last, None),
        Figure.ratio("P12", "processor of both", Series("a turn", each), Series("a step", alike), None),
    ]


async def _told(room: Room, ears: Ears, seats: Sequence[Seat], number: int) -> tuple[list[float], list[float]]:
    """One story from its first scene to the way out: each turn to the last phone, and its processor time."""
    step = f"tell{number}"
    await room.press("show", step=step)
    turns, spent = [], []
    for phase, choice in enumerate(WAY):
        await room.press("open")
        await _vote(room, seats[:VOTERS], step, phase, choice)
        await room.press("close", now="1", show="1")
        heard = await ears.press(room, len(seats), "next")
        assert all(TURN in payload for _, payload in ears.heard)
        turns.append(heard[-1])
        spent.append(ears.used)
    for _ in ("talk about it", "step out"):
        await room.press("next")
    return turns, spent


async def _vote(room: Room, seats: Sequence[Seat], step: str, phase: int, choice: str) -> None:
    line = await Line.to(room.server.port)
    for seat in seats:
        reply = await line.ask(room.answer(seat, step, choice, phase))
        assert reply.status == 200, reply.body[:300]
    line.close()
