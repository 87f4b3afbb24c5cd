"""Scale: one whole number between two ends, counted in bands where the author names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from workshop.kinds import _chosen, kind
from workshop.kinds._fields import Id, Label
from workshop.kinds.kind import BEGINNING, Form, Path, Question
from workshop.release import Release
from workshop.tally import Option, Table, Tally
from workshop.values import Frozen
from workshop.words import N_
from workshop.words import gettext as _

WATCHED = "watched"
Point = Annotated[int, Field(strict=True, ge=0, le=10)]


class Band(Frozen):
    """Values that are counted as one."""

    id: Id
    values: Annotated[tuple[Point, ...], Field(min_length=1)]
    text: Label


class Range(Frozen):
    """The ends of a scale, what they are called, and its bands."""

    min: Point = 1
    max: Point = 5
    low: Label
    high: Label
    labels: tuple[Label, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def points(self) -> range:
        return range(self.min, self.max + 1)

    @property
    def options(self) -> tuple[Option, ...]:
        """The points as people see them."""
        labels = self.labels or tuple(str(point) for point in self.points)
        return tuple(Option(id=str(point), text=text) for point, text in zip(self.points, labels, strict=True))

    @property
    def marks(self) -> tuple[tuple[str, ...], ...]:
        """The points of each band, as people see them; empty where there are no bands."""
        texts = {option.id: option.text for option in self.options}
        return tuple(tuple(texts[str(value)] for value in band.values) for band in self.bands)

    def counted(self, times: Mapping[str, int]) -> tuple[tuple[Option, ...], tuple[int, ...]]:
        """What answers are counted by, bands or points, each with the number of those who gave a point in it."""
        if not self.bands:
            return self.options, tuple(times.get(point.id, 0) for point in self.options)
        bands = tuple(Option(id=band.id, text=band.text) for band in self.bands)
        return bands, tuple(sum(times.get(str(value), 0) for value in band.values) for band in self.bands)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.max <= self.min:
            raise ValueError(_("max must be above min"))
        if self.labels and len(self.labels) != len(self.points):
            raise ValueError(_("labels must name every value, or be left out"))
        banded = sorted(value for band in self.bands for value in band.values)
        if self.bands and (banded != list(self.points) or len(self.bands) < 2):
            raise ValueError(_("bands must be two or more and hold every value once"))
        return self


class ScaleConfig(kind.Config):
    """`extra_option`: what somebody taps who has no value to give; it is taken, and not counted."""

    scale: Range
    extra_option: Label | None = None


class Value(kind.Answer):
    """The point that one phone gave, or `watched`."""

    value: str


class Scale(kind.Kind):
    slug = "scale"
    label = N_("Scale")
    Config = ScaleConfig
    small = True

    def question(self, config: ScaleConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        options = config.scale.options
        if config.extra_option:
            options = (*options, Option(id=WATCHED, text=config.extra_option, exclusive=True))
        return Question(answer=Value, options=options, bucket=256, size=len(WATCHED), values={"scale": config.scale})

    def read(self, form: Form, question: Question) -> Value:
        return Value(value=_chosen.one(form, "value", question.options))

    def count(self, answers: Iterable[Value], question: Question) -> Tally:
        times = Counter(answer.value for answer in answers if answer.value != WATCHED)
        scale: Range = question.values["scale"]
        options, counts = scale.counted(times)
        people = sum(counts)
        return [Table("value", options, counts, people, ordinal=True, marks=scale.marks)]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        bands = (Band(id="less", values=(1, 2, 3), text="not so much"), Band(id="well", values=(4, 5), text="well"))
        scale = Range(low="Not really", high="Completely", bands=bands)
        forms = [{"value": [value]} for value in ("1", "4", "5", WATCHED)]
        return ScaleConfig(scale=scale, extra_option="I watched instead"), forms
