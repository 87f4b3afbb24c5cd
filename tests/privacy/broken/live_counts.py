"""Bars that move with every answer: what a person watching a phone and the screen at once gets to see."""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(newest: Table) -> ShownTable:
    """`newest` holds one person's answer; the bars were drawn before it and after it, so the difference is shown."""
    pairs = zip(newest.options, newest.counts, strict=True)
    cells = tuple(Cell(options=(o.id, "moved"), text=o.text, shown=moved) for o, moved in pairs)
    return ShownTable(name=newest.name, rung="exact", n=newest.answerers, cells=cells)
