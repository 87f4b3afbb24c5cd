"""Grid: several lines on one scale, each a table of its own; or how true each was before, and how true it is now.

Before and now either stand in two columns on one screen, or come from two steps of a measure that are linked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from workshop.kinds import _chosen, _drawn, kind
from workshop.kinds._fields import Flag, Id, Label, unique_ids
from workshop.kinds._plans import listed
from workshop.kinds._sizes import bucket
from workshop.kinds.kind import BEGINNING, Form, Invalid, Path, Question
from workshop.kinds.scale import Band, Range
from workshop.release import Release, ShownTable
from workshop.tally import Option, Shift, Table, Tally
from workshop.values import Frozen
from workshop.words import N_, ngettext
from workshop.words import gettext as _

THEN, NOW = "then", "now"
Text = Annotated[str, StringConstraints(min_length=1, max_length=72)]


class Item(Frozen):
    """One line. `reverse`: less of it is nearer to the source; its points stay as they were given."""

    id: Id
    text: Text
    reverse: Flag = False


Items = Annotated[tuple[Item, ...], AfterValidator(unique_ids)]


class ExtraItem(Frozen):
    """One more line, which is no half of a pair: it looks back from the end."""

    id: Id
    text: Text
    role: Literal["then_test"] = "then_test"


class Column(Frozen):
    """What one of two columns is called."""

    id: Literal["then", "now"]
    text: Label


def _none_for_false(given: Any) -> Any:
    return None if given is False else given


class GridConfig(kind.Config):
    """`extra_item: false` is how a plan leaves it out. `mode: then_and_now` asks each line twice on one screen."""

    items: Annotated[Items, Field(min_length=1, max_length=12)]
    extra_item: Annotated[ExtraItem | None, BeforeValidator(_none_for_false)] = None
    scale: Range
    mode: Literal["then_and_now"] | None = None
    columns: Annotated[tuple[Column, ...], Field(max_length=2)] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.extra_item and self.extra_item.id in {item.id for item in self.items}:
            raise ValueError(_("'{id}' is used twice").format(id=self.extra_item.id))
        if self.mode and [column.id for column in self.columns] != [THEN, NOW]:
            raise ValueError(_("then_and_now needs two columns: then, and now"))
        if self.columns and not self.mode:
            raise ValueError(_("columns are for 'mode: then_and_now'"))
        if self.mode and self.extra_item:
            raise ValueError(_("then_and_now looks back by itself: leave extra_item out"))
        return self

    @property
    def categories(self) -> tuple[Option, ...]:
        """What the answers to a line are counted by."""
        return self.scale.counted({})[0]

    @property
    def reversed(self) -> frozenset[str]:
        """The lines of which less is nearer to the source."""
        return frozenset(item.id for item in self.items if item.reverse)

    def segments(self, table: ShownTable) -> tuple[_drawn.Segment, ...]:
        """The bar of one line."""
        return _drawn.segments(table, [category.id for category in self.categories])


class Rated(kind.Answer):
    """A point for each line; `before`: for each line that was also answered earlier, or as it was then."""

    points: dict[str, int]
    before: dict[str, int] | None = None


class Grid(kind.Kind):
    slug = "grid"
    label = N_("Grid")
    Config = GridConfig
    links = True

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """A plan lists the ids of the lines that stay, in the step's order."""
        kept = listed(overrides, "items", {item["id"] for item in fields["items"]}, _("there is no line {ids}"))
        if not kept:
            return super().vary(fields, overrides)
        return {**fields, **overrides, "items": [item for item in fields["items"] if item["id"] in kept]}

    def question(self, config: GridConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        lines = tuple(Option(id=item.id, text=item.text) for item in config.items)
        extra = (Option(id=config.extra_item.id, text=config.extra_item.text),) if config.extra_item else ()
        points = config.scale.options
        longest = max(len(point.id) for point in points)
        size = 2 * sum(len(line.id) + longest + len('"":,') for line in (*lines, *extra))  # now, and perhaps before
        values = {"lines": lines, "extra": extra, "columns": config.columns, "scale": config.scale}
        return Question(answer=Rated, options=points, bucket=bucket(size), values=values)

    def read(self, form: Form, question: Question) -> Rated:
        fields = _fields(question)
        given = {name: form.getlist(name) for name in fields}
        left = [name for name, points in given.items() if not points]
        if len(left) == len(fields):
            raise _chosen.nothing(left[0])
        if left:
            raise Invalid(left[0], "empty", _how_many(len({fields[name][0] for name in left})))
        points: dict[str, dict[str, int]] = {NOW: {}, THEN: {}}
        for name, (line, column) in fields.items():
            points[column][line] = int(_chosen.one(form, name, question.options))
        return Rated(points=points[NOW], before=points[THEN] or None)

    def paired(self, before: Rated, now: Rated) -> Rated:
        """Of the lines that both asked, so that a pair takes no more room than the second question has for it."""
        both = {line: point for line, point in before.points.items() if line in now.points}
        return now if now.before else now.model_copy(update={"before": both or None})

    def count(self, answers: Iterable[Rated], question: Question) -> Tally:
        """A table for each line; where there is a before, what moved, of the people who answered both."""
        given = list(answers)
        count = _shift if question.values["columns"] or question.linked == "post" else _table
        parts: list[Table | Shift] = [count(line, given, question) for line in question.values["lines"]]
        return [*parts, *(_table(line, given, question) for line in question.values["extra"])]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        items = (
            Item(id="ask", text="I can ask for what I need."),
            Item(id="failed", text="If they are unhappy, I have failed.", reverse=True),
        )
        bands = (Band(id="less", values=(1, 2, 3), text="less true"), Band(id="more", values=(4, 5), text="true"))
        scale = Range(low="Not true for me", high="Very true for me", bands=bands)
        points = (("1", "5"), ("4", "4"), ("5", "2"))
        return GridConfig(items=items, scale=scale), [{"value-ask": [a], "value-failed": [b]} for a, b in points]


def _fields(question: Question) -> dict[str, tuple[str, str]]:
    """The fields of a form, each with its line and column."""
    lines = [line.id for line in (*question.values["lines"], *question.values["extra"])]
    columns = [column.id for column in question.values["columns"]]
    if columns:
        return {f"value-{line}-{column}": (line, column) for line in lines for column in columns}
    return {f"value-{line}": (line, NOW) for line in lines}


def _how_many(left: int) -> str:
    return ngettext(
        "%(n)s line is left. Please answer it too.", "%(n)s lines are left. Please answer them too.", left
    ) % {"n": left}


def _table(line: Option, answers: Sequence[Rated], question: Question) -> Table:
    points = [str(answer.points[line.id]) for answer in answers]
    scale: Range = question.values["scale"]
    options, counts = scale.counted(Counter(points))
    return Table(line.id, options, counts, len(points), ordinal=True, title=line.text, marks=scale.marks)


def _shift(line: Option, answers: Sequence[Rated], question: Question) -> Shift:
    both = [answer for answer in answers if answer.before and line.id in answer.before]
    pairs = Counter((answer.before[line.id], answer.points[line.id]) for answer in both if answer.before)
    scale: Range = question.values["scale"]
    return Shift(name=line.id, title=line.text, low=scale.min, high=scale.max, pairs=tuple(sorted(pairs.items())))
