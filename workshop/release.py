"""The part of a tally that may be shown: what every screen, page and download is made of."""

from __future__ import annotations

from typing import Literal

from workshop.values import Frozen


class Cell(Frozen):
    """One bar: the options it stands for, its label, and a number, a range of numbers, or one of five words.

    `shown` is an int, a (low, high) pair, or one of `few_or_none some about_half most nearly_all`; in a second round
    of a question that is not low, one of `fewer about_the_same more`.
    """

    options: tuple[str, ...]
    text: str
    shown: int | tuple[int, int] | str


class ShownTable(Frozen):
    """A table as the room may see it; `rung` says how much had to be withheld.

    `n` is the number of people who answered, or None where no number may be said.
    """

    part: Literal["table"] = "table"
    name: str
    title: str = ""
    rung: Literal["exact", "alone", "coarser", "merged", "nearly_everyone", "words", "gist", "compared", "only_n"]
    n: int | None
    ordinal: bool = False
    cells: tuple[Cell, ...] = ()


class ShownWords(Frozen):
    """Words of a cloud with the number of people who sent each (0 where no number may be said)."""

    part: Literal["words"] = "words"
    name: str
    title: str = ""
    n: int | None
    entries: tuple[tuple[str, int], ...] = ()


class ShownTexts(Frozen):
    """Texts that a facilitator let through, shuffled once; or `facilitator_only`, for the results page alone."""

    part: Literal["texts"] = "texts"
    name: str
    title: str = ""
    facilitator_only: bool = False
    n: int | None
    entries: tuple[str, ...] = ()


class ShownShift(Frozen):
    """Whether one line went up, stayed or went down, in words; and, in rooms large enough, two dots on half points.

    `cells`: three, for `up`, `stayed` and `down`; empty where even words would tell too much.
    """

    part: Literal["shift"] = "shift"
    name: str
    title: str
    low: int
    high: int
    n: int | None
    cells: tuple[Cell, ...] = ()
    before: float | None = None
    after: float | None = None


class Release(Frozen):
    """All that may ever be shown of one question: computed once, stored, final.

    `withheld`: fewer than k people answered, so there is nothing here, not even how many.
    `paper`: of folded ballots, counted by hand.
    """

    step: str
    round: int
    phase: int
    withheld: bool = False
    paper: bool = False
    parts: tuple[ShownTable | ShownWords | ShownTexts | ShownShift, ...] = ()

    @property
    def for_the_room(self) -> bool:
        """Whether there is something of it that was for everybody's eyes."""
        return any(not (isinstance(part, ShownTexts) and part.facilitator_only) for part in self.parts)
