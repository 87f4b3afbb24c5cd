"""The ladder for personal questions with one choice a person: the first rung on which nobody stands alone.

Why it is safe. Every decision below looks only at *which values* occur, never at which option has them, apart from
`nearly_everyone`. So if the values of the options that are shown as one sum change places, the same rung is chosen and
the same thing is shown. A sum is only made over options whose values differ; hence each of them could have had another
value, whoever knows the rule, the sum and all that is shown beside it. Under "nearly everyone chose X", X may stand at
n or n - 1 and any other option at 0 or 1. On the last rung nothing is shown, and there all options change places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from workshop.release import Cell, ShownTable
from workshop.tally import Table

ALONE = 1
MOST_EXACT_CELLS = 12
LEAST_LEFT_TO_SHOW = 3
"""People who must remain in the bars beside "other answers": a sum of nearly everybody says too much of the rest."""

Block = tuple[int, ...]
Rung = Literal["exact", "alone", "coarser", "merged", "nearly_everyone", "words", "gist", "only_n"]


def climb(table: Table) -> ShownTable:
    """The table as a room may see it when the question is personal."""
    counts, n = table.counts, table.answerers
    if len(counts) < 2:
        return shown(table, "only_n")
    if max(counts) >= n - 1:
        return _nearly_everyone(table)
    if ALONE not in counts and len(counts) <= MOST_EXACT_CELLS:
        return exact(table)
    if sums := _coarser(table):
        return shown(table, "coarser", cells=sorted(_cells(table, sums), key=_place(table)))
    if other := _others(counts):
        return shown(table, "merged", cells=_cells(table, [other]))
    return shown(table, "only_n")


def exact(table: Table) -> ShownTable:
    """Every option with its number, as questions of low sensitivity are shown."""
    return shown(table, "exact" if table.exclusive else "alone", cells=_cells(table, ()))


def from_least(table: Table, k: int) -> ShownTable:
    """Numbers from `table.least` on, below it a range from none. How many answered is not said: it would add up.

    Only k people who left every such option at one less would still be told by the sum. Their numbers are shown: what
    is known need not be hidden.
    """
    below = [count < table.least for count in table.counts]
    most = sum(table.least - 1 if low else count for count, low in zip(table.counts, below, strict=True))
    if most <= max(k, 1) * table.picks[0]:
        below = [False for _ in below]
    cells = [
        _cell(table, (i,), (0, table.least - 1) if low else count)
        for i, (count, low) in enumerate(zip(table.counts, below, strict=True))
    ]
    return shown(table, "exact" if table.exclusive else "alone", cells=cells, quiet=True)


def gist(table: Table) -> ShownTable:
    """Whether most took an option, or anybody did: never a number, and not how many answered."""
    words = ["most" if 2 * count > table.answerers else "some" if count else 0 for count in table.counts]
    cells = [Cell(options=(o.id,), text=o.text, shown=word) for o, word in zip(table.options, words, strict=True)]
    return shown(table, "gist", cells=cells, quiet=True)


def shown(table: Table, rung: Rung, *, cells: Sequence[Cell] = (), quiet: bool = False) -> ShownTable:
    """A table with everything but its counts taken over; `quiet`: not even how many answered."""
    return ShownTable(
        name=table.name,
        title=table.title,
        rung=rung,
        n=None if quiet else table.answerers,
        ordinal=table.ordinal,
        cells=tuple(cells),
    )


def _nearly_everyone(table: Table) -> ShownTable:
    """None or one who differs look the same, so it is never "all of us"."""
    n = table.answerers
    top = table.counts.index(max(table.counts))
    rest = tuple(i for i in range(len(table.counts)) if i != top)
    cells = [_cell(table, (top,), (n - 1, n)), _cell(table, rest, (0, 1))]
    return shown(table, "nearly_everyone", cells=cells)


def _coarser(table: Table) -> list[Block]:
    """The blocks with somebody alone in them, each to be shown as a sum; empty when no blocks are wide enough.

    A block with more options than there are options of 0 or 1 holds one that is larger: its values differ.
    """
    rare = sum(count <= ALONE for count in table.counts)
    for blocks in (_groups(table), _neighbours(table, rare + 1)):
        if len(blocks) > 1 and min(map(len, blocks)) > rare:
            return [block for block in blocks if any(table.counts[i] == ALONE for i in block)]
    return []


def _groups(table: Table) -> list[Block]:
    """The author's groups as places of options; none unless each option is in just one of them."""
    places = {option.id: i for i, option in enumerate(table.options)}
    blocks = [tuple(sorted(places[option] for option in group)) for group in table.groups]
    return blocks if sorted(i for block in blocks for i in block) == list(range(len(places))) else []


def _neighbours(table: Table, size: int) -> list[Block]:
    """An ordered scale cut into as many stretches of at least `size` options as fit."""
    many = len(table.options)
    pieces = many // size if table.ordinal else 0
    edges = [many * i // pieces for i in range(pieces + 1)] if pieces else []
    return [tuple(range(start, end)) for start, end in pairwise(edges)]


def _others(counts: Sequence[int]) -> Block:
    """The options for "other answers": all up to some value, as low as will do; empty when none will.

    Two people at least, two values at least, and all options of one value together.
    """
    for highest in [ALONE, *sorted({count for count in counts if count > ALONE})]:
        block = tuple(i for i, count in enumerate(counts) if count <= highest)
        values = [counts[i] for i in block]
        if len(set(values)) > 1 and sum(values) > ALONE:
            return block if sum(counts) - sum(values) >= LEAST_LEFT_TO_SHOW else ()
    return ()


def _cells(table: Table, sums: Sequence[Block]) -> list[Cell]:
    """Each option by itself, except those of a sum, which come last."""
    hidden = {i for block in sums for i in block}
    blocks = [*((i,) for i in range(len(table.counts)) if i not in hidden), *sums]
    return [_cell(table, block, sum(table.counts[i] for i in block)) for block in blocks]


def _place(table: Table) -> Callable[[Cell], int]:
    places = {option.id: i for i, option in enumerate(table.options)}
    return lambda cell: places[cell.options[0]]


def _cell(table: Table, block: Block, value: int | tuple[int, int]) -> Cell:
    options = [table.options[i] for i in block]
    return Cell(options=tuple(o.id for o in options), text=" / ".join(o.text for o in options), shown=value)
