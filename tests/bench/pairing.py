"""P11: partners dealt to a full room, each phone sent its own, beside a step that all are sent alike in that run."""

from __future__ import annotations

import re

from tests.bench import rooms
from tests.bench.figures import Figure, Series, p95
from tests.bench.hearing import Ears

GROUP = re.compile(rb'data-group=\\"(\d+)\\"')


async def run(phones: int, repeats: int) -> list[Figure]:
    ears, shown, dealt, last = Ears(), list[float](), list[float](), list[float]()
    alike, each = list[float](), list[float]()
    with rooms.room() as room:
        await room.sockets(await room.seats(phones, "consent", "interruption"), ears.hear)
        await ears.press(room, phones, "show", step="talk")
        await ears.press(room, phones, "act", action="matched")
        for repeat in range(repeats + 1):  # the first warms up
            step = await ears.press(room, phones, "show", step=f"q{repeat + 1}")
            used = ears.used
            await room.press("close", now="1")
            await ears.press(room, phones, "show", step="talk")
            groups = await ears.press(room, phones, "act" if repeat else "next", action="deal")
            _all_in_pairs(ears, phones)
            if repeat:
                shown.append(p95(step))
                last.append(step[-1])
                dealt.append(groups[-1])
                alike.append(used)
                each.append(ears.used)
    print(f"    {phones} phones")
    fan_out, to_last = Series("a step to 95 % of the phones", shown), Series("a step to the last phone", last)
    ours = Series("partners to the last phone", dealt)
    return [
        Figure.ratio("P11", f"tap to the last of {phones} phones, partners to a step's p95", ours, fan_out, 1.5),
        Figure.ratio("P11", "the same to a step's last phone", ours, to_last, None),
        Figure.ratio("P11", "processor of both", Series("partners", each), Series("a step", alike), None),
    ]


def _all_in_pairs(ears: Ears, phones: int) -> None:
    groups = [found[1] for _, payload in ears.heard if (found := GROUP.search(payload))]
    assert len(groups) == len(ears.heard) == phones
    assert len(set(groups)) == phones // 2
