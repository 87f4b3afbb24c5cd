"""Steps that go by themselves: nobody helps, too few phones are here for them, or many in the room are stirred up."""

from __future__ import annotations

from sessions.presence import presence
from sessions.snapshot import Snapshot
from workshop import kinds
from workshop.pack import Step


def reason(live: Snapshot, step: Step) -> str:
    """Why a step would be passed over now: `alone`, `phones` or `stirred`; empty: it is shown, as all that was."""
    rule = step.skip_when
    if live.newest(step.id):
        return ""
    if step.needs_helper and not live.helped:
        return "alone"
    if rule is None:
        return ""
    if rule.phones_below is not None and presence.count(live.id) < rule.phones_below:
        return "phones"
    share = _stirred(live, step)
    most = rule.stirred_share_at_least
    return "stirred" if most is not None and share is not None and share >= most else ""


def onward(live: Snapshot) -> tuple[int | None, dict[str, str]]:
    """Index of the step that comes next, None after the last one; and what goes by itself before it, with reasons."""
    passed: dict[str, str] = {}
    for index in live.ahead:
        why = reason(live, live.plan[index])
        if not why:
            return index, passed
        passed[live.plan[index].id] = why
    return None, passed


def _stirred(live: Snapshot, step: Step) -> float | None:
    """The share of people that are stirred up, by the last pulse before a step; None where it says nothing."""
    felt = (one for one in live.plan[: live.plan.index(step)] if kinds.get(one.kind).feels(one.config))
    shares = (
        kinds.get(one.kind).stirred(one.config, release)
        for one in felt
        for state in live.rounds.get(one.id, ())
        for release in state.releases
    )
    return ([None, *shares])[-1]
