"""The steps of a session in their order: what was shown, what lies ahead, what the room goes past, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from sessions import schedule, skipping
from sessions.snapshot import Snapshot
from workshop import kinds
from workshop.pack import Step
from workshop.words import gettext as _
from workshop.words import ngettext

TELLING = {"stirred"}
"""Reasons that say how people are: for the facilitator alone, and never in the open, since a laptop may be mirrored."""


@dataclass(frozen=True)
class Row:
    """A step in the agenda. `minutes`: the time it takes as m:ss. `state`: of its newest round, empty before it.

    `number`: counts the steps that are not left out; 0 for one that is. `loose`: it can be left out or brought back.
    `passed`: why the room goes past it as things are, in words; empty where it does not. `because`: the questions from
    before the session whose yes has left it out.
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
    because: tuple[str, ...]


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
            minutes=f"{schedule.takes(live, step) // 60}:{schedule.takes(live, step) % 60:02}",
            sensitivity=step.sensitivity,
            kind_label=_(kinds.get(step.kind).label),
            off=_is_off(live, step),
            loose=step.id in live.loose,
            passed=_passed(live, step),
            because=live.setup.because(step.id) if _is_off(live, step) else (),
        )
        for index, step in enumerate(live.plan)
    ]


def why(reason: str, step: Step) -> str:
    """The reason why a step goes by itself, as a sentence."""
    if reason == "phones":
        least = step.skip_when.phones_below if step.skip_when else None
        return ngettext("Fewer than %(n)s phone.", "Fewer than %(n)s phones.", least or 0) % {"n": least}
    return _("Nobody helps.") if reason == "alone" else _("Many are stirred up.")


def _numbers(live: Snapshot) -> list[int]:
    """A number for each step of the plan that is not left out, 0 for the others."""
    counted = accumulate(int(not _is_off(live, step)) for step in live.plan)
    return [0 if _is_off(live, step) else number for step, number in zip(live.plan, counted, strict=True)]


def _is_off(live: Snapshot, step: Step) -> bool:
    """True for a step that the room goes past, and has not seen."""
    return live.passes(step) and live.newest(step.id) is None


def _passed(live: Snapshot, step: Step) -> str:
    if live.newest(step.id):
        return ""
    if step.id in live.off:
        return _("left out")
    if live.passes(step):
        return _("passed over")
    reason = skipping.reason(live, step)
    if reason in TELLING:
        return _("goes by itself now")
    return _("goes by itself now: %(why)s") % {"why": why(reason, step)} if reason else ""
