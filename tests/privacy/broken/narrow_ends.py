"""Choose-many with each option by itself, forgetting that everybody took one at least."""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(table: Table) -> ShownTable:
    pairs = zip(table.options, table.counts, strict=True)
    cells = tuple(Cell(options=(o.id,), text=o.text, shown=(0, 1) if count <= 1 else count) for o, count in pairs)
    return ShownTable(name=table.name, rung="alone", n=table.answerers, cells=cells)
