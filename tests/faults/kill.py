"""Kill a server at random, under load, again and again: `python -m tests.faults.kill 200`."""

from __future__ import annotations

import contextlib
import http.client
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.actors import Phone
from tests.browsers import OverHttp
from tests.faults import reconciling
from tests.faults.dying import Doomed
from tests.faults.room import Room
from tests.privacy import thief
from tests.serving import ROOT, NotServing

PHONES = 100
WRITERS = ("Mia", "Noor", "Tom", "Lena")


@dataclass
class Toll:
    """What killing has brought to light."""

    kills: int = 0
    faults: list[object] = field(default_factory=list)


def points() -> set[str]:
    """Every point of the product that has a name."""
    lines = [line for path in (ROOT / "sessions").glob("*.py") for line in path.read_text().splitlines()]
    return {line.partition('reached("')[2].partition('"')[0] for line in lines if 'checkpoints.reached("' in line}


def at_random(room: Room, times: int, seed: int) -> Toll:
    """Kill `times` times, now and then while a question is being closed; every answer is accounted for after each."""
    chance, toll = random.Random(seed), Toll()
    for _ in range(times):
        if room.state != "open":
            room.asks()
        closing = threading.Thread(target=presses_close, args=(room, chance.uniform(0.1, 0.4)))
        with room.crowd.answering(room.question):
            if chance.random() < 0.4:
                closing.start()
            time.sleep(chance.uniform(0.15, 0.55))
            room.server.kill()
        if closing.ident:
            closing.join()
        room.server.start()
        toll.kills += 1
        toll.faults += accounted(room)
    return toll


def accounted(room: Room) -> list[object]:
    """All faults after a restart."""
    if room.state == "open":
        return [*reconciling.stored(room)]
    return [*reconciling.counted(room.crowd, room.released()), *room.traces()]


def presses_close(room: Room, after: float = 0.0) -> None:
    time.sleep(after)
    with contextlib.suppress(OSError, http.client.HTTPException):
        room.ada.tries("close", sure="1", now="1")


def dies(room: Room, point: str, times: int = 1) -> None:
    """It is killed there while everybody answers; where it takes a press, close is pressed. Then it starts again."""
    with room.crowd.answering(room.question):
        if times == 1:
            time.sleep(0.3)
        room.server.dies_at(point, times)
        if times == 1:
            presses_close(room)
        room.server.is_dead()
    room.server.start()


def presses(room: Room, verb: str, **fields: str) -> None:
    """A press from which no answer comes, since the server dies of it. Then it starts again."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        room.ada.tries(verb, **fields)
    room.server.is_dead()
    room.server.start()


def opens(room: Room, point: str) -> list[str]:
    """It is killed there while the next question opens, and everybody answers after; all faults."""
    wanted = next(room.fresh)
    room.settles()
    room.server.dies_at(point)
    presses(room, "show", step=wanted)
    lost = room.ada.step != wanted
    if lost:
        room.ada.shows(wanted)
    room.question = f"{wanted}/1/0"
    room.crowd.everybody_answers(room.question)
    shut_out = sum(1 for phone in room.crowd.phones if not phone.acked)
    return [*["lost: what was committed"] * (lost and point == "changed"), *["shut out: a phone"] * shut_out]


def writes(room: Room, step: str) -> list[str]:
    """Somebody shows a question for texts, and four people write; what they wrote."""
    people = [Phone(OverHttp(room.server.url), name) for name in WRITERS]
    room.settles()
    room.ada.shows(step)
    for one in people:
        one.joins(room.ada.join_url).confirms().answers(text=f"words of {one.name}")
    return sorted(f"words of {name}" for name in WRITERS)


def read(room: Room) -> list[str]:
    """The texts that stand on the console."""
    return sorted(words for _, words in room.ada.texts())


def texts_key(room: Room, step: str) -> Path:
    """Where the key of a question's texts is as long as they wait."""
    ((row,),) = thief.ask(
        room.database, "SELECT id FROM live_steps WHERE live_id = ? AND step_id = ?", room.ada.live, step
    )
    return room.server.data / "runtime" / f"{room.handle.hex()}.{row}.t"


def ends(room: Room, point: str) -> list[object]:
    """It is killed there while a session ends; what is left of it."""
    over = room.another(8)
    over.asks()
    over.crowd.everybody_answers(over.question)
    over.server.dies_at(point)
    presses(over, "end", sure="1")
    assert over.ada.desk["state"] == "ended"
    keys = [one for one in thief.files(over.server.data, over.server.runtime) if one.name.startswith(over.handle.hex())]
    return [*reconciling.counted(over.crowd, over.released()), *over.traces(), *keys]


def closes(room: Room) -> list[object]:
    """Close what is still open; all faults."""
    if room.state != "closed":
        room.ada.closes(now=True)
    until = time.monotonic() + 5
    while (left := room.traces()) and time.monotonic() < until:
        time.sleep(0.1)
    return [*reconciling.counted(room.crowd, room.released()), *left]


def starts(room: Room, point: str) -> None:
    """The start dies at a point, the next one does not."""
    room.server.kill()
    room.server.dies_at(point)
    with contextlib.suppress(NotServing):
        room.server.start()
        raise AssertionError(f"{point} was not reached")
    room.server.start()


def starts_without_its_key(room: Room, point: str) -> str:
    """The same, when the session's key is gone; how the question stands then."""
    room.server.kill()
    room.kept.unlink()
    starts(room, point)
    return room.state


def comes_back(room: Room) -> list[bool]:
    """Whether each phone is let in by the cookie that it has."""
    browsers = [OverHttp(room.server.url, dict([phone.cookie.split("=", 1)])) for phone in room.crowd.phones]
    return [browser.get("/w").status == 200 for browser in browsers]


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        room = Room.opened(Doomed(Path(folder)), PHONES)
        kills, faults = 0, list[object]()
        while kills < times:
            if kills and kills % 50 == 0:
                room = room.another(PHONES)
            toll = at_random(room, min(10, times - kills), seed=kills)
            kills, faults = kills + toll.kills, [*faults, *toll.faults]
            rate = room.crowd.acks / room.crowd.seconds
            print(f"{kills} kills, {rate:.0f} answers/s, faults: {faults or 'none'}", flush=True)
        room.server.stop()
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
