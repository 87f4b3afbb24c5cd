"""Personal questions with several choices a person: every option is a table of its own, and no sums are shown.

None and one look the same, and so do all and all but one. But everybody took at least one option, and perhaps at most a
few, so the options are not quite on their own: where that gives a hidden one away, the hidden ends are widened until
each holds different values, which could have changed places without changing anything that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.publishing.inference import Range, told
from sessions.publishing.ladder import ALONE, LEAST_LEFT_TO_SHOW, shown
from workshop.release import Cell, ShownTable
from workshop.tally import Table

NEVER = 10**9


def apart(table: Table) -> ShownTable:
    """Every option by itself, the ends as ranges; only n when even wider ends would tell."""
    pairs = zip(table.options, _ranges(table), strict=False)
    bars = [Cell(options=(o.id,), text=o.text, shown=low if low == high else (low, high)) for o, (low, high) in pairs]
    return shown(table, "alone" if bars else "only_n", cells=bars)


def _ranges(table: Table) -> list[Range]:
    """What is shown of each option; empty where it would tell too much."""
    narrow = [_ends(count, table.answerers) for count in table.counts]
    hidden = [low < high for low, high in narrow]
    if any(hidden) and _hushed(table):
        return []
    if not told(table, narrow):
        return narrow
    sole_is_hidden = any(option.exclusive and hides for option, hides in zip(table.options, hidden, strict=True))
    return [] if sole_is_hidden else _wide(table, narrow)


def _hushed(table: Table) -> bool:
    """True for tables that are met with silence so that others, which must be, are not the only ones.

    As many people as options, each with another one, would be alone; so nothing is shown where nobody's choice is
    common. Where everybody takes two or more, or one that excludes the others, only who took that one would be.
    """
    least = table.picks[0]
    return (least > 0 and max(table.counts) < LEAST_LEFT_TO_SHOW) or (
        least > 1 and any(option.exclusive for option in table.options)
    )


def _ends(count: int, n: int) -> Range:
    if count <= ALONE:
        return 0, ALONE
    return (n - 1, n) if count >= n - 1 else (count, count)


def _wide(table: Table, narrow: Sequence[Range]) -> list[Range]:
    """Wider ends, each over two values at least; none where there is but one, or where the two ends meet."""
    n, free = table.answerers, [not option.exclusive for option in table.options]
    counts = [count for count, f in zip(table.counts, free, strict=True) if f]
    low_end = _second(counts) if any(high == ALONE for _, high in narrow) else -1
    high_end = n - _second(n - count for count in counts) if any(low == n - 1 for low, _ in narrow) else n + 1
    if low_end >= high_end:
        return []
    return [_widened(c, n, low_end, high_end) if f else (c, c) for c, f in zip(table.counts, free, strict=True)]


def _widened(count: int, n: int, low_end: int, high_end: int) -> Range:
    if count <= low_end:
        return 0, low_end
    return (high_end, n) if count >= high_end else (count, count)


def _second(depths: Iterable[int]) -> int:
    """The second smallest value: as far as an end must reach to hold two; out of all reach when there is only one."""
    _, *larger = sorted({*depths})
    return larger[0] if larger else NEVER
