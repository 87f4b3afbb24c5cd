"""What a rule says about a part of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.problems import Level
from workshop.yaml_source import Loc


@dataclass(frozen=True)
class Finding:
    """A sentence about the part at `loc`."""

    loc: Loc
    message: str
    level: Level = "error"
