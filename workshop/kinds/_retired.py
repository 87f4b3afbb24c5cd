"""A stand-in for a kind that a stored pack names and this version no longer has: it asks nothing."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from workshop.kinds import kind
from workshop.words import N_


class RetiredConfig(kind.Config):
    """Whatever the kind once took, kept as it was."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)


class Retired(kind.Kind):
    """In a plan it takes the place of the kind that is gone, so it is drawn by its own templates."""

    slug = "_retired"
    label = N_("No longer available")
    Config = RetiredConfig

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        return RetiredConfig(), []
