"""What a session will be like: what follows from its set-up, and what so few people will only talk about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from sessions.presence import presence
from sessions.publishing import k_for, rules_for
from sessions.snapshot import Snapshot
from workshop import kinds, outline
from workshop.kinds.kind import Question
from workshop.kinds.roleplay import RoleCard
from workshop.pack import Pack, Step
from workshop.setup import Setup
from workshop.stories import Story


@dataclass(frozen=True)
class Talk:
    """A step of which nothing is shown to so few. `instead`: what they talk about; `k`: from whom on it is."""

    title: str
    instead: str
    k: int


@dataclass(frozen=True)
class Small:
    """What a plan is for so many `people`, of whom each has a phone. `questions`: how many it asks the room.

    `skips`: titles of steps that go by themselves, each with the phones that it needs.
    """

    people: int
    questions: int
    talks: tuple[Talk, ...]
    skips: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Foreseen:
    """What follows from a set-up. `left_out`: titles of steps with the questions that they are left out for.

    `hidden`: titles of stories and role cards of this plan. `stories`, `cards`: of it, to be read first. `waiting`:
    titles of steps that wait for somebody who helps. `small`: None where nobody said how many people will come.
    """

    setup: Setup
    left_out: tuple[tuple[str, tuple[str, ...]], ...]
    hidden: tuple[str, ...]
    stories: tuple[Story, ...]
    cards: tuple[RoleCard, ...]
    waiting: tuple[str, ...]
    small: Small | None

    @property
    def changes(self) -> bool:
        """Whether anything follows from the answers."""
        setup = self.setup
        return bool(self.left_out or self.hidden or self.stories or self.cards or setup.lines or setup.pairing)


@dataclass(frozen=True)
class InTheLobby:
    """The same while people join; None once the room has begun, or as long as nothing can be said. `v`: the version."""

    v: int
    small: Small | None


def of(pack: Pack, variant: str, setup: Setup, raised: int) -> Foreseen:
    """Of a session that is still to be opened. `raised`: the k that its facilitator asks for."""
    runs = {step.id for step in pack.steps if pack.runs(step, variant)}
    plan = [step for step in pack.route(variant, {}, setup) if step.id in runs]
    on = [step for step in plan if step.id not in setup.off]
    played = {id for step in on for id in kinds.get(step.kind).borrowed(step.config)} - {*pack.hidden}
    names, first, people = outline.names(pack), played & {*setup.first}, setup.expected
    return Foreseen(
        setup=setup,
        left_out=tuple((step.title, setup.because(step.id)) for step in plan if step.id in setup.off),
        hidden=tuple(names[id] for id in names if id in played & setup.hidden),
        stories=tuple(story for story in pack.stories if story.id in first),
        cards=tuple(card for card in pack.role_cards if card.id in first),
        waiting=tuple(step.title for step in on if step.needs_helper),
        small=None if people is None else _small(pack, _led_alone(on), raised, people),
    )


def in_the_lobby(live: Snapshot, v: int) -> InTheLobby:
    """With the phones that are there; with the people who are expected, until the first has come."""
    people = presence.count(live.id) or live.setup.expected
    if live.state != "lobby" or not people:
        return InTheLobby(v, None)
    coming = [live.plan[index] for index in live.ahead]
    return InTheLobby(v, _small(live.pack, coming if live.helped else _led_alone(coming), live.raised_k, people))


def k_of(pack: Pack, step: Step, question: Question, raised: int) -> int | None:
    """From how many people on something is shown of a question; None where it has no results of its own."""
    if question.linked == "pre":
        return None
    what: Literal["counts", "texts"] = "texts" if question.moderated else "counts"
    rules = rules_for(pack, step)
    k = k_for(step.sensitivity, what, min_show=step.min_show, raised=raised, rules=rules)
    return max(k, rules.pairs) if question.linked == "post" else k


def _led_alone(on: Collection[Step]) -> list[Step]:
    return [step for step in on if not step.needs_helper]


def _small(pack: Pack, on: Collection[Step], raised: int, people: int) -> Small:
    skips = {step.id: (step.title, least) for step in on if (least := _needs(step)) > people}
    asked = [talk for step in on if step.id not in skips for talk in _for_the_room(pack, step, raised)]
    return Small(people, len(asked), tuple(talk for talk in asked if talk.k > people), tuple(skips.values()))


def _needs(step: Step) -> int:
    """How many phones a step needs, or goes by itself."""
    return (step.skip_when.phones_below or 0) if step.skip_when else 0


def _for_the_room(pack: Pack, step: Step, raised: int) -> Iterator[Talk]:
    """A step, where the room is shown what it answers."""
    question = step.question() if step.reveal in ("after_close", "live") else None
    k = k_of(pack, step, question, raised) if question and question.audience == "room" else None
    if k is not None:
        yield Talk(step.title, step.talk_instead or "", k)
