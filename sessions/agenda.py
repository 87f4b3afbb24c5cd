"""Where the plan stands: each step with its time, the planned end against the expected one."""

from __future__ import annotations

from dataclasses import dataclass

from sessions.snapshot import Snapshot
from sessions.timers import timers, wall
from sessions.vault import vault
from workshop import kinds
from workshop.words import gettext as _
from workshop.words import ngettext


@dataclass(frozen=True)
class Row:
    """A step in the agenda. `minutes`: its planned time as m:ss. `state`: of its newest round, empty before it."""

    id: str
    number: int
    title: str
    state: str
    current: bool
    minutes: str
    sensitivity: str
    kind_label: str


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


def rows(live: Snapshot) -> list[Row]:
    return [
        Row(
            id=step.id,
            number=number,
            title=step.title,
            state=state.state if (state := live.newest(step.id)) else "",
            current=number - 1 == live.position,
            minutes=f"{step.seconds // 60}:{step.seconds % 60:02}",
            sensitivity=step.sensitivity,
            kind_label=_(kinds.get(step.kind).label),
        )
        for number, step in enumerate(live.plan, start=1)
    ]


def plan(live: Snapshot) -> Plan | None:
    """None until the first step is shown. Changes between steps take time too, and count on both sides."""
    started = vault.minutes(live.handle).get("started")
    if started is None:
        return None
    change = live.pack.workshop.variants.plans[live.variant].plan.transition_seconds
    whole = sum(step.seconds + change for step in live.plan)
    rest = sum(step.seconds + change for step in live.plan[live.position + 1 :])
    return Plan(started + round(whole / 60), round((wall() + rest + _left(live)) / 60))


def _left(live: Snapshot) -> float:
    """Seconds that the present step still takes."""
    if live.step is None:
        return 0.0
    return max(0.0, live.step.seconds - (timers.elapsed(live.id, "step") or 0.0))
