"""Rules about the ideas of the source: that there are some, that they are credited, and which plan leaves out which."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.words import gettext as _


def there_are_concepts(pack: Pack) -> Iterator[Finding]:
    if not pack.concepts:
        yield Finding(("concepts",), _("list the ideas of the source, in your own words"))
    if not pack.workshop.source.credit_line.strip():
        yield Finding(("workshop", "source", "credit_line"), _("say after which source the workshop is made"))


def sections_are_known(pack: Pack) -> Iterator[Finding]:
    known = {section.id for section in pack.sections}
    for i, concept in enumerate(pack.concepts):
        if concept.section not in known:
            yield Finding(("concepts", i, "section"), _("there is no section {id}").format(id=concept.section))


def what_is_left_out_is_said(pack: Pack) -> Iterator[Finding]:
    """Each plan lists exactly the concepts that none of its steps covers."""
    for name, variant in pack.workshop.variants.plans.items():
        left_out, said = uncovered(pack, name), variant.concepts_not_covered
        at = ("workshop", "variants", name, "concepts_not_covered")
        undeclared = [concept for concept in left_out if concept not in said]
        untrue = [concept for concept in said if concept not in left_out]
        if undeclared:
            yield Finding(
                at,
                _("no step of this plan covers {ids}, and this list does not say so").format(ids=_listed(undeclared)),
            )
        if untrue:
            yield Finding(at, _("{ids} should not stand here: covered, or not a concept").format(ids=_listed(untrue)))


def the_largest_plan_covers_everything(pack: Pack) -> Iterator[Finding]:
    """Each idea belongs to a step of it, said to be left out or not; what this copy goes without is only a warning."""
    plans = pack.workshop.variants.plans
    largest = max(plans, key=lambda name: (sum(step.variants[name].keep for step in pack.steps), name))
    at = ("workshop", "variants", largest, "concepts_not_covered")
    left_out, nowhere = uncovered(pack, largest), _in_no_step(pack, largest)
    if nowhere:
        said = _("no step of the largest plan covers {ids}: cover them there, or leave them out of 'concepts'")
        yield Finding(at, said.format(ids=_listed(nowhere)))
    elif left_out:
        said = _("even the largest plan leaves out {n} of {all} concepts")
        yield Finding(at, said.format(n=len(left_out), all=len(pack.concepts)), "warning")


def uncovered(pack: Pack, variant: str) -> list[str]:
    """Ids of the concepts that no step of this plan covers, in their order."""
    covered = {concept for step in pack.plan(variant) for concept in step.covers}
    return [concept.id for concept in pack.concepts if concept.id not in covered]


def _in_no_step(pack: Pack, variant: str) -> list[str]:
    """Ids of the concepts that a plan has no step for, with those that are off at first or left out of this copy."""
    kept = (step.varied(variant) for step in pack.steps if step.variants[variant].keep)
    covered = {concept for step in kept for concept in step.covers}
    return [concept.id for concept in pack.concepts if concept.id not in covered]


def _listed(ids: list[str]) -> str:
    return ", ".join(ids)


RULES = (there_are_concepts, sections_are_known, what_is_left_out_is_said, the_largest_plan_covers_everything)
