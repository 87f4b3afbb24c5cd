"""The pack: a workshop as data, and as one YAML file that people can read, share and keep in version control."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from workshop import kinds, loading
from workshop.about import About
from workshop.kinds._fields import Id, Line, Seconds
from workshop.kinds.roleplay import RoleCard
from workshop.leaflets import FacilitatorPack, HelpSheet, Measure, Thanks
from workshop.problems import PackError, Problem
from workshop.schema import described
from workshop.setup import NOTHING, Setup
from workshop.steps import Step
from workshop.stories import Lean, Story, Turns
from workshop.values import Frozen

ConceptId = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*$", max_length=20)]
Wording = Annotated[str, Field(min_length=1, max_length=320)]


class Section(Frozen):
    """A part of the source."""

    id: ConceptId
    name: str = Field(min_length=1, max_length=80)
    where: str = Field(default="", max_length=200)


class Concept(Frozen):
    """One idea of the source, in the author's own words."""

    id: ConceptId
    section: ConceptId
    name: str = Field(pattern=r"^[a-z0-9-]+$", max_length=60)
    idea: Line


class Pack(Frozen):
    """A whole workshop. `load` reads one from a file; stored ones are read with `model_validate_json`.

    `hidden`: ids of stories and role cards that this copy does without.
    """

    format: Literal["workshop/1"]
    workshop: About
    sections: tuple[Section, ...] = ()
    concepts: tuple[Concept, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200)
    lean_key: dict[Lean, str] = Field(default_factory=dict)
    stories: tuple[Story, ...] = ()
    story_times: dict[Id, dict[Id, dict[Turns, Seconds]]] = Field(default_factory=dict)
    role_cards: tuple[RoleCard, ...] = ()
    help_sheet: HelpSheet
    measures: dict[Id, Measure] = Field(default_factory=dict)
    facilitator_pack: FacilitatorPack = Field(default_factory=FacilitatorPack)
    credits: tuple[Thanks, ...] = ()
    strings: dict[Id, Wording] = Field(default_factory=dict)
    hidden: tuple[Id, ...] = ()

    @classmethod
    def load(cls, text: str | bytes) -> Self:
        """The pack in a YAML or JSON text. Raises `PackError` with all problems, each with its place and line."""
        return loading.read(cls, text)

    @classmethod
    def schema(cls, *_: object, **__: object) -> dict[str, Any]:
        """The format as JSON Schema."""
        return described(cls)

    def plan(self, variant: str, hidden: Collection[str] = ()) -> tuple[Step, ...]:
        """The steps of a plan in order, as that plan has them; those that are off at first are left out.

        `hidden`: ids of stories and role cards that this session does without.
        """
        libraries = self._libraries(hidden)
        return tuple(step.varied(variant).furnished(libraries) for step in self.steps if self.runs(step, variant))

    def runs(self, step: Step, variant: str) -> bool:
        """True for a step of a plan that is neither off at first nor left out of this copy."""
        off = step.default_off or step.id in self.workshop.variants[variant].left_out
        return step.variants[variant].keep and not off

    def bare(self, step: Step, hidden: Collection[str] = ()) -> bool:
        """True for a step that has nothing left to play: all that it names is hidden, from this copy or besides."""
        played = set(kinds.get(step.kind).borrowed(step.config))
        return bool(played) and played <= {*hidden, *self.hidden}

    def route(self, variant: str, asked: Mapping[str, str], setup: Setup = NOTHING) -> tuple[Step, ...]:
        """The steps of a session: those of a plan, off at first or not, and what was shown under another plan.

        `asked`: the plan under which a step was shown, by its id; the step stays as that plan has it.
        """
        libraries = self._libraries(setup.hidden)
        plans = {step.id: asked.get(step.id, variant) for step in self.steps}
        kept = [step for step in self.steps if step.variants[plans[step.id]].keep]
        return tuple(step.varied(plans[step.id]).furnished(libraries).prepared(setup) for step in kept)

    def stays(self, variant: str) -> frozenset[str]:
        """Ids of the steps of a plan that no hurry drops: care pages, what the room agrees on, the end."""
        plan = self.plan(variant)
        kept = {self.workshop.interruption, *(step.id for step in plan[-1:])}
        return frozenset(step.id for step in plan if step.id in kept or _is_needed(step))

    def _libraries(self, hidden: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        gone = {*hidden, *self.hidden}
        return {
            "role_cards": {card.id: None if card.id in gone else card for card in self.role_cards},
            "stories": {story.id: None if story.id in gone else story for story in self.stories},
            "lean_key": {str(lean): words for lean, words in self.lean_key.items()},
        }


def _is_needed(step: Step) -> bool:
    """An agreement, or a page of care that asks nothing."""
    return bool(kinds.get(step.kind).pinned) or (step.sensitivity == "care" and not step.asks)


@cache
def built_in() -> tuple[tuple[str, Pack], ...]:
    """The packs that come with the program, by name, read like everybody's."""
    found = sorted((entry for entry in files("workshop").joinpath("packs").iterdir()), key=lambda entry: entry.name)
    texts = [(entry.name.removesuffix(".yaml"), entry.read_bytes()) for entry in found if entry.name.endswith(".yaml")]
    return tuple((name, Pack.load(text)) for name, text in texts)


__all__ = ["Concept", "Pack", "PackError", "Problem", "Section", "Step", "built_in"]
