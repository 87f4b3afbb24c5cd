"""Rules about tender steps: what comes before them, beside them and after them, in every plan."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.words import gettext as _

EARLY_SECONDS = 600
CALM = ("care", "low")


def tender_steps_have_a_safety_note(pack: Pack) -> Iterator[Finding]:
    for i, step in enumerate(pack.steps):
        if step.sensitivity == "tender" and not step.safety.strip():
            yield Finding(("steps", i), _("a tender step needs a safety note"))


def the_interruption_page_comes_first(pack: Pack) -> Iterator[Finding]:
    page = pack.workshop.interruption
    for name in pack.workshop.variants.plans:
        seen = False
        for step in pack.plan(name):
            seen = seen or step.id == page
            if step.sensitivity == "tender" and not seen:
                said = _("tender, and in plan '{plan}' no interruption page comes before it").format(plan=name)
                yield Finding(_place(pack, step.id), said)
    kept = next((step for step in pack.steps if step.id == page), None)
    if kept and kept.sensitivity != "care":
        yield Finding((*_place(pack, kept.id), "sensitivity"), _("the interruption page is a care step"))


def tender_steps_do_not_come_early(pack: Pack) -> Iterator[Finding]:
    for name, variant in pack.workshop.variants.plans.items():
        gone = 0
        for step in pack.plan(name):
            if step.sensitivity == "tender" and gone < EARLY_SECONDS:
                said = _("tender, {n} minutes after the start of plan '{plan}'").format(n=gone // 60, plan=name)
                yield Finding(_place(pack, step.id), said, "warning")
            gone += step.seconds + variant.plan.transition_seconds


def rest_follows_two_tender_steps(pack: Pack) -> Iterator[Finding]:
    for name in pack.workshop.variants.plans:
        plan = pack.plan(name)
        for one, two, after in zip(plan, plan[1:], (*plan[2:], None), strict=False):
            calm = after is not None and after.sensitivity in CALM
            if one.sensitivity == two.sensitivity == "tender" and not calm:
                said = _("the second tender step in a row in plan '{plan}', and nothing calm follows").format(plan=name)
                yield Finding(_place(pack, two.id), said, "warning")


def playful_steps_leave_tender_ones_alone(pack: Pack) -> Iterator[Finding]:
    for name in pack.workshop.variants.plans:
        plan = pack.plan(name)
        for before, step in itertools.pairwise(plan):
            if step.playful and before.sensitivity == "tender":
                said = _("playful, right after a tender step in plan '{plan}': let the room rest first")
                yield Finding(_place(pack, step.id), said.format(plan=name), "warning")


def _place(pack: Pack, step_id: str) -> tuple[str, int]:
    return "steps", next(i for i, step in enumerate(pack.steps) if step.id == step_id)


RULES = (
    tender_steps_have_a_safety_note,
    the_interruption_page_comes_first,
    tender_steps_do_not_come_early,
    rest_follows_two_tender_steps,
    playful_steps_leave_tender_ones_alone,
)
