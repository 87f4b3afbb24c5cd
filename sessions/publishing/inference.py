"""Which values a hidden cell can still have, for somebody who knows the other cells and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.tally import Table

Range = tuple[int, int]


def possible(cells: Sequence[Range], total: Range) -> list[Range]:
    """What is left of each range when all cells together must come to something within `total`.

    Each end of what is left is reached by some completion; nothing is left of any when there is none.
    """
    lowest, highest = sum(low for low, _ in cells), sum(high for _, high in cells)
    if lowest > total[1] or highest < total[0] or any(low > high for low, high in cells):
        return []
    return [(max(low, total[0] - highest + high), min(high, total[1] - lowest + low)) for low, high in cells]


def told(table: Table, cells: Sequence[Range]) -> bool:
    """True when ranges that may be shown of a table leave one of them a single value."""
    found: list[set[int]] = [set() for _ in cells]
    for fitting, total in _worlds(table, cells):
        for values, left in zip(found, possible(fitting, total), strict=False):
            values.update(left)
    return any(len(values) < 2 for values, (low, high) in zip(found, cells, strict=True) if low < high)


def totals(table: Table) -> Range:
    """The fewest and the most marks that the people of a table may have made, all options together."""
    n = table.answerers
    if table.exclusive:
        return n, n
    least, most = table.picks
    return n * least, n * (len(table.counts) if most is None else most)


def _worlds(table: Table, cells: Sequence[Range]) -> Iterator[tuple[Sequence[Range], Range]]:
    """The ranges with their total; once for each end of an option that excludes all others, where there is one."""
    sole = next((i for i, option in enumerate(table.options) if option.exclusive), None)
    if table.exclusive or sole is None:
        yield cells, totals(table)
        return
    least, most = totals(table)
    low, high = cells[sole]
    n = max(table.answerers, 1)
    for took in sorted({low, min(low + 1, high), max(high - 1, low), high}):
        others = table.answerers - took
        fitting = [(took, took) if i == sole else (a, min(b, others)) for i, (a, b) in enumerate(cells)]
        yield fitting, (took + others * (least // n), took + others * (most // n))


def silence_tells(scales: Sequence[Sequence[Range]], total: Range) -> bool:
    """True when cells are silent only with one value.

    Each cell is said by one range of its scale, except where all stand at the upper ends of their ranges and come to
    the least total, or all at the lower ends and to the most: `told` is true of these, and then nothing is said.
    """
    uppers, lowers = ([[end[side] for end in scale] for scale in scales] for side in (1, 0))
    silent = [_reaching(uppers, total[0]), _reaching(lowers, total[1])]
    return any(len(upper | lower) == 1 for upper, lower in zip(*silent, strict=True))


def _reaching(choices: Sequence[Sequence[int]], total: int) -> list[set[int]]:
    """For each cell, those of its choices that can be part of `total`."""
    before, after = [{0}], [{0}]
    for values in choices:
        before.append({have + value for have in before[-1] for value in values if have + value <= total})
    for values in reversed(choices):
        after.append({have + value for have in after[-1] for value in values if have + value <= total})
    after.reverse()
    return [
        {value for value in values if any(total - value - have in after[i + 1] for have in before[i])}
        for i, values in enumerate(choices)
    ]
