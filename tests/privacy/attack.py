"""The attack on a publication rule: know the code, list every table there could be, and see which could have been yours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from workshop.kinds.kind import Option, ShownTable, Table

Counts = tuple[int, ...]
Show = Callable[[Table], ShownTable]
Classes = dict[str, tuple[ShownTable, list[Counts]]]


def options(many: int, *, sole: bool = False) -> tuple[Option, ...]:
    return tuple(Option(id="abcdefghijklmnop"[i], text=f"Option {i}", exclusive=sole and i == 0) for i in range(many))


def compositions(n: int, cells: int) -> Iterator[Counts]:
    """Every way in which `n` people can make one choice each."""
    if cells == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in compositions(n - first, cells - 1):
            yield (first, *rest)


def tables(n: int, cells: int, *, ordinal: bool = False, groups: Sequence[tuple[str, ...]] = ()) -> Iterator[Table]:
    for counts in compositions(n, cells):
        yield Table("t", options(cells), counts, n, ordinal=ordinal, groups=tuple(groups))


def choose_many(n: int, cells: int, picks: tuple[int, int | None], *, sole: bool = False) -> Iterator[Table]:
    """Every table of `n` people who each take between `picks` options; with `sole`, the first option only by itself."""
    for counts in product(range(n + 1), repeat=cells):
        others, rest = (n - counts[0], counts[1:]) if sole else (n, counts)
        most = len(rest) if picks[1] is None else picks[1]
        if max(rest) <= others and others * picks[0] <= sum(rest) <= others * most:
            yield Table("t", options(cells, sole=sole), counts, n, exclusive=False, picks=picks)


def inverted(show: Show, every: Iterable[Table]) -> Classes:
    """All tables by what is shown of them."""
    classes: defaultdict[str, list[Counts]] = defaultdict(list)
    seen: dict[str, ShownTable] = {}
    for table in every:
        shown = show(table)
        key = shown.model_dump_json()
        seen[key] = shown
        classes[key].append(table.counts)
    return {key: (seen[key], found) for key, found in classes.items()}


def numbered(shown: ShownTable, option: str) -> int | None:
    """The number shown of this option alone, if there is one."""
    return next((c.shown for c in shown.cells if c.options == (option,) and isinstance(c.shown, int)), None)


def determined(classes: Classes, known: Counts = ()) -> list[tuple[ShownTable, int, int]]:
    """Hidden options whose count the attacker can tell: the release, the option's place, the count.

    `known`: answers the attacker knows already, by option; only tables that hold them can be meant.
    """
    found = []
    for shown, candidates in classes.values():
        left = [c for c in candidates if all(a >= b for a, b in zip(c, known, strict=False))]
        for i in range(len(candidates[0])):
            values = {c[i] for c in left}
            if len(values) == 1 and numbered(shown, "abcdefghijklmnop"[i]) is None:
                found.append((shown, i, values.pop()))
    return found


def singled_out(classes: Classes) -> list[ShownTable]:
    """Releases that show one person alone, everybody, or all but one."""
    return [
        shown
        for shown, candidates in classes.values()
        for cell in shown.cells
        if isinstance(cell.shown, int) and (cell.shown == 1 or cell.shown >= _people(shown, candidates) - 1)
    ]


def _people(shown: ShownTable, candidates: Sequence[Counts]) -> int:
    return shown.n if shown.n is not None else sum(candidates[0])
