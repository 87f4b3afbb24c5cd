"""What a run found: a ratio of medians with the lists behind it, held against its goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Series:
    """What one server showed, once for each repeat."""

    name: str
    values: Sequence[float]
    unit: str = "ms"

    @property
    def middle(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        raw = " ".join(f"{value:.4g}" for value in self.values)
        return f"      {self.name}: {self.middle:.4g} {self.unit}  [{raw}]"


@dataclass(frozen=True)
class Figure:
    """One line of the report. `goal`: the most that `value` may be; None where there is none."""

    goal_id: str
    what: str
    value: float
    goal: float | None
    unit: str = "×"
    behind: Sequence[Series] = field(default=())

    @classmethod
    def ratio(cls, goal_id: str, what: str, ours: Series, theirs: Series, goal: float | None) -> Figure:
        """Ours in relation to theirs, from one run."""
        return cls(goal_id, what, ours.middle / theirs.middle, goal, behind=(ours, theirs))

    @property
    def passed(self) -> bool:
        return self.goal is None or self.value <= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"  goal ≤ {self.goal:g}  {'pass' if self.passed else 'MISS'}"
        line = f"{self.goal_id:<4}{self.what}: {self.value:.3g} {self.unit}{goal}"
        return "\n".join((line, *map(str, self.behind)))


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def p95(values: Sequence[float]) -> float:
    return share(values, 0.95)


def p50(values: Sequence[float]) -> float:
    return share(values, 0.5)
