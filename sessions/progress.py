"""How many have joined and answered: in numbers for the facilitator, in words for the room."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sessions import schedule
from sessions.presence import presence
from sessions.schedule import Plan
from sessions.snapshot import Snapshot
from sessions.wiping import wiper
from sessions.writer import writer
from workshop import strings

CALM = 1.0
"""Seconds between two counts of a question that is not low."""

_said: dict[int, tuple[str, float, int]] = {}
_clock = time.monotonic


@dataclass(frozen=True)
class Progress:
    """Counts of phones. `word`: the string that says it to the room, empty while nothing is asked."""

    joined: int
    answered: int
    word: str

    @property
    def total(self) -> int:
        """A phone that answered and went to sleep still belongs to the room."""
        return max(self.joined, self.answered)

    @property
    def few(self) -> bool:
        """Fewer than half have answered."""
        return self.answered * 2 < self.total


@dataclass(frozen=True)
class Meter:
    """What one page says of it: a number, or words, or neither (SECURITY.md). `v`: the version of the region.

    For consoles also the plan, with `late` in words, and whether all traces of what was closed are wiped.
    """

    v: int
    joined: int
    total: int
    answered: int | None
    words: str
    plan: Plan | None = None
    wiped: bool = True


def of(live: Snapshot) -> Progress:
    joined = presence.count(live.id)
    if not live.now or not live.now.taking or live.question is None:
        return Progress(joined, 0, "")
    answered = writer.answered(live.now.row, live.now.phase)
    return Progress(joined, answered, _word(answered, max(joined, answered)))


def calm(live: Snapshot) -> Progress:
    """The same; on all except low steps the answers are counted once a second at most, however often it is asked."""
    now = of(live)
    if live.step is None or live.step.sensitivity == "low" or not now.word:
        return now
    said = _said.get(live.id)
    if said is None or said[0] != live.question_key or _clock() - said[1] >= CALM:
        _said[live.id] = said = (live.question_key, _clock(), now.answered)
    return Progress(now.joined, said[2], _word(said[2], max(now.joined, said[2])))


def meter(live: Snapshot, page: str, v: int) -> Meter:
    """Numbers for the room on low steps, words on personal ones; on tender ones words for the facilitator alone."""
    now, sensitivity = calm(live), live.step.sensitivity if live.step else "low"
    facilitator = page != "screen"
    number = bool(now.word) and (sensitivity == "low" or (facilitator and sensitivity != "tender"))
    words = bool(now.word) and (facilitator or sensitivity == "personal" or number)
    said = strings.text(live.pack.strings, now.word) if words else ""
    plan = schedule.plan(live) if facilitator and live.state != "ended" else None
    return Meter(v, now.joined, now.total, now.answered if number else None, said, plan, wiper.wiped)


def _word(answered: int, total: int) -> str:
    share = answered / total if total else 0.0
    if answered == 0:
        return "answered_none"
    if share < 0.4:
        return "answered_some"
    if share < 0.6:
        return "answered_half"
    return "answered_most" if share < 0.9 else "answered_nearly_all"
