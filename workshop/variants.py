"""The plans of a workshop, such as one hour or an evening, and the arithmetic of their time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop.kinds._fields import Id, Label
from workshop.values import Frozen
from workshop.words import gettext as _

Whole = Annotated[int, Field(strict=True, ge=0, le=86_400)]


class Plan(Frozen):
    """Time around the steps; the other figures are for readers and must be true where they are given."""

    arrive: Whole
    transition_seconds: Whole
    steps: Whole | None = None
    step_seconds: Whole | None = None
    planned_seconds: Whole | None = None
    slack_seconds: Annotated[int, Field(strict=True, ge=-86_400, le=86_400)] | None = None


class Variant(Frozen):
    """One plan: how long it is, what goes first when the room is late, and which concepts it leaves out.

    `left_out`: steps of it that this copy goes without until a facilitator brings them back.
    """

    label: Label
    about: str = Field(default="", max_length=320)
    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)]
    plan: Plan
    flex_order: tuple[Id, ...] = ()
    left_out: tuple[Id, ...] = ()
    concepts_not_covered: tuple[str, ...] = ()


class Variants(BaseModel):
    """All plans by name, and which one a facilitator gets who does not choose."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, Variant]

    default: Id

    @property
    def plans(self) -> dict[str, Variant]:
        """Every plan by its name."""
        return dict(self.__pydantic_extra__)

    def __getitem__(self, name: str) -> Variant:
        return self.__pydantic_extra__[name]

    def but(self, name: str, /, **changed: object) -> Self:
        """These plans with some fields of one of them changed."""
        plan = self[name].model_copy(update=changed)
        return self.__class__(**{"default": self.default, **self.plans, name: plan})

    @model_validator(mode="after")
    def _default_is_there(self) -> Self:
        if self.default not in self.__pydantic_extra__:
            raise ValueError(_("default names a plan that is not there: {name}").format(name=self.default))
        return self


@dataclass(frozen=True)
class Times:
    """What a plan takes, in seconds."""

    steps: int
    step_seconds: int
    planned_seconds: int
    slack_seconds: int


def times(variant: Variant, seconds: Sequence[int]) -> Times:
    """The time of a plan whose steps take `seconds`: arriving, each step, and a change after each."""
    changes = variant.plan.transition_seconds * len(seconds)
    planned = variant.plan.arrive + sum(seconds) + changes
    return Times(len(seconds), sum(seconds), planned, variant.minutes * 60 - planned)
