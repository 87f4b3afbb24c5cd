"""Rules about measures whose two answers are linked: in every plan both are asked, alike, and one pair at a time."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.pack import Pack, Step
from workshop.rules.finding import Finding
from workshop.words import gettext as _


def both_halves_are_asked(pack: Pack) -> Iterator[Finding]:
    for plan in pack.workshop.variants.plans:
        at = {step.id: i for i, step in enumerate(pack.steps)}
        halves = [step for step in _kept(pack, plan) if step.half]
        for here, step in enumerate(halves):
            said = _unfit(step, halves[here - 1] if here else None, halves[here + 1 : here + 2], plan)
            if said:
                yield Finding(("steps", at[step.id], "measure"), said)


def _unfit(step: Step, last: Step | None, rest: list[Step], plan: str) -> str | None:
    """What is wrong with one half, between the linked ones before and after it: a phone keeps one answer at a time."""
    if step.half == "pre":
        if rest and _pair(rest[0]) == _pair(step) and rest[0].half == "post":
            return None
        return _("in plan '{plan}' the next linked step must be the 'post' of the same pair").format(plan=plan)
    if last is None or _pair(last) != _pair(step) or last.half != "pre":
        return _("in plan '{plan}' the last linked step before it must be the 'pre' of the same pair").format(plan=plan)
    return None if _scale(last) == _scale(step) else _("both halves of a linked pair need the same kind and scale")


def _pair(step: Step) -> str:
    return step.measure.pair if step.measure else ""


def _scale(step: Step) -> tuple[str, tuple[str, ...]]:
    asked = step.question()
    return step.kind, tuple(option.id for option in asked.options) if asked else ()


def _kept(pack: Pack, plan: str) -> list[Step]:
    return [step.varied(plan) for step in pack.steps if pack.runs(step, plan)]


RULES = (both_halves_are_asked,)
