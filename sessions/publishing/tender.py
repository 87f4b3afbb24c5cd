"""Tender questions: five words at most, no numbers, and no word that only one number fits.

Who knows how many answered, and the other words, may still add up. That tells a number only when every option stands at
the upper end of its word, or every one at the lower end: then nothing is shown. Which words there are depends on how
many people and options there are, never on what was chosen: the most words for which that is rare, and for which it
happens to more than one table, because silence that stands for one table alone is an answer too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb, factorial, prod

from sessions.publishing.inference import Range, told, totals
from sessions.publishing.ladder import shown
from workshop.kinds.kind import Cell, ShownTable, Table

Bands = tuple[tuple[str, Range], ...]

WORDS = ("few_or_none", "some", "about_half", "most", "nearly_all")
RARE = 0.06
"""How much of all tables may be met with silence before there had better be fewer words."""
MOST_CELLS = 12


def say(table: Table) -> ShownTable:
    """One word for each option; nothing at all where the words together would give a number away."""
    bands = vocabulary(table.answerers, len(table.counts), totals(table), table.exclusive)
    pairs = [next(band for band in bands if _within(count, band)) for count in table.counts] if bands else []
    if not pairs or told(table, [band for _, band in pairs]):
        return shown(table, "only_n", quiet=True)
    cells = [Cell(options=(o.id,), text=o.text, shown=word) for o, (word, _) in zip(table.options, pairs, strict=True)]
    return shown(table, "words", cells=cells, quiet=True)


def _within(count: int, band: tuple[str, Range]) -> bool:
    return band[1][0] <= count <= band[1][1]


@lru_cache(maxsize=4096)
def vocabulary(n: int, options: int, total: Range, exclusive: bool) -> Bands:
    """The words for `n` people and so many options, each with the counts it stands for; empty: no words will do."""
    everything = comb(n + options - 1, options - 1) if exclusive else (n + 1) ** options
    best: tuple[float, Bands] = (2.0, ())
    for bands in _candidates(n, options):
        silent = _silent([band for _, band in bands], options, total)
        share = silent / everything
        if silent != 1 and share <= RARE:
            return bands
        if silent != 1:
            best = min(best, (share, bands), key=lambda pair: pair[0])
    return best[1]


def _silent(bands: Sequence[Range], options: int, total: Range) -> int:
    """How many tables have every option at the upper end of its word, or every one at the lower end."""
    ends = [([high for _, high in bands], total[0]), ([low for low, _ in bands], total[1])]
    return sum(
        factorial(options) // prod(factorial(times) for times in Counter(values).values())
        for choices, wanted in ends
        for values in combinations_with_replacement(choices, options)
        if sum(values) == wanted
    )


def _candidates(n: int, options: int) -> Iterator[Bands]:
    """Ways to divide 0..n evenly about its middle, most words first; each word stands for two counts at least."""
    if options <= MOST_CELLS:
        for few in sorted({max(1, n // 10), max(1, n // 8), max(1, n // 10) + 1, 1}, reverse=True):
            for half in dict.fromkeys(((2 * n + 4) // 5, (3 * n + 7) // 8, (n - 1) // 2, (n + 2) // 3)):
                if few + 3 <= half <= (n - 1) // 2:
                    yield _bands((few, half - 1, n - half, n - few - 1, n), WORDS)
        if n % 2 and n >= 7:
            yield _bands(
                (max(1, n // 6), n // 2, n - max(1, n // 6) - 1, n), ("few_or_none", "some", "most", "nearly_all")
            )
    for few in dict.fromkeys((max(1, n // 4), max(1, n // 3 - 1), max(1, n // 5), 1, 2)):
        if n - 2 * few >= 3:
            yield _bands((few, n - few - 1, n), ("few_or_none", "about_half", "nearly_all"))


def _bands(tops: Sequence[int], words: Sequence[str]) -> Bands:
    bottoms = (0, *(top + 1 for top in tops[:-1]))
    return tuple((word, (low, top)) for word, low, top in zip(words, bottoms, tops, strict=True))
