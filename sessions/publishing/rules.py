"""How many people must have answered before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workshop.pack import Pack, Step

Sensitivity = Literal["low", "personal", "tender", "care"]
What = Literal["counts", "texts"]


def _floors() -> dict[Sensitivity, int]:
    return {"low": 3, "personal": 5, "tender": 6, "care": 3}


@dataclass(frozen=True)
class Rules:
    """The floors of a server, in people. `care`: totals that nobody but the facilitator sees.

    `own_line`: of lines that somebody adds to the room's agreement, which a person reads first. `pairs`: of people who
    answered both before and after. `feedback`: of texts that nobody but the facilitator reads, after the end.
    `ballots`: of folded ballots that are entered at once, so that nobody types in what one person said.
    """

    counts: Mapping[Sensitivity, int] = field(default_factory=_floors)
    texts: Mapping[Sensitivity, int] = field(default_factory=_floors)
    own_line: int = 1
    pairs: int = 5
    feedback: int = 3
    ballots: int = 3

    def floor(self, sensitivity: Sensitivity, what: What) -> int:
        return (self.counts if what == "counts" else self.texts)[sensitivity]


DEFAULT = Rules()


def rules_for(pack: Pack, step: Step | None = None) -> Rules:
    """The floors of a workshop, or of one step of it: its author can ask for more people, never for fewer."""
    asked = pack.workshop.defaults.min_show
    totals = {"care": asked.facilitator_only_totals}
    measure = pack.measures.get(step.measure.pair) if step and step.measure else None
    return Rules(
        counts=_raised(DEFAULT.counts, asked.counts.model_dump() | totals),
        texts=_raised(DEFAULT.texts, asked.texts.model_dump() | totals),
        own_line=max(DEFAULT.own_line, asked.agreement_own_line),
        pairs=max(DEFAULT.pairs, asked.before_after_pairs, measure.min_show if measure else 0),
        feedback=max(DEFAULT.feedback, asked.feedback_text),
    )


def _raised(floors: Mapping[Sensitivity, int], asked: Mapping[str, int]) -> dict[Sensitivity, int]:
    return {sensitivity: max(floor, asked[sensitivity]) for sensitivity, floor in floors.items()}


def k_for(
    sensitivity: Sensitivity,
    what: What = "counts",
    *,
    min_show: int | None = 0,
    raised: int = 0,
    rules: Rules = DEFAULT,
) -> int:
    """The least number of people: the floor, raised by the pack (`min_show`) or the facilitator, lowered by nobody."""
    return max(rules.floor(sensitivity, what), min_show or 0, raised)


def live_due(shown: int, answered: int, k: int) -> bool:
    """True when bars of an open question may be drawn again: at least k people have answered since the last time."""
    return answered - shown >= max(k, 1)
