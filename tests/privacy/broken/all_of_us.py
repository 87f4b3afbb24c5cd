"""Exact numbers unless somebody stands alone: it says so when everybody agrees."""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(table: Table) -> ShownTable:
    if 1 in table.counts:
        return ShownTable(name=table.name, rung="only_n", n=table.answerers)
    cells = tuple(
        Cell(options=(o.id,), text=o.text, shown=count) for o, count in zip(table.options, table.counts, strict=True)
    )
    return ShownTable(name=table.name, rung="exact", n=table.answerers, cells=cells)
