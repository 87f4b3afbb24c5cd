"""Small-cell suppression as textbooks have it: blank what is below two, and one more cell when only one is blank."""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(table: Table) -> ShownTable:
    """Cells of one are hidden; the total is shown, so a second cell is hidden where there would be only one."""
    order = sorted(range(len(table.counts)), key=lambda i: table.counts[i])
    hidden = [i for i in order if table.counts[i] == 1]
    if len(hidden) == 1:
        hidden.append(next(i for i in order if i not in hidden))
    cells = tuple(
        Cell(options=(option.id,), text=option.text, shown=(0, table.answerers) if i in hidden else table.counts[i])
        for i, option in enumerate(table.options)
    )
    return ShownTable(name=table.name, rung="merged" if hidden else "exact", n=table.answerers, cells=cells)
