"""Reflection: a quiet minute to type, draw or just sit; it sends nothing, and is wiped when the room goes on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from workshop.kinds import kind
from workshop.words import N_
from workshop.words import gettext as _

Tool = Literal["type", "draw", "sit"]


def _once_each(tools: tuple[Tool, ...]) -> tuple[Tool, ...]:
    if len(set(tools)) < len(tools):
        raise ValueError(_("a tool stands here twice"))
    return tools


class ReflectionConfig(kind.Config):
    """`tools`: ways to spend the minute, in order; the phone opens the first. `storage`: there is but one."""

    tools: Annotated[tuple[Tool, ...], Field(min_length=1), AfterValidator(_once_each)] = ("type", "draw", "sit")
    storage: Literal["never_leaves_phone"] = "never_leaves_phone"


class Reflection(kind.Kind):
    slug = "reflection"
    label = N_("Reflection")
    Config = ReflectionConfig

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        return ReflectionConfig(), []
