"""When a session ends: as planned when it began, as expected now, and what to leave out so that it ends in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sessions import skipping
from sessions.snapshot import Snapshot
from sessions.timers import timers, wall
from sessions.vault import vault
from workshop import kinds
from workshop.pack import Step
from workshop.words import gettext as _
from workshop.words import ngettext

LATE_FROM = 2
"""Minutes from which on leaving something out is offered; whoever is one late will be in time again by themselves."""


@dataclass(frozen=True)
class Plan:
    """Minutes since the epoch; the page says them in the reader's clock."""

    planned_end: int
    expected_end: int

    @property
    def late(self) -> str:
        """How far behind, in words."""
        minutes = self.expected_end - self.planned_end
        if minutes > 0:
            return ngettext("%(n)s minute late", "%(n)s minutes late", minutes) % {"n": minutes}
        if minutes < 0:
            return ngettext("%(n)s minute in hand", "%(n)s minutes in hand", -minutes) % {"n": -minutes}
        return _("on time")


@dataclass(frozen=True)
class CatchUp:
    """What would be left out so that the room ends in time. `expected_end`: in minutes since the epoch, then."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    expected_end: int
    late: str


def plan(live: Snapshot) -> Plan | None:
    """None until the first step is shown."""
    planned = vault.minutes(live.handle).get("planned")
    return None if planned is None else Plan(planned, expected_end(live))


def expected_end(live: Snapshot) -> int:
    """When the room will be done if all goes on as planned, in minutes since the epoch."""
    return round(_end(live) / 60)


def catch_up(live: Snapshot) -> CatchUp | None:
    """What to leave out when the room is late: one by one in the order of its plan, until it fits."""
    now = plan(live)
    if now is None or now.expected_end < now.planned_end + LATE_FROM:
        return None
    dropped, end = [], _end(live)
    for step in _spare(live):
        if round(end / 60) <= now.planned_end:
            break
        dropped.append(step)
        end -= takes(live, step) + _change(live)
    after = Plan(now.planned_end, round(end / 60))
    titles = tuple(step.title for step in dropped)
    return CatchUp(tuple(step.id for step in dropped), titles, after.expected_end, after.late) if dropped else None


def takes(live: Snapshot, step: Step) -> int:
    """Seconds of a step the way it is played: another story may have more turns than the one that was planned."""
    kind, state = kinds.get(step.kind), live.newest(step.id)
    planned = kind.length(step.config)
    now = kind.length(step.config, state.path) if state else planned
    return step.seconds if planned is None or now is None else step.seconds + now - planned


def _spare(live: Snapshot) -> Iterator[Step]:
    """Steps that still lie ahead of those that the plan gives up first, in its order."""
    coming = {live.plan[index].id: live.plan[index] for index in live.ahead}
    for id in live.pack.workshop.variants[live.variant].flex_order:
        if id in coming and id in live.loose and not skipping.reason(live, coming[id]):
            yield coming[id]


def _end(live: Snapshot) -> float:
    """In seconds since the epoch. What the room goes past takes no time, nor what it has seen and only looks at."""
    steps = (live.plan[index] for index in live.ahead)
    new = [step for step in steps if live.newest(step.id) is None and not skipping.reason(live, step)]
    return wall() + sum(takes(live, step) + _change(live) for step in new) + _left(live)


def _left(live: Snapshot) -> float:
    """Seconds that the step which was shown last still takes, also while the room looks back at another."""
    begun = max(live.states.values(), key=lambda state: state.row, default=None)
    step = next((step for step in live.plan if begun and step.id == begun.step_id), None)
    return timers.remains(live.id, "step", takes(live, step)) if step else 0.0


def _change(live: Snapshot) -> int:
    return live.pack.workshop.variants.plans[live.variant].plan.transition_seconds
