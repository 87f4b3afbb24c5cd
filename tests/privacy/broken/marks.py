"""A threshold that counts marks: a few people with many ticks each get over it."""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(table: Table, k: int) -> ShownTable | None:
    if sum(table.counts) < k:
        return None
    cells = tuple(
        Cell(options=(o.id,), text=o.text, shown=count) for o, count in zip(table.options, table.counts, strict=True)
    )
    return ShownTable(name=table.name, rung="alone", n=table.answerers, cells=cells)
