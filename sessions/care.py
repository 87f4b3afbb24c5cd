"""After a moment of care: go on here, at a step to rest at, or past all that is tender."""

from __future__ import annotations

from sessions import closing, conduct, lookup, room, skipping
from sessions.change import may_leave
from sessions.snapshot import Snapshot


def resume(live: Snapshot, *, to: str = "", past_tender: bool = False) -> None:
    """Go on after a pause: here; at step `to`; or past all that is tender. What was open is closed then, unshown."""
    place = conduct.place(live, to) if to else None
    if to or (past_tender and live.step and live.step.sensitivity == "tender"):
        may_leave(live)
    room.resume(live, calm=past_tender)
    now = lookup.of(live.id)
    if now and past_tender and now.step and now.step.sensitivity == "tender":
        ahead, _passed = skipping.onward(now)
        place = ahead if ahead is not None else now.before
    if now and place is not None:
        if now.now and now.now.unfinished:
            closing.finish(now.id, now.now.row)
        conduct.go(lookup.of(live.id) or now, place)
