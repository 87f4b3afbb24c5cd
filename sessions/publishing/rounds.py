"""A second round beside the first: for each option fewer, about the same, or more.

It is made from what each round alone may show, so it says nothing of either that its own release would not have said.
An option of none or one counts as either, and so does one of all or all but one; a difference of one person is about
the same, so that nobody who changes their mind is seen to.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.publishing.inference import Range
from sessions.publishing.rules import Sensitivity
from sessions.publishing.tender import WORDS
from workshop.kinds.kind import Cell, Release, ShownTable, ShownTexts

VISIBLE = 2
"""People by whom an option must differ; in rooms of more than twenty, a tenth of them."""


def second_round(first: Release, second: Release, sensitivity: Sensitivity) -> Release:
    """What may be stored and shown of a second round; `second` is what it could have shown as a first one."""
    if sensitivity in ("low", "care") or first.withheld or second.withheld:
        return second
    before = {part.name: part for part in first.parts if isinstance(part, ShownTable)}
    tables = [
        _compare(before[part.name], part)
        for part in second.parts
        if isinstance(part, ShownTable) and part.name in before
    ]
    parts = (*tables, *(part for part in second.parts if isinstance(part, ShownTexts)))
    return second.model_copy(update={"parts": parts, "withheld": not parts})


def _compare(before: ShownTable, after: ShownTable) -> ShownTable:
    cells = [
        Cell(options=options, text=_text(options, before, after), shown=_direction(before, after, options))
        for options in _shared(before, after)
    ]
    rung = "compared" if len(cells) > 1 else "only_n"
    return after.model_copy(update={"rung": rung, "n": None, "cells": tuple(cells) if len(cells) > 1 else ()})


def _shared(before: ShownTable, after: ShownTable) -> list[tuple[str, ...]]:
    """The finest sets of options that are whole cells, or several, in both rounds."""
    blocks: list[tuple[str, ...]] = [cell.options for cell in before.cells if after.cells]
    for cell in after.cells:
        touched = [block for block in blocks if {*block} & {*cell.options}]
        joined = tuple(option for block in touched for option in block)
        blocks = [joined if block is touched[0] else block for block in blocks if block not in touched[1:]]
    return blocks


def _text(options: tuple[str, ...], before: ShownTable, after: ShownTable) -> str:
    whole = [cell.text for cell in (*before.cells, *after.cells) if {*cell.options} == {*options}]
    return whole[0] if whole else " / ".join(cell.text for cell in before.cells if {*cell.options} <= {*options})


def _direction(before: ShownTable, after: ShownTable, options: Sequence[str]) -> str:
    (low, high), (new_low, new_high) = _range(before, options), _range(after, options)
    people, now = before.n or 1, after.n or 1
    enough = max(VISIBLE * max(people, now), people * now // 10) if before.n and after.n else 1
    if new_low * people - high * now >= enough:
        return "more"
    return "fewer" if low * now - new_high * people >= enough else "about_the_same"


def _range(table: ShownTable, options: Sequence[str]) -> Range:
    """Between which numbers an option stands; for tender questions, the place of its word."""
    ranges = [_shown(cell, table.n) for cell in table.cells if {*cell.options} <= {*options}]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _shown(cell: Cell, n: int | None) -> Range:
    if isinstance(cell.shown, str):
        place = WORDS.index(cell.shown)
        return place, place
    if isinstance(cell.shown, tuple):
        return cell.shown
    if cell.shown <= 1:
        return 0, 1
    return (n - 1, n) if n is not None and cell.shown >= n - 1 else (cell.shown, cell.shown)
