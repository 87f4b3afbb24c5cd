"""What a sorting is made of: categories, lines and spare ones; which are asked, and in which order they are drawn."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from workshop.kinds import _drawn, kind
from workshop.kinds._fields import Id, Label, Question, faults, unique_ids
from workshop.kinds.kind import BEGINNING, Path
from workshop.release import Release, ShownTable
from workshop.values import Frozen
from workshop.words import gettext as _

FEWEST_WAYS = 3
TO_OPEN = 2
"""How many of the most split lines a facilitator opens for talk."""


class Category(Frozen):
    """One place that a line can go to."""

    id: Id
    text: Label


class Statement(Frozen):
    """A line to be sorted. `article`: the category that the source leans to, for the facilitator alone."""

    id: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=72)]
    article: Id
    covers: tuple[str, ...] = ()


def _with_a_third_way(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    if len(categories) < FEWEST_WAYS:
        raise ValueError(_("at least three categories: two and a third way, such as 'It depends'"))
    return unique_ids(categories)


Statements = Annotated[tuple[Statement, ...], AfterValidator(unique_ids)]


class SortingConfig(kind.Config):
    """`spare_statements`: what a facilitator can take instead of a line. `three_questions`: what helps to decide."""

    categories: Annotated[tuple[Category, ...], Field(max_length=5), AfterValidator(_with_a_third_way)]
    statements: Annotated[Statements, Field(min_length=1, max_length=12)]
    spare_statements: Annotated[Statements, Field(max_length=36)] = ()
    three_questions: Annotated[tuple[Question, ...], Field(max_length=5)] = ()
    order: Literal["shuffled_per_phone", "as_written"] = "shuffled_per_phone"

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known, seen = {category.id for category in self.categories}, {one.id for one in self.statements}
        wrong = [
            ((name, i, "article"), _("there is no category {id}").format(id=one.article))
            for name in ("statements", "spare_statements")
            for i, one in enumerate(getattr(self, name))
            if one.article not in known
        ]
        twice = [
            (("spare_statements", i, "id"), _("'{id}' is used twice").format(id=one.id))
            for i, one in enumerate(self.spare_statements)
            if one.id in seen
        ]
        if wrong or twice:
            raise faults("sorting", [*wrong, *twice])
        return self

    def lines(self, path: Path = BEGINNING) -> tuple[Statement, ...]:
        """The lines that are asked: those of the step, or what a facilitator took instead."""
        every = {one.id: one for one in (*self.statements, *self.spare_statements)}
        swapped = path.get("swapped", {})
        return tuple(every.get(swapped.get(one.id, one.id), one) for one in self.statements)

    def spare(self, path: Path = BEGINNING) -> tuple[Statement, ...]:
        """The lines that are not asked."""
        asked = {one.id for one in self.lines(path)}
        return tuple(one for one in (*self.spare_statements, *self.statements) if one.id not in asked)

    def shown(self, release: Release, path: Path = BEGINNING) -> tuple[ShownTable, ...]:
        """The tables of a release in the order in which they are drawn."""
        if path.get("by") == "split":
            return _drawn.most_split(release)
        return tuple(part for part in release.parts if isinstance(part, ShownTable))

    def segments(self, table: ShownTable) -> tuple[_drawn.Segment, ...]:
        """The bar of one line."""
        return _drawn.segments(table, [category.id for category in self.categories])

    def leans(self, release: Release, path: Path = BEGINNING) -> list[tuple[str, str]]:
        """The most split lines, each with the category that the article leans to. For the facilitator alone."""
        lines = {one.id: one for one in self.lines(path)}
        texts = {category.id: category.text for category in self.categories}
        most = [table for table in _drawn.most_split(release) if _drawn.split(table) > 0 and table.name in lines]
        return [(lines[table.name].text, texts[lines[table.name].article]) for table in most[:TO_OPEN]]
