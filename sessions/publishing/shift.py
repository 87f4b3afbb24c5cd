"""Before and after, or then and now: whether a line went up, stayed or went down for the same people, in words.

From ten people on also two dots, the means before and after, on half points. Words and dots together can tell a number
that neither of them tells. So dots are drawn only where, for somebody who knows this code, each way still has two
possible numbers and any two answers could be one person's; and they are left out once more than that needs, in the
safe case that is least likely, since silence that stands for nothing but the rest would tell as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sessions.publishing.inference import Range
from sessions.publishing.tender import say, vocabulary
from workshop.release import ShownShift
from workshop.tally import Option, Shift, Table

WAYS = ("up", "stayed", "down")
DOTS_FROM = 10
LOOKED_AT = 24
"""Numbers of people going up that are tried before dots count as telling: more of them would take too long."""

Ways = tuple[Range, Range, Range]
"""How many people each word leaves room for."""


def moved(shift: Shift) -> ShownShift:
    """One line as a room may see it, however sensitive the question is. Nothing but words and dots, not even n."""
    said = say(_table(shift)).cells
    before, after = _dots(shift, tuple(str(cell.shown) for cell in said)) if said else (None, None)
    return ShownShift(
        name=shift.name,
        title=shift.title,
        low=shift.low,
        high=shift.high,
        n=None,
        cells=said,
        before=before,
        after=after,
    )


def _table(shift: Shift) -> Table:
    """The people by which way they went; ids for texts, because what is stored is read in any language."""
    ways = dict.fromkeys(WAYS, 0)
    for (before, after), people in shift.pairs:
        ways["up" if after > before else "down" if after < before else "stayed"] += people
    options = tuple(Option(id=way, text=way) for way in WAYS)
    return Table(name=shift.name, options=options, counts=tuple(ways.values()), answerers=shift.answerers)


# ---------- dots ----------


def _dots(shift: Shift, words: tuple[str, ...]) -> tuple[float | None, float | None]:
    """The means on half points; none for fewer than ten people, where they would tell too much, or are not known."""
    n, width = shift.answerers, shift.high - shift.low
    sums = [sum((pair[side] - shift.low) * people for pair, people in shift.pairs) for side in (0, 1)]
    if not shift.dots or n < DOTS_FROM or not drawn(n, width, words, (halves(sums[0], n), halves(sums[1], n))):
        return None, None
    return shift.low + halves(sums[0], n) / 2, shift.low + halves(sums[1], n) / 2


def halves(total: int, n: int) -> int:
    """The mean of `n` numbers that come to `total`, as a number of half points."""
    return (4 * total + n) // (2 * n)


def drawn(n: int, width: int, words: tuple[str, ...], dots: tuple[int, int]) -> bool:
    """Whether dots at so many half points stand beside these words, on a scale of `width` steps."""
    ways = _room(n, words)
    return dots != _left_out(n, width, ways) and _Told.of(n, width, ways, dots).leaves_open


@lru_cache(maxsize=4096)
def _room(n: int, words: tuple[str, ...]) -> Ways:
    bands = dict(vocabulary(n, len(WAYS), (n, n)))
    up, stayed, down = (bands[word] for word in words)
    return up, stayed, down


@lru_cache(maxsize=4096)
def _left_out(n: int, width: int, ways: Ways) -> tuple[int, int] | None:
    """Dots that would be safe and are not drawn: the first from the outside."""
    places = range(2 * width + 1)
    every = sorted(
        ((before, after) for before in places for after in places), key=lambda dots: -sum(abs(d - width) for d in dots)
    )
    return next((dots for dots in every if _Told.of(n, width, ways, dots).leaves_open), None)


@dataclass(frozen=True)
class _Told:
    """What words and dots tell of `n` people: how many went which way, and the sums of their points, from 0 up.

    One person who goes up adds a pair (b, a) with b < a. All their pairs together can be any sums within the sides of
    that triangle taken as often, because the sides only have the slopes 0, 1 and infinity; the same holds for those who
    went down or stayed, and so for all of them. `tests/privacy/test_shift.py` compares this with every table.
    """

    n: int
    width: int
    ways: Ways
    before: Range
    after: Range

    @classmethod
    def of(cls, n: int, width: int, ways: Ways, dots: tuple[int, int]) -> _Told:
        before, after = (_sums(place, n, width) for place in dots)
        return cls(n, width, ways, before, after)

    @property
    def leaves_open(self) -> bool:
        """True when each way has two possible numbers, and no pair of answers is ruled out for one person."""
        return self._two_numbers() and all(self._with(pair)._is_possible() for pair in _corners(self.width))

    def _two_numbers(self) -> bool:
        ups, stays, downs = set[int](), set[int](), set[int]()
        for up, fewest, most in self._fitting():
            ups.add(up)
            stays |= {self.n - up - fewest, self.n - up - most}
            downs |= {fewest, most}
            if min(len(ups), len(stays), len(downs)) > 1:
                return True
        return False

    def _is_possible(self) -> bool:
        return next(self._fitting(), None) is not None

    def _with(self, pair: tuple[int, int]) -> _Told:
        """What is told of the others, when one person gave this pair."""
        before, after = pair
        way = 0 if after > before else 1 if after == before else 2
        up, stayed, down = (_less(room, int(at == way)) for at, room in enumerate(self.ways))
        return _Told(self.n - 1, self.width, (up, stayed, down), _less(self.before, before), _less(self.after, after))

    def _fitting(self) -> Iterator[tuple[int, int, int]]:
        """How many can have gone up, each with the fewest and the most who can have gone down then."""
        n, width = self.n, self.width
        (least, most), (fewest_stay, most_stay), (fewest, downs) = self.ways
        (b0, b1), (a0, a1) = self.before, self.after
        for up in _some(least, min(most, width * n - b0, a1)):
            low = max(fewest, n - up - most_stay, -((a1 - b0 - up) // width))
            high = min(downs, n - up - fewest_stay, b1, width * n - a0, width * up - a0 + b1)
            if low <= high and b0 <= b1 and a0 <= a1:
                yield up, low, high


def _less(room: Range, taken: int) -> Range:
    return max(0, room[0] - taken), room[1] - taken


def _some(first: int, last: int) -> Iterator[int]:
    """All numbers from first to last; some of them, evenly, where there are many."""
    if last - first < LOOKED_AT:
        yield from range(first, last + 1)
    else:
        yield from (first + (last - first) * i // (LOOKED_AT - 1) for i in range(LOOKED_AT))


def _corners(width: int) -> set[tuple[int, int]]:
    """The pairs at the corners of what one person can give; where they are possible, all between them are."""
    return {(0, 0), (width, width), (0, 1), (0, width), (width - 1, width), (1, 0), (width, 0), (width, width - 1)}


def _sums(place: int, n: int, width: int) -> Range:
    """All sums of n numbers whose mean is drawn at this place."""
    return max(0, -((n - 2 * n * place) // 4)), min(n * width, -((n - 2 * n * (place + 1)) // 4) - 1)
