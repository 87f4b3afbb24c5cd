"""A thief with the whole disk, after the end, tries to tell which answers belong together:
`python -m tests.privacy.linkability` for 200 sessions of 40 people and 6 questions.

People answer in much the same order each time, so whatever keeps the order of arrival in two questions links them.
"""

from __future__ import annotations

import importlib
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path

import gevent

from sessions import closing, conduct, lookup, questions, room, seats, texts
from sessions.sealing import place, seal
from sessions.seats import Seat
from sessions.snapshot import Snapshot
from sessions.vault import vault
from sessions.wiping import wiper
from sessions.writer import Pending, writer
from tests import factories
from tests.privacy import thief
from tests.room_pack import ROOM
from workshop import backup
from workshop.config import Settings
from workshop.database import db

PEOPLE = 40
STEPS = ("easy", "near", "lines", "many", "inner", "deep")
TOGETHER = 6
"""So many answers are on their way at once."""


@dataclass
class Outcome:
    """`right`: how often the thief was right about two answers of one person; `pairs`: of how many pairs of questions.

    With nothing to go by, one in each pair is right by chance, whatever the number of people.
    """

    right: int = 0
    pairs: int = 0

    @property
    def bound(self) -> float:
        return self.pairs + 3 * sqrt(self.pairs)


def attack(folder: Path, sessions: int, seed: int = 1) -> Outcome:
    """Hold `sessions` sessions on a server of its own in `folder`, and rob each."""
    folders = {"ATTUNE_DATA": str(folder / "data"), "ATTUNE_RUNTIME": str(folder / "runtime")}
    settings = Settings.from_environment(folders, host="127.0.0.1", port=8000)
    importlib.import_module("app").create_app(settings)
    owner = factories.facilitator()
    workshop = factories.shelved(owner, ROOM)
    chance, outcome = random.Random(seed), Outcome()
    for number in range(sessions):
        held = _session(factories.session(owner, workshop), chance)
        copy = folder / "data" / f"backup-{number}"
        backup.write(copy)
        _rob(held, folder, chance, outcome)
        copy.unlink()
    db.close()
    return outcome


Traces = dict[str, list[list[bytes]]]
"""By step, of each person: the name beside their answer, and their words."""


def _session(live: Snapshot, chance: random.Random) -> Traces:
    """Forty people answer six questions, each time in nearly the same order."""
    people = [_seat(live) for _ in range(PEOPLE)]
    traces: Traces = {}
    for step in STEPS:
        conduct.show(_now(live), step)
        state = _now(live).now
        assert state
        if state.state == "shown":
            questions.ask(_now(live))
        order = sorted(range(PEOPLE), key=lambda who: who + chance.gauss(0, 1))
        traces[step] = _answers(_now(live), people, order, chance)
        closing.finish(live.id, state.row)
        _shows(_now(live))
    room.end(_now(live), factories.TODAY)
    while not wiper.wiped:
        gevent.sleep(0.01)
    return traces


def _answers(live: Snapshot, people: list[Seat], order: list[int], chance: random.Random) -> list[list[bytes]]:
    now = live.now
    assert now
    key = vault.question(live.handle, now.row, 0)
    assert key
    traces: list[list[bytes]] = [[] for _ in people]
    sent = []
    for who in order:
        p, words = people[who].pseudonym(now.step_id, now.round, 0), f"{len(sent):03}{chance.randbytes(8).hex()}"
        given = {"lines": [words]} if now.step_id in ("lines", "inner") else {"choices": [chance.choice("abc")]}
        sealed = seal(key, place(now.row, 0, p, 1), json.dumps(given).encode(), 1024)
        sent.append(gevent.spawn(writer.record, Pending(now.row, 0, p, 1, sealed)))
        traces[who] = [p, words.encode()]
        if len(sent) % TOGETHER == 0:
            gevent.joinall(sent)
    gevent.joinall(sent)
    assert {one.value.verdict for one in sent} == {"saved"}
    return traces


def _shows(live: Snapshot) -> None:
    if live.now and live.now.held:
        texts.show_unmarked(live)
        live = _now(live)
    if live.now and live.now.state == "closed":
        questions.reveal(live)


def _rob(traces: Traces, folder: Path, chance: random.Random, outcome: Outcome) -> None:
    """Take the people of each question in the order in which anything of them lies on the disk, and lay two side by
    side. Who has left nothing stands anywhere."""
    disk = [path.read_bytes() for path in _by_promise(folder)]
    orders = []
    for step in STEPS:
        places = [(_place(disk, needles), chance.random(), who) for who, needles in enumerate(traces[step])]
        orders.append([who for *_, who in sorted(places)])
    for first, second in pairwise(orders):
        outcome.pairs += 1
        outcome.right += sum(a == b for a, b in zip(first, second, strict=True))


def _by_promise(folder: Path) -> Iterator[Path]:
    """The log first: it keeps every commit in order, for as long as it is there."""
    yield from sorted(thief.files(folder), key=lambda path: (not path.name.endswith("-wal"), str(path)))


def _place(disk: list[bytes], needles: list[bytes]) -> tuple[int, int]:
    found = ((number, at) for number, content in enumerate(disk) for at in map(content.find, needles) if at >= 0)
    return next(found, (len(disk), 0))


def _now(live: Snapshot) -> Snapshot:
    found = lookup.of(live.id)
    assert found
    return found


def _seat(live: Snapshot) -> Seat:
    key = vault.key(live.handle)
    assert key
    return seats.seated(live, seats.take(live.handle, key), key)


def main(report: Callable[[str], None] = print) -> None:
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        found = attack(Path(folder), sessions)
    report(f"{found.right} right of {found.pairs} pairs; by chance {found.pairs}, at most {found.bound:.0f}")
    sys.exit(found.right > found.bound)


if __name__ == "__main__":
    main()
