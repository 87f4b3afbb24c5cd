"""The attack on then and now: every way in which people can have moved, by what is shown of it.

How many went up and down, and the sums of what they gave before and after, are one bit each in a long number; adding a
person shifts it. So all tables of a dozen people on five points, which are many millions, can be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from math import floor

from sessions.publishing.tender import say
from workshop.tally import Option, Table

Pair = tuple[int, int]
Words = tuple[str, ...]
Dots = tuple[int, int]
Drawn = Callable[[int, int, Words, Dots], bool]
Label = tuple[Words, Dots | None]

WAYS = tuple(Option(id=way, text=way) for way in ("up", "stayed", "down"))


@cache
def words(n: int, up: int, down: int) -> Words:
    """What is said of so many people; nothing where it is silence."""
    table = Table("line", WAYS, (up, n - up - down, down), n)
    return tuple(str(cell.shown) for cell in say(table).cells)


def half(total: int, n: int) -> int:
    """The mean in half points, as everybody rounds."""
    return floor(2 * total / n + 0.5)


@dataclass(frozen=True)
class Moves:
    """`n` people on a line with the points 0 to `width`."""

    n: int
    width: int

    @cached_property
    def pairs(self) -> list[Pair]:
        points = range(self.width + 1)
        return [(before, after) for before in points for after in points]

    @property
    def hidden(self) -> Iterator[tuple[str, set[Pair]]]:
        """Everything that could be counted and is not said: ways, points, and pairs of points."""
        yield "went up", {(b, a) for b, a in self.pairs if a > b}
        yield "stayed", {(b, a) for b, a in self.pairs if a == b}
        yield "went down", {(b, a) for b, a in self.pairs if a < b}
        for point in range(self.width + 1):
            yield f"{point} before", {(b, a) for b, a in self.pairs if b == point}
            yield f"{point} after", {(b, a) for b, a in self.pairs if a == point}
        for pair in self.pairs:
            yield f"{pair[0]} to {pair[1]}", {pair}

    def told(self, drawn: Drawn) -> list[tuple[Label, str, int]]:
        """What an attacker can tell who has nothing but the code, the words and the dots."""
        seen = self.seen(drawn)
        everything = self.reached({*self.pairs})[self.n]
        found = []
        for name, counted in self.hidden:
            by_number = self.reached(counted)
            for label, bits in seen.items():
                numbers = [number for number, reached in enumerate(by_number) if reached & bits]
                if bits & everything and len(numbers) == 1:
                    found.append((label, name, numbers[0]))
        return found

    def seen(self, drawn: Drawn) -> dict[Label, int]:
        """What may be shown, each with the bits of all that it stands for."""
        bands: dict[Words, int] = {}
        for up in range(self.n + 1):
            for down in range(self.n + 1 - up):
                said = words(self.n, up, down)
                bands[said] = bands.get(said, 0) | 1 << self._bit(up, down, 0, 0)
        seen: dict[Label, int] = {}
        for said, ways in bands.items():
            for dots, sums in self._dots.items():
                shown = bool(said) and drawn(self.n, self.width, said, dots)
                label = (said, dots if shown else None)
                seen[label] = seen.get(label, 0) | ways * sums
        return seen

    def reached(self, counted: set[Pair]) -> list[int]:
        """All that n people can come to, by how many of them gave one of the pairs `counted`."""
        shifts = [(self._bit(a > b, a < b, b, a), (b, a) in counted) for b, a in self.pairs]
        steps = [[bit for bit, inside in shifts if inside is which] for which in (False, True)]
        reached = [1]
        for _ in range(self.n):
            more = [0] * (len(reached) + 1)
            for number, bits in enumerate(reached):
                for which, shifted in enumerate(steps):
                    for bit in shifted:
                        more[number + which] |= bits << bit
            reached = more
        return reached

    @cached_property
    def _dots(self) -> dict[Dots, int]:
        """The bits of all sums that are drawn as these dots."""
        sums = range(self.n * self.width + 1)
        found: dict[Dots, int] = {}
        for before in sums:
            for after in sums:
                dots = (half(before, self.n), half(after, self.n))
                found[dots] = found.get(dots, 0) | 1 << self._bit(0, 0, before, after)
        return found

    def _bit(self, up: int, down: int, before: int, after: int) -> int:
        sums = self.n * self.width + 1
        return ((up * (self.n + 1) + down) * sums + before) * sums + after
