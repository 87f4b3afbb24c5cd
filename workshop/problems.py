"""What is wrong with a pack: each problem with its place, its line and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "hint"]


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `place` is written for people: `steps › s09_underneath › options[2].text`."""

    place: str
    line: int | None
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        place = f"{self.place}: " if self.place else ""
        return f"{where}{place}{self.message}"


class PackError(ValueError):
    """A file that is not a pack, with every reason that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.line or 0, problem.place))
        super().__init__("\n".join(str(problem) for problem in self.problems))
