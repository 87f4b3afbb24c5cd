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
from workshop.release import Cell, ShownTable
from workshop.tally import Table

Band = tuple[str, Range]
Bands = tuple[Band, ...]

WORDS = ("few_or_none", "some", "about_half", "most", "nearly_all")
RARE = 0.06
"""How much of all tables may be met with silence before there had better be fewer words."""
MOST_CELLS = 12


def say(table: Table) -> ShownTable:
    """One word for each option; nothing at all where the words together would give a number away."""
    bands = vocabulary(table.answerers, len(table.counts), totals(table))
    said = [next(band for band in bands if _within(count, band)) for count in table.counts] if bands else []
    if not said or told(table, [counts for _, counts in said]) or _nearly_all_took_none(table, bands, said):
        return shown(table, "only_n", quiet=True)
    cells = [Cell(options=(o.id,), text=o.text, shown=word) for o, (word, _) in zip(table.options, said, strict=True)]
    return shown(table, "words", cells=cells, quiet=True)


def _nearly_all_took_none(table: Table, bands: Bands, said: Sequence[Band]) -> bool:
    """True when an option that excludes the others has the largest word; else silence could only mean it has not."""
    pairs = zip(table.options, said, strict=True)
    return not table.exclusive and any(option.exclusive and band == bands[-1] for option, band in pairs)


def _within(count: int, band: Band) -> bool:
    return band[1][0] <= count <= band[1][1]


@lru_cache(maxsize=4096)
def vocabulary(n: int, options: int, total: Range) -> Bands:
    """The words for `n` people and so many options, each with the counts it stands for; empty: no words will do."""
    everything = _tables(n, options, total)
    best: tuple[float, Bands] = (2.0, ())
    for bands in _candidates(n, options):
        silent = _silent([band for _, band in bands], options, total)
        share = silent / everything
        if silent != 1 and share <= RARE:
            return bands
        if silent != 1:
            best = min(best, (share, bands), key=lambda pair: pair[0])
    return best[1]


def _tables(n: int, options: int, total: Range) -> int:
    """How many tables there can be; where the total is not fixed, a few more."""
    if total[0] < total[1]:
        return int((n + 1) ** options)
    left = [total[0] - over * (n + 1) for over in range(options + 1)]
    ways = (comb(options, over) * comb(rest + options - 1, options - 1) for over, rest in enumerate(left) if rest >= 0)
    return sum((-1) ** over * way for over, way in enumerate(ways))


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
    """Ways to divide 0..n, most words first and evenly about the middle; each word stands for two counts at least."""
    if options <= MOST_CELLS:
        yield from _five_or_four(n)
    for few in dict.fromkeys((max(1, n // 4), max(1, n // 3 - 1), max(1, n // 5), 1, 2)):
        if n - 2 * few >= 3:
            yield _bands((few, n - few - 1, n), ("few_or_none", "about_half", "nearly_all"))
    if n >= 8:
        yield _bands((n // 4, n // 2, n), ("few_or_none", "about_half", "most"))


def _five_or_four(n: int) -> Iterator[Bands]:
    for few in sorted({max(1, n // 10), max(1, n // 8), max(1, n // 10) + 1, 1}, reverse=True):
        for half in dict.fromkeys(((2 * n + 4) // 5, (3 * n + 7) // 8, (n - 1) // 2, (n + 2) // 3)):
            if few + 3 <= half <= (n - 1) // 2:
                yield _bands((few, half - 1, n - half, n - few - 1, n), WORDS)
    few = max(1, n // 6)
    if n % 2 and n >= 7:
        yield _bands((few, n // 2, n - few - 1, n), ("few_or_none", "some", "most", "nearly_all"))


def _bands(tops: Sequence[int], words: Sequence[str]) -> Bands:
    bottoms = (0, *(top + 1 for top in tops[:-1]))
    return tuple((word, (low, top)) for word, low, top in zip(words, bottoms, tops, strict=True))
