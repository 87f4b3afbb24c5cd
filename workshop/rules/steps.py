"""Rules about single steps: what stands in for results that cannot be shown, and who may see what when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from workshop import kinds
from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.steps import Step
from workshop.words import gettext as _
from workshop.yaml_source import Loc

FLOORS = {"low": 3, "personal": 5, "tender": 6, "care": 3}
"""Fewest people of whom anything is shown; a pack can only ask for more."""

MOST_ON_PAPER = 5


def counted_steps_can_be_talked_through(pack: Pack) -> Iterator[Finding]:
    for i, step in enumerate(pack.steps):
        if step.asks and not step.talk_instead:
            yield Finding(("steps", i), _("needs talk_instead: what the room talks about when too few have answered"))


def live_results_are_for_low_steps(pack: Pack) -> Iterator[Finding]:
    for i, step in enumerate(pack.steps):
        if step.reveal == "live" and step.sensitivity != "low":
            yield Finding(("steps", i, "reveal"), _("'live' is for steps of low sensitivity only"))


def floors_are_not_undercut(pack: Pack) -> Iterator[Finding]:
    for i, step in enumerate(pack.steps):
        if step.asks and 0 < step.min_show < FLOORS[step.sensitivity]:
            said = _("has no effect: nothing is shown of fewer than {n} people").format(n=FLOORS[step.sensitivity])
            yield Finding(("steps", i, "min_show"), said, "warning")
    for what in ("counts", "texts"):
        for sensitivity, least in getattr(pack.workshop.defaults.min_show, what).model_dump().items():
            if least < FLOORS[sensitivity]:
                said = _("has no effect: nothing is shown of fewer than {n} people").format(n=FLOORS[sensitivity])
                yield Finding(("workshop", "defaults", "min_show", what, sensitivity), said, "warning")


def paper_is_for_a_few_counts(pack: Pack) -> Iterator[Finding]:
    """Where people write on paper, in the plan that says so: a few steps, and nothing that a slip could give away."""
    for plan in pack.workshop.variants.plans:
        kept = [(i, step.varied(plan)) for i, step in enumerate(pack.steps) if step.variants[plan].keep]
        on_paper = [(i, step) for i, step in kept if step.paper]
        for i, _step in on_paper[MOST_ON_PAPER:]:
            yield Finding(_paper(pack, i, plan), _("no more than {n} steps on paper").format(n=MOST_ON_PAPER))
        for i, step in on_paper:
            if not step.fits_paper:
                said = _("paper is for counts that are not tender, not linked, and not steered by the room")
                yield Finding(_paper(pack, i, plan), said)


def few_steps_ask_for_a_personal_text(pack: Pack) -> Iterator[Finding]:
    close = [i for i, step in enumerate(pack.steps) if step.sensitivity in ("personal", "tender") and _takes_text(step)]
    for i in close[1:]:
        yield Finding(("steps", i), _("a second step that asks for a personal text"), "warning")


def configs_are_fit(pack: Pack) -> Iterator[Finding]:
    """What a kind has to say about the way it is set, in the step itself and in each plan."""
    for i, step in enumerate(pack.steps):
        plans = [step.varied(name) for name, change in step.variants.items() if change.keep]
        said = [_said_of(version) for version in (step, *plans)]
        yield from (Finding(("steps", i, field), sentence) for field, sentence in dict.fromkeys(chain(*said)))


def _paper(pack: Pack, i: int, plan: str) -> Loc:
    """Where it is said that a plan has this step on paper."""
    own = "paper" in pack.steps[i].variants[plan].overrides
    return ("steps", i, "variants", plan, "paper") if own else ("steps", i, "paper")


def _said_of(step: Step) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    kinds.get(step.kind).check(step.config, lambda field, sentence: said.append((field, sentence)))
    return said


def _takes_text(step: Step) -> bool:
    question = step.question()
    return question is not None and question.moderated


RULES = (
    counted_steps_can_be_talked_through,
    live_results_are_for_low_steps,
    floors_are_not_undercut,
    paper_is_for_a_few_counts,
    few_steps_ask_for_a_personal_text,
    configs_are_fit,
)
