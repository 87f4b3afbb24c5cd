"""A ladder that looks at each rung alone: it merges ones and zeros whenever the sum could be made in two ways.

It forgets what the attacker knows: that a table without ones would have been shown exactly.
"""

from __future__ import annotations

from workshop.release import Cell, ShownTable
from workshop.tally import Table


def publish(table: Table) -> ShownTable:
    hidden = [i for i, count in enumerate(table.counts) if count <= 1] if 1 in table.counts else []
    if len(hidden) == 1:
        rest = [i for i in range(len(table.counts)) if i not in hidden]
        hidden.append(min(rest, key=lambda i: table.counts[i]))
    cells = [
        Cell(options=(option.id,), text=option.text, shown=table.counts[i])
        for i, option in enumerate(table.options)
        if i not in hidden
    ]
    if hidden:
        other = tuple(table.options[i].id for i in hidden)
        cells.append(Cell(options=other, text="other", shown=sum(table.counts[i] for i in hidden)))
    return ShownTable(name=table.name, rung="merged" if hidden else "exact", n=table.answerers, cells=tuple(cells))
