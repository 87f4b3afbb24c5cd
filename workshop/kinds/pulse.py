"""Pulse: how people are just now, for the facilitator alone; nothing of it reaches the room, and nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from workshop.kinds import _chosen, _drawn, kind
from workshop.kinds._fields import Flag, Id, Label, unique_ids
from workshop.kinds._sizes import bucket
from workshop.kinds.kind import BEGINNING, Form, Path, Question
from workshop.release import Release, ShownTable
from workshop.tally import Option, Table, Tally
from workshop.values import Frozen
from workshop.words import N_


class Feeling(Frozen):
    """One way to be. `stirred`: it counts as stirred up, where a later step asks whether many are."""

    id: Id
    text: Label
    stirred: Flag = False


class PulseConfig(kind.Config):
    options: Annotated[tuple[Feeling, ...], Field(min_length=2, max_length=12), AfterValidator(unique_ids)]


class Felt(kind.Answer):
    """What one phone gave."""

    choice: str


class Pulse(kind.Kind):
    slug = "pulse"
    label = N_("Pulse")
    Config = PulseConfig

    def question(self, config: PulseConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        options = tuple(Option(id=feeling.id, text=feeling.text) for feeling in config.options)
        size = bucket(max(len(option.id) for option in options))
        return Question(answer=Felt, options=options, audience="facilitator", bucket=size)

    def read(self, form: Form, question: Question) -> Felt:
        return Felt(choice=_chosen.one(form, "choice", question.options))

    def count(self, answers: Iterable[Felt], question: Question) -> Tally:
        times = Counter(answer.choice for answer in answers)
        counts = tuple(times[option.id] for option in question.options)
        return [Table(name="choice", options=question.options, counts=counts, answerers=sum(counts))]

    def feels(self, config: PulseConfig) -> bool:
        return any(feeling.stirred for feeling in config.options)

    def stirred(self, config: PulseConfig, release: Release) -> float | None:
        """Numbers count as they are; words by about what they stand for, made to add up."""
        shares = _shares(release)
        if not shares:
            return None
        up = {feeling.id for feeling in config.options if feeling.stirred}
        return sum(share for option, share in shares.items() if option in up) / sum(shares.values())

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        options = (
            Feeling(id="steady", text="Steady"),
            Feeling(id="stirred", text="Quite stirred up", stirred=True),
            Feeling(id="rathernot", text="I'd rather not say"),
        )
        return PulseConfig(options=options), [{"choice": [feeling.id]} for feeling in options]


def _shares(release: Release) -> dict[str, float]:
    cells = [cell for part in release.parts if isinstance(part, ShownTable) for cell in part.cells]
    shares = {option: (_drawn.size(cell) or 0.0) / len(cell.options) for cell in cells for option in cell.options}
    return shares if sum(shares.values()) else {}
