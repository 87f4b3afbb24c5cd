"""Tell the room how many have answered, a few times a second at most, however fast the answers come."""

from __future__ import annotations

from sessions import broadcast, counting, errands, lookup, progress, realtime
from sessions.change import change

SOON = 0.15
"""Seconds between two counts; where watching them could tell who answered, they are calmer (`progress.CALM`)."""

_due: set[int] = set()


def open() -> None:
    _due.clear()


def soon(live_id: int) -> None:
    """Something was answered, or somebody came or went: send the counts shortly, once."""
    if live_id not in _due:
        _due.add(live_id)
        errands.later(_pace(live_id), _tell, live_id)


def everywhere() -> None:
    """Send the counts to everybody who listens, such as when what was closed is wiped."""
    for live_id in realtime.listened():
        broadcast.counted(live_id)


def _pace(live_id: int) -> float:
    live = lookup.of(live_id)
    quick = live is None or live.step is None or live.step.sensitivity == "low"
    return SOON if quick else progress.CALM


def _tell(live_id: int) -> None:
    _due.discard(live_id)
    live = lookup.of(live_id)
    if live is None or live.state == "ended":
        return
    if counting.peek(live, progress.of(live).answered):
        change(live, lambda session, row, old: None, pages=broadcast.PAGES[1:])
    else:
        broadcast.counted(live_id)
