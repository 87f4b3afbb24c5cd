"""Rules about steps that look after people, and what is for the facilitator alone: none of it reaches the room."""

from __future__ import annotations

from collections.abc import Iterator

from workshop import kinds
from workshop.kinds.kind import Question
from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.steps import Step
from workshop.words import gettext as _

SHOWN = ("after_close", "live")


def care_steps_show_nothing(pack: Pack) -> Iterator[Finding]:
    """Neither by themselves, nor as a part of something that is shown, nor for a person to read aloud."""
    for i, step in enumerate(pack.steps):
        if step.sensitivity != "care":
            continue
        if step.reveal in SHOWN:
            yield Finding(("steps", i, "reveal"), _("a care step shows and exports nothing"))
        if step.measure:
            yield Finding(("steps", i, "measure"), _("a care step is no part of a measure, since that is shown"))
        if step.paper:
            yield Finding(("steps", i, "paper"), _("a care step is not asked on paper, where others may read it"))
        asked = _asked(step)
        if asked and asked.moderated:
            yield Finding(("steps", i), _("a care step asks for no texts"))


def what_is_for_the_facilitator_stays_there(pack: Pack) -> Iterator[Finding]:
    for i, step in enumerate(pack.steps):
        asked = _asked(step)
        if asked is None or asked.audience != "facilitator":
            continue
        if step.reveal in SHOWN and step.sensitivity != "care":
            yield Finding(("steps", i, "reveal"), _("this is for the facilitator alone: say 'facilitator_only'"))
        if step.sensitivity != "care":
            yield Finding(("steps", i, "sensitivity"), _("this is for the facilitator alone, and so a care step"))


def skipping_the_stirred_needs_a_pulse(pack: Pack) -> Iterator[Finding]:
    """Whether many are stirred up is known from an earlier step with options that count as such, in the same plan."""
    for name in pack.workshop.variants.plans:
        known = False
        for i, step in enumerate(pack.steps):
            kept = step.variants[name].keep
            known = known or (kept and kinds.get(step.kind).feels(step.config))
            if kept and not known and step.skip_when and step.skip_when.stirred_share_at_least is not None:
                said = _("no pulse before it in plan '{plan}' has an option that is 'stirred: true'").format(plan=name)
                yield Finding(("steps", i, "skip_when", "stirred_share_at_least"), said, "warning")


def _asked(step: Step) -> Question | None:
    return step.question()


RULES = (
    care_steps_show_nothing,
    what_is_for_the_facilitator_stays_there,
    skipping_the_stirred_needs_a_pulse,
)
