"""Upvotes from two on and a range below, beside how many voted: where each had so many votes, the rest adds up."""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(table: Table) -> ShownTable:
    pairs = zip(table.options, table.counts, strict=True)
    cells = tuple(Cell(options=(o.id,), text=o.text, shown=(0, 1) if count < 2 else count) for o, count in pairs)
    return ShownTable(name=table.name, rung="alone", n=table.answerers, cells=cells)
