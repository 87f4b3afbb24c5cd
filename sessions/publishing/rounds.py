"""A second round beside the first: for each cell of the first, fewer, about the same, or more.

Two exact tables of nearly the same people tell who changed their mind. So one person's difference is about the same,
and each of the three words stands for two numbers at least: the same arithmetic as the words of tender questions.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.publishing.inference import Range, silence_tells, told, totals
from sessions.publishing.rules import Sensitivity
from sessions.publishing.tender import WORDS
from workshop.release import Cell, Release, ShownShift, ShownTable, ShownTexts
from workshop.tally import Table, Tally

VISIBLE = 2
"""People by whom a cell must differ; in rooms of more than twenty, a tenth of them."""

Scale = list[tuple[str, Range]]


def second_round(first: Release, second: Release, tally: Tally, sensitivity: Sensitivity) -> Release:
    """What may be stored and shown of a second round: of `tally`, which could be shown as `second` were it alone."""
    if sensitivity in ("low", "care") or first.withheld or second.withheld:
        return second
    before = {part.name: part for part in first.parts if isinstance(part, ShownTable)}
    counted = {part.name: part for part in tally if isinstance(part, Table)}
    tables = [
        _in_words(before[part.name], part)
        if sensitivity == "tender" or counted[part.name].gist
        else _beside(before[part.name], counted[part.name])
        for part in second.parts
        if isinstance(part, ShownTable) and part.name in before
    ]
    moves = {part.name: part for part in first.parts if isinstance(part, ShownShift)}
    shifts = [_moved_again(moves[p.name], p) for p in second.parts if isinstance(p, ShownShift) and p.name in moves]
    parts = (*tables, *shifts, *(part for part in second.parts if isinstance(part, ShownTexts)))
    return second.model_copy(update={"parts": parts, "withheld": not parts})


def _compared(before: ShownTable, words: Sequence[str]) -> ShownTable:
    pairs = zip(before.cells, words, strict=True) if words else ()
    cells = tuple(cell.model_copy(update={"shown": word}) for cell, word in pairs)
    return before.model_copy(update={"rung": "compared" if cells else "only_n", "n": None, "cells": cells})


def _in_words(before: ShownTable, after: ShownTable) -> ShownTable:
    """Two releases of words: whether each went down or up. It says less than the second release would have."""
    if not before.cells or not after.cells:
        return _compared(before, ())
    return _compared(before, _steps(before.cells, after.cells))


def _moved_again(before: ShownShift, after: ShownShift) -> ShownShift:
    """The same for what moved, without dots."""
    words = _steps(before.cells, after.cells) if before.cells and after.cells else []
    cells = tuple(cell.model_copy(update={"shown": word}) for cell, word in zip(before.cells, words, strict=False))
    return before.model_copy(update={"cells": cells, "before": None, "after": None})


def _steps(before: Sequence[Cell], after: Sequence[Cell]) -> list[str]:
    """For each cell, which way its word went."""
    steps = [_word(new) - _word(old) for old, new in zip(before, after, strict=True)]
    return ["fewer" if step < 0 else "more" if step else "about_the_same" for step in steps]


def _word(cell: Cell) -> int:
    return WORDS.index(str(cell.shown))


def _beside(before: ShownTable, table: Table) -> ShownTable:
    """Counts beside what the first round showed; nothing where the words, or silence, would give a number away."""
    if len(before.cells) < 2 or (not table.exclusive and any(option.exclusive for option in table.options)):
        return _compared(before, ())
    scales = [_scale(cell, before.n or 1, table.answerers) for cell in before.cells]
    if silence_tells([[words for _, words in scale] for scale in scales], totals(table)):
        return _compared(before, ())
    said = [_said(cell, table, scale) for cell, scale in zip(before.cells, scales, strict=True)]
    return _compared(before, () if told(table, [words for _, words in said]) else [word for word, _ in said])


def _said(cell: Cell, table: Table, scale: Scale) -> tuple[str, Range]:
    """The word for one cell, and the numbers that it stands for."""
    pairs = zip(table.options, table.counts, strict=True)
    count = sum(count for option, count in pairs if option.id in cell.options)
    return next((word, (low, high)) for word, (low, high) in scale if low <= count <= high)


def _scale(cell: Cell, n: int, now: int) -> Scale:
    """The numbers that each word would stand for among the `now` people of the second round."""
    low, high = cell.shown if isinstance(cell.shown, tuple) else (int(cell.shown), int(cell.shown))
    enough = max(VISIBLE * max(n, now), n * now // 10)
    fewer, more = (low * now - enough) // n, -(-(high * now + enough) // n)
    edges = (fewer if fewer >= 1 else -1, more if more <= now - 1 else now + 1)
    scale = [("fewer", (0, edges[0])), ("about_the_same", (edges[0] + 1, edges[1] - 1)), ("more", (edges[1], now))]
    return [(word, words) for word, words in scale if words[0] < words[1]]
