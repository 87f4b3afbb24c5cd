"""What was published, made ready to draw: in which order and how long, by what is shown and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from workshop.release import Cell, Release, ShownTable

_NOTHING_TOLD = -1.0
_WORDS: Mapping[str, float] = {"few_or_none": 0.06, "some": 0.28, "about_half": 0.5, "most": 0.72, "nearly_all": 0.94}
"""The share of people that each word stands for, about."""


def size(cell: Cell) -> float | None:
    """About how large a cell says it is, compared with others of its table; None where it says no such thing."""
    if isinstance(cell.shown, tuple):
        return sum(cell.shown) / 2
    return _WORDS.get(cell.shown) if isinstance(cell.shown, str) else float(cell.shown)


def largest_first(table: ShownTable) -> ShownTable:
    """The table with its largest cells first; cells that show the same stay as they were written."""
    return table.model_copy(update={"cells": tuple(sorted(table.cells, key=lambda cell: -(size(cell) or 0.0)))})


@dataclass(frozen=True)
class Segment:
    """A cell with its stretch of a bar, as shares of the whole from 0 to 1.

    `look`: how it is drawn, by the place of its option from 1 on; 0 where several are shown as one.
    """

    cell: Cell
    look: int
    start: float
    width: float


def most_split(release: Release) -> tuple[ShownTable, ...]:
    """The tables of a release, the one that the room is most divided over first; ties, and silence, as written."""
    tables = [part for part in release.parts if isinstance(part, ShownTable)]
    return tuple(sorted(tables, key=split, reverse=True))


def split(table: ShownTable) -> float:
    """The entropy of what is shown: 0 where all agree, less where nothing is told."""
    # Sorted and rounded: two tables that differ only in which option has which number are a tie.
    shares = sorted(_shares(table.cells))
    if not shares:
        return _NOTHING_TOLD
    return round(-sum(share * log2(share) for share in shares if share), 9)


def segments(table: ShownTable, options: Sequence[str]) -> tuple[Segment, ...]:
    """The bar of a table whose options stand in this order; empty where there is nothing to draw."""
    looks = {option: place for place, option in enumerate(options, 1)}
    found, start = [], 0.0
    for cell, width in zip(table.cells, _shares(table.cells), strict=False):
        look = looks.get(cell.options[0], 0) if len(cell.options) == 1 else 0
        found.append(Segment(cell, look, start, width))
        start += width
    return tuple(found)


def _shares(cells: Sequence[Cell]) -> list[float]:
    """Each cell's share of them all; empty for cells that say neither how many nor about how many."""
    sizes = [one for one in map(size, cells) if one is not None]
    whole = sum(sizes, 0.0)
    return [one / whole for one in sizes] if len(sizes) == len(cells) and whole else []
