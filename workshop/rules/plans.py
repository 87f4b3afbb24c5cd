"""Rules about plans: that their figures are true, their time is enough, and what they name is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from workshop import kinds
from workshop.about import About
from workshop.complaints import near
from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.variants import times
from workshop.words import gettext as _


def plans_have_steps(pack: Pack) -> Iterator[Finding]:
    for name in pack.workshop.variants.plans:
        if not pack.plan(name):
            yield Finding(("workshop", "variants", name), _("no step is kept in this plan"))


def plans_fit_their_minutes(pack: Pack) -> Iterator[Finding]:
    for name, variant in pack.workshop.variants.plans.items():
        slack = times(variant, [step.seconds for step in pack.plan(name)]).slack_seconds
        if slack < 0:
            said = _("arriving, steps and changes take {n} seconds more than this").format(n=-slack)
            yield Finding(("workshop", "variants", name, "minutes"), said)


def figures_are_true(pack: Pack) -> Iterator[Finding]:
    for name, variant in pack.workshop.variants.plans.items():
        for figure, true in asdict(times(variant, [step.seconds for step in pack.plan(name)])).items():
            if getattr(variant.plan, figure) not in (None, true):
                yield Finding(("workshop", "variants", name, "plan", figure), _("is {n} in truth").format(n=true))


def what_can_go_is_there(pack: Pack) -> Iterator[Finding]:
    for name, variant in pack.workshop.variants.plans.items():
        kept = [step.id for step in pack.plan(name)] + [*variant.left_out]
        for i, step_id in enumerate(variant.flex_order):
            if step_id not in kept:
                said = _("'{id}' is not a step of this plan.").format(id=step_id) + near(step_id, kept)
                yield Finding(("workshop", "variants", name, "flex_order", i), said)
            if step_id in pack.stays(name):
                said = _("'{id}' never goes: people need the care pages, the agreement and the end")
                yield Finding(("workshop", "variants", name, "flex_order", i), said.format(id=step_id))


def what_is_left_out_is_no_need(pack: Pack) -> Iterator[Finding]:
    """A copy can go without any step of a plan but those that people need."""
    for name, variant in pack.workshop.variants.plans.items():
        whole = pack.model_copy(update={"workshop": _with_all(pack.workshop, name)})
        kept, needed = {step.id for step in pack.steps if step.variants[name].keep}, whole.stays(name)
        for i, step_id in enumerate(variant.left_out):
            at = ("workshop", "variants", name, "left_out", i)
            if step_id not in kept:
                yield Finding(at, _("'{id}' is not a step of this plan.").format(id=step_id) + near(step_id, kept))
            if step_id in needed:
                said = _("'{id}' never goes: people need the care pages, the agreement and the end")
                yield Finding(at, said.format(id=step_id))


def what_stays_needs_no_helper(pack: Pack) -> Iterator[Finding]:
    needed = {step_id for name in pack.workshop.variants.plans for step_id in pack.stays(name)}
    for i, step in enumerate(pack.steps):
        if step.needs_helper and step.id in needed:
            said = _("'{id}' always stays: it cannot wait for a helper").format(id=step.id)
            yield Finding(("steps", i, "needs_helper"), said)


def stages_add_up(pack: Pack) -> Iterator[Finding]:
    index = {step.id: i for i, step in enumerate(pack.steps)}
    for name in pack.workshop.variants.plans:
        for step in pack.plan(name):
            kind = kinds.get(step.kind)
            length = kind.length(step.config)
            if length is not None and not 0 <= step.seconds - length <= kind.opening:
                said = _("the stages take {n} seconds, the step {all}").format(n=length, all=step.seconds)
                yield Finding(("steps", index[step.id], "variants", name), said)


def _with_all(about: About, name: str) -> About:
    """The workshop with nothing left out of a plan."""
    plans = about.variants
    return about.model_copy(update={"variants": plans.but(name, left_out=())})


RULES = (
    plans_have_steps,
    plans_fit_their_minutes,
    figures_are_true,
    what_can_go_is_there,
    what_is_left_out_is_no_need,
    what_stays_needs_no_helper,
    stages_add_up,
)
