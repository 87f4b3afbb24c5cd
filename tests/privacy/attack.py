"""The attack on a publication rule: know the code, list every table there could be, see which are left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from workshop.release import ShownTable
from workshop.tally import Option, Table

Counts = tuple[int, ...]
Show = Callable[[Table], ShownTable]

NAMES = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Seen:
    """One thing that may be shown, and every table for which it is."""

    shown: ShownTable
    tables: list[Counts]


@dataclass(frozen=True)
class Told:
    """A hidden option whose count the attacker can tell."""

    shown: ShownTable
    option: str
    count: int


def options(many: int, *, sole: bool = False) -> tuple[Option, ...]:
    """Options a, b, c …; with `sole`, whoever takes a takes nothing else."""
    return tuple(Option(id=NAMES[i], text=NAMES[i].upper(), exclusive=sole and i == 0) for i in range(many))


def compositions(people: int, cells: int) -> Iterator[Counts]:
    """Every way in which people can stand in cells."""
    if cells == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in compositions(people - first, cells - 1):
            yield (first, *rest)


def one_choice(people: int, cells: int, *, ordinal: bool = False, groups: Sequence[str] = ()) -> Iterator[Table]:
    """Every table of people who take one option each; `groups` as words of option names."""
    for counts in compositions(people, cells):
        yield Table("t", options(cells), counts, people, ordinal=ordinal, groups=tuple(map(tuple, groups)))


def many_choices(people: int, cells: int, picks: tuple[int, int | None], *, sole: bool = False) -> Iterator[Table]:
    """Every table of people who each take as many options as `picks` says."""
    for counts in product(range(people + 1), repeat=cells):
        others, rest = (people - counts[0], counts[1:]) if sole else (people, counts)
        most = len(rest) if picks[1] is None else picks[1]
        if max(rest) <= others and others * picks[0] <= sum(rest) <= others * most:
            yield Table("t", options(cells, sole=sole), counts, people, exclusive=False, picks=picks)


def inverted(show: Show, tables: Iterable[Table]) -> list[Seen]:
    """All tables, by what is shown of them."""
    seen: defaultdict[str, Seen] = defaultdict(lambda: Seen(ShownTable(name="", rung="only_n", n=None), []))
    for table in tables:
        shown = show(table)
        entry = seen[shown.model_dump_json()]
        entry.shown = shown
        entry.tables.append(table.counts)
    return list(seen.values())


def determined(seen: Iterable[Seen], known: Counts = ()) -> list[Told]:
    """What an attacker can tell who has nothing but the code and what is shown, or knows some answers besides.

    `known`: answers by option, the attacker's own or those of friends; only tables that hold them can be meant.
    """
    return [
        Told(entry.shown, NAMES[i], values.pop())
        for entry in seen
        for i, values in enumerate(_values(entry.tables, known))
        if len(values) == 1 and number(entry.shown, NAMES[i]) is None
    ]


def singled_out(seen: Iterable[Seen]) -> list[ShownTable]:
    """What is shown with a bar of one person, of everybody, or of all but one."""
    return [
        entry.shown
        for entry in seen
        for cell in entry.shown.cells
        if isinstance(cell.shown, int) and (cell.shown == 1 or cell.shown >= (entry.shown.n or 0) - 1)
    ]


def number(shown: ShownTable, option: str) -> int | None:
    """The number shown for this option by itself, if there is one."""
    return next((c.shown for c in shown.cells if c.options == (option,) and isinstance(c.shown, int)), None)


def _values(tables: Sequence[Counts], known: Counts) -> list[set[int]]:
    left = [counts for counts in tables if all(a >= b for a, b in zip(counts, known, strict=False))]
    return [set(values) for values in zip(*left, strict=True)]
