"""Rules about what a pack names: concepts, steps, cards, measures and sentences that must be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from workshop import strings
from workshop.complaints import near
from workshop.pack import Pack, Step
from workshop.rules.finding import Finding
from workshop.words import gettext as _
from workshop.yaml_source import Loc


def concepts_are_known(pack: Pack) -> Iterator[Finding]:
    known = {concept.id for concept in pack.concepts}
    for i, step in enumerate(pack.steps):
        yield from lost(("steps", i, "covers"), step.covers, known)
        for name, change in step.variants.items():
            yield from lost(("steps", i, "variants", name, "covers"), change.overrides.get("covers", ()), known)
        for loc, covers in _covered(("steps", i), step.config.model_dump()):
            yield from lost(loc, covers, known)
    for i, card in enumerate(pack.role_cards):
        yield from lost(("role_cards", i, "covers"), card.covers, known)
    for i, story in enumerate(pack.stories):
        for name, ending in story.endings.items():
            yield from lost(("stories", i, "endings", name, "shows"), ending.shows, known)


def the_bad_try_is_for_a_step(pack: Pack) -> Iterator[Finding]:
    bad_try = pack.facilitator_pack.bad_try
    if bad_try:
        yield from lost(("facilitator_pack", "bad_try", "for_step"), [bad_try.for_step], ids(pack.steps), single=True)


def what_is_hidden_leaves_something(pack: Pack) -> Iterator[Finding]:
    """A copy may hide stories and role cards, but not all that a step plays."""
    yield from lost(("hidden",), pack.hidden, ids(pack.role_cards) | ids(pack.stories))
    for i, step in enumerate(pack.steps):
        if pack.bare(step):
            yield Finding(("steps", i), _("all that it plays is hidden"))


def measures_are_whole(pack: Pack) -> Iterator[Finding]:
    """In every plan a measure that is asked before is asked after, and alike; steps and measures name each other."""
    for name, measure in pack.measures.items():
        yield from lost(("measures", name, "steps"), measure.steps, ids(pack.steps))
        yield from lost(("measures", name, "variants"), measure.variants, pack.workshop.variants.plans)
        for plan in pack.workshop.variants.plans:
            yield from (Finding(("measures", name), said) for said in _halved(_asked(pack, plan, name), plan))
    for i, step in enumerate(pack.steps):
        if step.measure:
            yield from lost(("steps", i, "measure", "pair"), [step.measure.pair], pack.measures, single=True)


def _asked(pack: Pack, plan: str, measure: str) -> list[Step]:
    """The steps of a plan that are part of this measure, as the plan has them."""
    out = pack.workshop.variants[plan].left_out
    kept = (step.varied(plan) for step in pack.steps if step.variants[plan].keep and step.id not in out)
    return [step for step in kept if step.measure and step.measure.pair == measure]


def _halved(steps: list[Step], plan: str) -> Iterator[str]:
    by_role: dict[str, Step] = {step.measure.role: step for step in steps if step.measure}
    before, after = by_role.get("pre"), by_role.get("post")
    if before and not after:
        yield _("in plan '{plan}' a step asks it as 'pre', none as 'post'").format(plan=plan)
    if after and not before:
        yield _("in plan '{plan}' a step asks it as 'post', none as 'pre'").format(plan=plan)
    if before and after and steps.index(after) < steps.index(before):
        yield _("in plan '{plan}' it is asked as 'post' first, and as 'pre' after that").format(plan=plan)
    if before and after and _lines(before) != _lines(after):
        yield _("in plan '{plan}' its lines differ before and after").format(plan=plan)
    backward = [step for step in (before, after) if step and getattr(step.config, "mode", None)]
    if backward or ("then_and_now" in by_role and (before or after)):
        yield _("in plan '{plan}' it looks back and is asked before too: choose one").format(plan=plan)


def _lines(step: Step) -> object:
    """What a step asks line by line, where its kind has lines."""
    return getattr(step.config, "items", None)


def sentences_are_known(pack: Pack) -> Iterator[Finding]:
    """A pack may say what the interface says in other words; not something that is never said."""
    for name, wording in pack.strings.items():
        if name not in strings.DEFAULTS:
            said = _("no screen says '{id}'.").format(id=name) + near(name, strings.DEFAULTS)
            yield Finding(("strings", name), said)
        elif strings.places(wording) != strings.places(strings.DEFAULTS[name]):
            wanted = ", ".join(f"{{{place}}}" for place in sorted(strings.places(strings.DEFAULTS[name])))
            yield Finding(
                ("strings", name), _("must hold exactly these places: {places}").format(places=wanted or _("none"))
            )


def _covered(at: Loc, value: object) -> Iterator[tuple[Loc, Sequence[str]]]:
    """The concepts that parts of a step name, such as single lines."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from [((*at, name), part)] if name == "covers" else _covered((*at, name), part)
    elif isinstance(value, list | tuple):
        for i, part in enumerate(value):
            yield from _covered((*at, i), part)


def ids(things: Iterable[object]) -> set[str]:
    """What a pack calls these."""
    return {str(getattr(thing, "id", "")) for thing in things}


def lost(loc: Loc, wanted: Iterable[object], known: Collection[str], single: bool = False) -> Iterator[Finding]:
    for i, name in enumerate(wanted):
        if name not in known:
            said = _("there is no '{id}'.").format(id=name) + near(str(name), known)
            yield Finding(loc if single else (*loc, i), said)


RULES = (
    concepts_are_known,
    the_bad_try_is_for_a_step,
    what_is_hidden_leaves_something,
    measures_are_whole,
    sentences_are_known,
)
