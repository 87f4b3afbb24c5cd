"""What a facilitator sees of a pack before it runs: the agenda of a plan with its times, and the ideas it covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from workshop import kinds
from workshop.pack import Concept, Pack, Step
from workshop.variants import Times, Variant, times


@dataclass(frozen=True)
class Row:
    """One step. `starts`: seconds after the doors open; `off`: left out unless a facilitator brings it in."""

    number: int
    starts: int
    step: Step
    kind: str


@dataclass(frozen=True)
class Part:
    """Steps in a row that belong to one phase of the workshop."""

    phase: str
    rows: tuple[Row, ...]

    @property
    def seconds(self) -> int:
        return sum(row.step.seconds for row in self.rows)


@dataclass(frozen=True)
class Idea:
    """A concept of the source, and the titles of the steps that bring it up; none when this plan leaves it out."""

    concept: Concept
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """One plan of a pack, ready to read."""

    name: str
    variant: Variant
    times: Times
    parts: tuple[Part, ...]
    ideas: tuple[tuple[str, tuple[Idea, ...]], ...]
    tender: int

    @property
    def covered(self) -> int:
        return sum(bool(idea.steps) for _, ideas in self.ideas for idea in ideas)

    @property
    def total(self) -> int:
        return sum(len(ideas) for _, ideas in self.ideas)


def of(pack: Pack, name: str) -> Outline:
    variant, steps = pack.workshop.variants[name], pack.plan(name)
    rows = tuple(_rows(variant, steps))
    return Outline(
        name=name,
        variant=variant,
        times=times(variant, [step.seconds for step in steps]),
        parts=tuple(Part(phase, tuple(part)) for phase, part in groupby(rows, key=lambda row: row.step.phase)),
        ideas=tuple(_ideas(pack, steps)),
        tender=sum(step.sensitivity == "tender" for step in steps),
    )


def names(pack: Pack) -> dict[str, str]:
    """What the steps, stories and role cards of a pack are called, by their ids."""
    named = [(one.id, one.title) for one in pack.steps]
    named += [(one.id, one.title) for one in pack.stories]
    return dict(named + [(one.id, one.title) for one in pack.role_cards])


def _rows(variant: Variant, steps: tuple[Step, ...]) -> Iterator[Row]:
    starts = variant.plan.arrive
    for number, step in enumerate(steps, 1):
        yield Row(number, starts, step, kinds.get(step.kind).label)
        starts += step.seconds + variant.plan.transition_seconds


def _ideas(pack: Pack, steps: tuple[Step, ...]) -> Iterator[tuple[str, tuple[Idea, ...]]]:
    for section in pack.sections:
        inside = [concept for concept in pack.concepts if concept.section == section.id]
        ideas = (Idea(c, tuple(step.title for step in steps if c.id in step.covers)) for c in inside)
        yield section.name, tuple(ideas)
