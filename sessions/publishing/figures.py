"""Percentages and means, made from published numbers alone and not before ten people have answered."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.release import ShownTable

LEAST = 10


def percentages(table: ShownTable) -> tuple[int | None, ...]:
    """A whole percentage for each cell that shows a number, None for other cells; empty where none may be given."""
    if table.n is None or table.n < LEAST:
        return ()
    n = table.n
    return tuple(round(100 * cell.shown / n) if isinstance(cell.shown, int) else None for cell in table.cells)


def mean(table: ShownTable, values: Sequence[int] | None = None) -> float | None:
    """The mean of a scale that is shown exactly, to one decimal; `values` are those of its options, else 1, 2, 3 …"""
    numbers = [cell.shown for cell in table.cells if isinstance(cell.shown, int)]
    if not table.ordinal or table.rung != "exact" or table.n is None or table.n < LEAST:
        return None
    weights = range(1, len(numbers) + 1) if values is None else values
    return round(sum(weight * number for weight, number in zip(weights, numbers, strict=True)) / table.n, 1)
