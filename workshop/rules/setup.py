"""Rules about set-up questions: what a yes changes is there, can be changed, and leaves something to do."""

from __future__ import annotations

from collections.abc import Iterator

from workshop import kinds, setup
from workshop.leaflets import Effects
from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.rules.references import ids, lost
from workshop.words import gettext as _
from workshop.yaml_source import Loc


def questions_are_told_apart(pack: Pack) -> Iterator[Finding]:
    asked = [question.id for question in pack.facilitator_pack.setup_questions]
    for i, id in enumerate(asked):
        if id in asked[:i]:
            yield Finding((*_at(i)[:-1], "id"), _("'{id}' is used twice").format(id=id))


def effects_name_what_is_there(pack: Pack) -> Iterator[Finding]:
    for at, effects in _effects(pack):
        for field, wanted, known in _named(effects, pack):
            yield from lost((*at, field), wanted, known)


def what_people_need_stays(pack: Pack) -> Iterator[Finding]:
    stays = {id for plan in pack.workshop.variants.plans for id in pack.stays(plan)}
    for at, effects in _effects(pack):
        for i, id in enumerate(effects.off_steps):
            if id in stays:
                said = _("'{id}' never goes: people need the care pages, the agreement and the end")
                yield Finding((*at, "off_steps", i), said.format(id=id))


def added_lines_are_new(pack: Pack) -> Iterator[Finding]:
    """A line of an agreement that is there already would be put to the room in its old words."""
    for at, effects in _effects(pack):
        line = effects.agreement_line
        agreed = [step for step in pack.steps if kinds.get(step.kind).pinned]
        if line and not agreed:
            yield Finding((*at, "agreement_line"), _("no step of this pack is an agreement that takes it"))
        if line and any(line.id in ids(getattr(step.config, "items", ())) for step in agreed):
            yield Finding(
                (*at, "agreement_line", "id"), _("'{id}' is a line of the agreement already").format(id=line.id)
            )


def something_is_left_to_play(pack: Pack) -> Iterator[Finding]:
    """With a yes to one question, and with a yes to all: a step whose stories or cards are all hidden is left out."""
    questions = pack.facilitator_pack.setup_questions
    every = [(_at(i), (question,)) for i, question in enumerate(questions)]
    together = [(("facilitator_pack", "setup_questions"), questions)] if len(questions) > 1 else []
    for at, yes in (*every, *together):
        said = setup.Setup(yes)
        for title in _emptied(pack, said):
            yield Finding(at, _("hides all that '{title}' is played with: leave that step out too").format(title=title))


def _emptied(pack: Pack, said: setup.Setup) -> Iterator[str]:
    for step in pack.steps:
        borrowed = set(kinds.get(step.kind).borrowed(step.config))
        if borrowed and borrowed <= said.hidden | set(pack.hidden) and step.id not in said.off:
            yield step.title


def _named(effects: Effects, pack: Pack) -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    cards, stories = ids(pack.role_cards), ids(pack.stories)
    yield "off_steps", effects.off_steps, ids(pack.steps)
    yield "hidden_stories", effects.hidden_stories, stories
    yield "hidden_cards", effects.hidden_cards, cards
    yield "look_at_first", effects.look_at_first, cards | stories


def _effects(pack: Pack) -> Iterator[tuple[Loc, Effects]]:
    for i, question in enumerate(pack.facilitator_pack.setup_questions):
        yield _at(i), question.effects


def _at(i: int) -> Loc:
    return ("facilitator_pack", "setup_questions", i, "effects")


RULES = (
    questions_are_told_apart,
    effects_name_what_is_there,
    what_people_need_stays,
    added_lines_are_new,
    something_is_left_to_play,
)
