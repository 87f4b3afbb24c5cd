"""The attack on the publication rules, further than the suite has time for: `python -m tests.privacy.search --help`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from sessions.publishing import publish_table, shift
from tests.privacy.attack import NAMES, determined, inverted, many_choices, one_choice, singled_out
from tests.privacy.moves import Moves
from workshop.tally import Table

PICKS: Sequence[tuple[int, int | None]] = [(1, None), (1, 1), (1, 2), (2, 2), (1, 3), (2, 3), (3, 3), (0, None)]


def main() -> int:
    """Print a line for each kind of table, and what can be told of them; 1 when anything can."""
    parser = argparse.ArgumentParser(prog="python -m tests.privacy.search", description=__doc__)
    parser.add_argument("--people", type=int, default=20, help="up to how many people make one choice each")
    parser.add_argument("--options", type=int, default=5, help="up to how many options they have")
    parser.add_argument("--tables", type=int, default=12_000, help="leave out sizes with more tables than this")
    parser.add_argument("--moved", type=int, default=16, help="up to how many people answer before and after")
    asked = parser.parse_args()
    told = 0
    for name, tables in _all(asked.people, asked.options):
        every = list(_up_to(tables, asked.tables))
        if len(every) < 2:
            continue
        found = sum(_told(every, sensitivity) for sensitivity in ("personal", "tender"))
        told += found
        print(f"{len(every):7} tables, {found} told: {name}", flush=True)
    for n in range(10, asked.moved + 1):
        for width in (1, 2, 3, 4):
            found = len(Moves(n, width).told(shift.drawn))
            told += found
            print(f"all tables, {found} told: {n} people, before and after on {width + 1} points", flush=True)
    return int(told > 0)


def _told(tables: Sequence[Table], sensitivity: str) -> int:
    if sensitivity == "tender" and tables[0].answerers < 6:
        return 0
    seen = inverted(partial(publish_table, sensitivity=sensitivity), tables)  # type: ignore[arg-type]
    return len(determined(seen)) + (len(singled_out(seen)) if sensitivity == "personal" else 0)


def _up_to(tables: Iterable[Table], most: int) -> Iterator[Table]:
    """The tables, or none when there are more than `most`: half of them would prove nothing."""
    kept = []
    for table in tables:
        kept.append(table)
        if len(kept) > most:
            return
    yield from kept


def _all(people: int, most: int) -> Iterator[tuple[str, Iterable[Table]]]:
    for n in range(5, people + 1):
        for m in range(2, most + 1):
            yield f"{n} people, {m} options", one_choice(n, m)
            yield f"{n} people, a scale of {m}", one_choice(n, m, ordinal=True)
            if n <= 12:
                for groups in _partitions(NAMES[:m]):
                    yield f"{n} people, groups {groups}", one_choice(n, m, groups=groups)
            if n <= 12 and m <= 5:
                for picks in PICKS:
                    for sole in (False, True):
                        name = f"{n} people, {picks} of {m} options{', one of them alone' if sole else ''}"
                        yield name, many_choices(n, m, picks, sole=sole)


def _partitions(names: str) -> Iterator[list[str]]:
    """Every way to divide options into groups."""
    if not names:
        yield []
        return
    for rest in _partitions(names[1:]):
        yield [names[0], *rest]
        for i, group in enumerate(rest):
            yield [*rest[:i], names[0] + group, *rest[i + 1 :]]


if __name__ == "__main__":
    raise SystemExit(main())
