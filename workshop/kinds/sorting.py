"""Sorting: lines that each go into one of three categories or more, always with a way to say that it depends.

Nothing is right or wrong: where the article leans is for the facilitator alone, and no page of the room says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from workshop.kinds import _chosen, kind
from workshop.kinds._lines import Category, SortingConfig, Statement
from workshop.kinds._paths import changed
from workshop.kinds._plans import listed
from workshop.kinds._sizes import bucket
from workshop.kinds.kind import BEGINNING, Action, Form, Invalid, Path, Question
from workshop.release import Release
from workshop.tally import Option, Table, Tally
from workshop.words import N_, ngettext
from workshop.words import gettext as _

BEFORE_ANSWERS, ONCE_SHOWN = ("shown", "open"), ("revealed",)


class Sorted(kind.Answer):
    """Where one phone has put the lines: ids of categories by ids of lines, in the order of the question."""

    placed: dict[str, str]


class Sorting(kind.Kind):
    slug = "sorting"
    label = N_("Sorting")
    Config = SortingConfig

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """A plan lists the ids of its lines, spare ones included; what it leaves out is spare there."""
        every = {one["id"]: one for one in (*fields["statements"], *fields["spare_statements"])}
        kept = listed(overrides, "statements", every, _("there is no statement {ids}"))
        if not kept:
            return super().vary(fields, overrides)
        spare = [one for id, one in every.items() if id not in kept]
        return {**fields, **overrides, "statements": [every[id] for id in kept], "spare_statements": spare}

    def question(self, config: SortingConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        ways = tuple(Option(id=category.id, text=category.text) for category in config.categories)
        lines = tuple(Option(id=line.id, text=line.text) for line in config.lines(path))
        longest = max(len(way.id) for way in ways)
        size = bucket(sum(len(line.id) + longest + len('"":"",') for line in lines))
        return Question(answer=Sorted, options=ways, bucket=size, values={"lines": lines})

    def read(self, form: Form, question: Question) -> Sorted:
        lines: tuple[Option, ...] = question.values["lines"]
        given = {line.id: form.getlist(f"category-{line.id}") for line in lines}
        left = [id for id, places in given.items() if not places]
        if len(left) == len(lines):
            raise _chosen.nothing(f"category-{left[0]}")
        if left:
            raise Invalid(f"category-{left[0]}", "empty", _how_many(len(left)))
        return Sorted(placed={id: _chosen.one(form, f"category-{id}", question.options) for id in given})

    def count(self, answers: Iterable[Sorted], question: Question) -> Tally:
        """A table for each line, of the people who placed it."""
        # A line that was swapped in after somebody had read the question has fewer people, and its own k to reach.
        given = [answer.placed for answer in answers]
        return [
            _table(line, [placed[line.id] for placed in given if line.id in placed], question.options)
            for line in question.values["lines"]
        ]

    def actions(self, config: SortingConfig, past: Sequence[Release], path: Path) -> list[Action]:
        buttons = _buttons()
        offered = []
        if past and len(past[-1].parts) > 1:
            offered.append(buttons["as-written" if path.get("by") == "split" else "by-split"])
        if past and config.three_questions:
            offered.append(buttons["asks-off" if path.get("asks") else "asks"])
        return offered

    def pressed(self, config: SortingConfig, past: Sequence[Release], path: Path, action: str) -> Action | None:
        """Besides the buttons: `swap:<line>:<spare line>`. A button pressed twice does nothing more."""
        verb, _colon, lines = action.partition(":")
        line, _colon, spare = lines.partition(":")
        if verb == "swap":
            return _swap(config, path, line, spare)
        return _buttons().get(action) if past else None

    def afresh(self, config: SortingConfig, path: Path, past: Sequence[Release] = ()) -> Path:
        return {name: path[name] for name in ("swapped",) if name in path}

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        categories = (
            Category(id="help", text="Helping"),
            Category(id="shield", text="Shielding"),
            Category(id="depends", text="It depends"),
        )
        statements = (
            Statement(id="ride", text="A safe ride home", article="help"),
            Statement(id="debt", text="Paying the same debt a third time", article="shield"),
        )
        config = SortingConfig(
            categories=categories,
            statements=statements,
            spare_statements=(Statement(id="sofa", text="A night on the sofa", article="depends"),),
            three_questions=("Does it keep someone safe right now?", "Could they do it themselves?"),
        )
        places = (("help", "shield"), ("help", "depends"), ("depends", "shield"))
        return config, [{"category-ride": [ride], "category-debt": [debt]} for ride, debt in places]


def _table(line: Option, places: Sequence[str], ways: tuple[Option, ...]) -> Table:
    times = Counter(places)
    counts = tuple(times[way.id] for way in ways)
    return Table(name=line.id, title=line.text, options=ways, counts=counts, answerers=len(places))


def _how_many(left: int) -> str:
    return ngettext(
        "%(n)s line is left. Please place it too.", "%(n)s lines are left. Please place them too.", left
    ) % {"n": left}


def _buttons() -> Mapping[str, Action]:
    said = (
        ("by-split", _("Sort by split"), "sort_by_split", {"by": "split"}),
        ("as-written", _("In the written order"), "sort_as_written", {"by": None}),
        ("asks", _("Show the questions"), "sort_asks", {"asks": True}),
        ("asks-off", _("Hide the questions"), "sort_asks_off", {"asks": None}),
    )
    every = (Action(id, label, partial(changed, **to), when=ONCE_SHOWN, wording=own) for id, label, own, to in said)
    return {one.id: one for one in every}


def _swap(config: SortingConfig, path: Path, line: str, spare: str) -> Action | None:
    """The spare line instead of one that is asked, at its place."""
    homes = {asked.id: home.id for home, asked in zip(config.statements, config.lines(path), strict=True)}
    if line not in homes or spare not in {one.id for one in config.spare(path)}:
        return None
    home = homes[line]
    return Action(
        f"swap:{line}:{spare}", _("Swap"), lambda now: _swapped(now, home, spare), when=BEFORE_ANSWERS, unanswered=True
    )


def _swapped(path: Path, home: str, line: str) -> Path:
    swapped = {**path.get("swapped", {}), home: line}
    return {**path, "swapped": {home: line for home, line in swapped.items() if home != line}}
