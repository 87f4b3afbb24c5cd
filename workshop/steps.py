"""A step of the agenda as data: what the room sees, what the facilitator needs, and how each plan changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop import kinds
from workshop.about import Reveal, Sensitivity
from workshop.kinds._beside import Beside, OfItsKind
from workshop.kinds._fields import Flag, Id, Seconds
from workshop.kinds._fields import Question as Prompt
from workshop.kinds.kind import BEGINNING, Path, Question
from workshop.release import Release
from workshop.setup import Setup
from workshop.values import Frozen
from workshop.words import gettext as _

Say = Annotated[str, Field(max_length=600)]
Page = Annotated[str, Field(max_length=3000)]

_SEEN = {"prompt", "lead_in", "body", "presenter", "talk_instead"}
VARIED = frozenset({"seconds", "paper", "say", "do", "covers", "note", "measure"} | _SEEN)
"""What a plan may change of a step, besides the fields of its kind."""


class Presenter(Frozen):
    """What the big screen shows."""

    caption: Annotated[str, Field(min_length=1, max_length=70)]
    show: str = Field(default="", max_length=400)


class Notes(Frozen):
    """For the facilitator alone."""

    say: Say
    do: tuple[Say, ...] = ()
    watch: Say = ""


class SkipWhen(Frozen):
    """When a step goes by itself."""

    phones_below: Annotated[int, Field(strict=True, ge=1)] | None = None
    stirred_share_at_least: Annotated[float, Field(gt=0, le=1)] | None = None


class Measured(Frozen):
    """The part a step plays in a measure of the pack."""

    role: Literal["pre", "post", "then_and_now"]
    pair: Id


class Change(BaseModel):
    """What one plan does with a step: keeps it, for how long, and with which other fields."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    keep: Flag
    seconds: Seconds | None = None

    @property
    def overrides(self) -> dict[str, Any]:
        """The fields of the step that differ in this plan."""
        return {**({"seconds": self.seconds} if self.seconds else {}), **(self.__pydantic_extra__ or {})}

    @model_validator(mode="after")
    def _is_of_one_shape(self) -> Self:
        if self.keep and self.seconds is None:
            raise ValueError(_("a step that is kept needs its seconds"))
        if not self.keep and self.overrides:
            raise ValueError(_("a step that is not kept has nothing else to say"))
        return self


class Step(Beside):
    """One entry of the agenda. In a file the fields of its kind stand beside its own; here they are `config`."""

    id: Id
    phase: Id
    kind: str = Field(max_length=40)
    title: str = Field(min_length=1, max_length=80)
    prompt: Prompt
    lead_in: Page = ""
    body: Page = ""
    seconds: Seconds
    variants: dict[Id, Change]
    reveal: Reveal = "after_close"
    sensitivity: Sensitivity = "personal"
    min_show: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    talk_instead: str | None = Field(default=None, min_length=1, max_length=140)
    presenter: Presenter
    facilitator: Notes
    safety: Say = ""
    covers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    paper: Flag = False
    default_off: Flag = False
    needs_helper: Flag = False
    auto_close: Flag = False
    playful: Flag = False
    skip_when: SkipWhen | None = None
    attribution: str = Field(default="", max_length=320)
    measure: Measured | None = None
    note: str = Field(default="", max_length=320)
    config: OfItsKind

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, a paragraph a line."""
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())

    @property
    def asks(self) -> bool:
        """Whether phones are asked anything that is counted."""
        return self.question() is not None

    @property
    def fits_paper(self) -> bool:
        """Whether folded ballots could be counted: nothing tender, linked, written, or steered by the room."""
        asked = self.question()
        bare = asked is not None and not asked.moderated and not self.half
        return bare and self.sensitivity != "tender" and kinds.get(self.kind).rounds

    @property
    def half(self) -> Literal["", "pre", "post"]:
        """Which half of a linked measure this step is: it asks before or after, and its kind can be linked."""
        role = self.measure.role if self.measure and kinds.get(self.kind).links else ""
        return "" if role == "then_and_now" else role

    def question(self, past: Sequence[Release] = (), path: Path = BEGINNING) -> Question | None:
        """What phase `len(past)` asks, or None; as the half of a measure that the step is."""
        asked = kinds.get(self.kind).question(self.config, past, path)
        return replace(asked, linked=self.half) if asked and self.half else asked

    def varied(self, variant: str) -> Step:
        """This step as a plan has it. Raises `ValueError` where the plan's changes do not fit."""
        overrides = self.variants[variant].overrides
        own = {name: value for name, value in overrides.items() if name in VARIED}
        rest = {name: value for name, value in overrides.items() if name not in VARIED}
        fixed = sorted(rest.keys() & Step.model_fields.keys())
        if fixed:
            raise ValueError(_("a plan cannot change {names}").format(names=", ".join(fixed)))
        fields = kinds.get(self.kind).vary(self.config.model_dump(), rest)
        return Step.model_validate(_with_notes({**self.model_dump(exclude={"config"}), **fields}, own))

    def furnished(self, libraries: Mapping[str, Mapping[str, Any]]) -> Step:
        """This step with what it names from the pack's libraries put in, ready to run. Raises `ValueError`."""
        kind = kinds.get(self.kind)
        return self.model_copy(update={"kind": kind.slug, "config": kind.furnish(self.config, libraries)})

    def prepared(self, setup: Setup) -> Step:
        """This step after what was said before a session."""
        config = kinds.get(self.kind).prepared(self.config, lines=setup.lines, by_chance=setup.by_chance)
        return self.model_copy(update={"config": config})


def _with_notes(fields: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    said = {name: own.pop(name) for name in ("say", "do") if name in own}
    return {**fields, **own, "facilitator": {**fields["facilitator"], **said}}
