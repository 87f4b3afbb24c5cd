"""Rules about what a pack names: concepts, steps, cards, measures and sentences that must be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from workshop import strings
from workshop.complaints import near
from workshop.leaflets import SetupQuestion
from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.words import gettext as _
from workshop.yaml_source import Loc


def concepts_are_known(pack: Pack) -> Iterator[Finding]:
    known = {concept.id for concept in pack.concepts}
    for i, step in enumerate(pack.steps):
        yield from _lost(("steps", i, "covers"), step.covers, known)
        for name, change in step.variants.items():
            yield from _lost(("steps", i, "variants", name, "covers"), change.overrides.get("covers", ()), known)
    for i, card in enumerate(pack.role_cards):
        yield from _lost(("role_cards", i, "covers"), card.covers, known)
    for i, story in enumerate(pack.stories):
        for name, ending in story.endings.items():
            yield from _lost(("stories", i, "endings", name, "shows"), ending.shows, known)


def set_up_questions_name_what_is_there(pack: Pack) -> Iterator[Finding]:
    for i, question in enumerate(pack.facilitator_pack.setup_questions):
        for field, wanted, known in _effects(question, pack):
            yield from _lost(("facilitator_pack", "setup_questions", i, "effects", field), wanted, known)
    bad_try = pack.facilitator_pack.bad_try
    if bad_try:
        yield from _lost(("facilitator_pack", "bad_try", "for_step"), [bad_try.for_step], _ids(pack.steps), single=True)


def measures_are_whole(pack: Pack) -> Iterator[Finding]:
    """A measure that is asked before is asked after; steps and measures name each other."""
    for name, measure in pack.measures.items():
        yield from _lost(("measures", name, "steps"), measure.steps, _ids(pack.steps))
        yield from _lost(("measures", name, "variants"), measure.variants, pack.workshop.variants.plans)
        roles = {step.measure.role for step in pack.steps if step.measure and step.measure.pair == name}
        for role, other in (("pre", "post"), ("post", "pre")):
            if role in roles and other not in roles:
                yield Finding(
                    ("measures", name),
                    _("a step asks it as '{role}', none as '{other}'").format(role=role, other=other),
                )
    for i, step in enumerate(pack.steps):
        if step.measure:
            yield from _lost(("steps", i, "measure", "pair"), [step.measure.pair], pack.measures, single=True)


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


def _effects(question: SetupQuestion, pack: Pack) -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    effects, cards, stories = question.effects, _ids(pack.role_cards), _ids(pack.stories)
    yield "off_steps", effects.off_steps, _ids(pack.steps)
    yield "hidden_stories", effects.hidden_stories, stories
    yield "hidden_cards", effects.hidden_cards, cards
    yield "look_at_first", effects.look_at_first, cards | stories


def _ids(things: Iterable[object]) -> set[str]:
    return {str(getattr(thing, "id", "")) for thing in things}


def _lost(loc: Loc, wanted: Iterable[object], known: Collection[str], single: bool = False) -> Iterator[Finding]:
    for i, name in enumerate(wanted):
        if name not in known:
            said = _("there is no '{id}'.").format(id=name) + near(str(name), known)
            yield Finding(loc if single else (*loc, i), said)


RULES = (concepts_are_known, set_up_questions_name_what_is_there, measures_are_whole, sentences_are_known)
