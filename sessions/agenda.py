"""Where the plan stands: each step with its time, the planned end against the expected one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from sessions import skipping
from sessions.snapshot import Snapshot
from sessions.timers import minute, timers, wall
from sessions.vault import vault
from workshop import kinds
from workshop.pack import Step
from workshop.words import gettext as _
from workshop.words import ngettext


@dataclass(frozen=True)
class Row:
    """A step in the agenda. `minutes`: the time it takes as m:ss. `state`: of its newest round, empty before it.

    `number`: counts the steps that are not left out; 0 for one that is. `loose`: it can be left out or brought back.
    `passed`: why the room goes past it as things are, in words; empty where it does not.
    """

    id: str
    number: int
    title: str
    state: str
    current: bool
    done: bool
    ahead: bool
    minutes: str
    sensitivity: str
    kind_label: str
    off: bool
    loose: bool
    passed: str


@dataclass(frozen=True)
class CatchUp:
    """What would be left out so that the room ends in time. `expected_end`: in minutes since the epoch, then."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    expected_end: int
    late: str


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
    numbers = _numbers(live)
    return [
        Row(
            id=step.id,
            number=numbers[index],
            title=step.title,
            state=state.state if (state := live.newest(step.id)) else "",
            current=index == live.position,
            done=index < live.position,
            ahead=index > live.position,
            minutes=f"{takes(live, step) // 60}:{takes(live, step) % 60:02}",
            sensitivity=step.sensitivity,
            kind_label=_(kinds.get(step.kind).label),
            off=_is_off(live, step),
            loose=step.id in live.loose,
            passed=_passed(live, step),
        )
        for index, step in enumerate(live.plan)
    ]


def why(reason: str, step: Step) -> str:
    """The reason why a step goes by itself, as a sentence."""
    if reason == "phones":
        least = step.skip_when.phones_below if step.skip_when else None
        return ngettext("Fewer than %(n)s phone.", "Fewer than %(n)s phones.", least or 0) % {"n": least}
    return _("Many are stirred up.")


def ends(live: Snapshot) -> int:
    """When a session that starts now would end, in minutes since the epoch."""
    on = [step.seconds + _change(live) for step in live.plan if step.id not in live.off]
    return minute() + round(sum(on) / 60)


def plan(live: Snapshot) -> Plan | None:
    """None until the first step is shown. Changes between steps take time too, and count on both sides."""
    minutes = vault.minutes(live.handle)
    started = minutes.get("started")
    if started is None:
        return None
    whole = sum(step.seconds + _change(live) for step in live.plan if step.id not in live.off)
    planned = minutes.get("planned", started + round(whole / 60))
    return Plan(planned, round(_end(live) / 60))


def catch_up(live: Snapshot) -> CatchUp | None:
    """What to leave out when the room is late: one by one in the order of its plan, until it fits."""
    now = plan(live)
    if now is None or now.expected_end <= now.planned_end:
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
    """When the room will be done, in seconds since the epoch; what it goes past takes no time."""
    steps = (live.plan[index] for index in live.ahead)
    rest = sum(takes(live, step) + _change(live) for step in steps if not skipping.reason(live, step))
    left = timers.left(live.id, "step", takes(live, live.step)) if live.step else 0
    return wall() + rest + left


def _change(live: Snapshot) -> int:
    return live.pack.workshop.variants.plans[live.variant].plan.transition_seconds


def _numbers(live: Snapshot) -> list[int]:
    """A number for each step of the plan that is not left out, 0 for the others."""
    counted = accumulate(int(not _is_off(live, step)) for step in live.plan)
    return [0 if _is_off(live, step) else number for step, number in zip(live.plan, counted, strict=True)]


def _is_off(live: Snapshot, step: Step) -> bool:
    """True for a step that is left out and that the room has not seen."""
    return step.id in live.off and live.newest(step.id) is None


def _passed(live: Snapshot, step: Step) -> str:
    if live.newest(step.id):
        return ""
    if step.id in live.off:
        return _("left out")
    if live.passes(step):
        return _("passed over")
    reason = skipping.reason(live, step)
    return _("goes by itself now: %(why)s") % {"why": why(reason, step)} if reason else ""
