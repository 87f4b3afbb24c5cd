"""A throw-away kind of two phases: the second asks only about what was shown as most chosen in the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from workshop.kinds import kind as seam
from workshop.kinds.kind import BEGINNING, Form, Invalid, Kind, Path, Question
from workshop.release import Release, ShownTable
from workshop.tally import Option, Table, Tally

TEMPLATES = {
    "kinds/run_off/answer.html": """{% import "macros/form.html" as form with context %}
{% call form.answer("choice send") %}{% for option in question.options %}
{{ form.choice("pick", option.id, option.text) }}{% endfor %}{% endcall %}""",
    "kinds/run_off/results.html": """{% import "macros/results.html" as draw with context %}
{{ draw.release(release) }}""",
}
"""What the kind brings for the pages, by name."""


class Picked(seam.Answer):
    pick: str


class RunOffConfig(seam.Config):
    names: tuple[str, ...]


class RunOff(Kind):
    """A throw-away kind of two phases: the second asks only about what was shown as most chosen in the first."""

    slug = "run_off"
    label = "Run-off"
    Config = RunOffConfig

    def question(self, config: RunOffConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if len(past) > 1 or (past and past[0].withheld):
            return None
        names = _leading(past[0]) if past else config.names
        return Question(answer=Picked, prompt="Which one?", options=tuple(Option(id=name, text=name) for name in names))

    def read(self, form: Form, question: Question) -> Picked:
        pick = form.get("pick")
        if not pick:
            raise Invalid("pick", "empty", "Pick one first.")
        if pick not in {option.id for option in question.options}:
            raise Invalid("pick", "bad_option", "That one is not there.")
        return Picked(pick=pick)

    def count(self, answers: Iterable[Picked], question: Question) -> Tally:
        times = Counter(answer.pick for answer in answers)
        counts = tuple(times[option.id] for option in question.options)
        return [Table(name="pick", options=question.options, counts=counts, answerers=sum(counts))]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        return RunOffConfig(names=("ada", "bo", "cy")), [{"pick": ["ada"]}, {"pick": ["ada"]}, {"pick": ["bo"]}]


def _leading(release: Release) -> tuple[str, ...]:
    (table,) = release.parts
    assert isinstance(table, ShownTable)
    best = sorted(table.cells, key=lambda cell: -int(str(cell.shown)))[:2]
    return tuple(cell.options[0] for cell in best)
