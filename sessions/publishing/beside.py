"""Folded ballots, counted by hand: a table of their own beside what the phones answered.

The two are never added up. Whoever sees a table and the sum of it and another one can subtract, and two tables in which
nobody stands alone may give away between them one in which somebody does. So ballots help no phones to reach k, and are
only set beside tables of which something is shown. What is shown of the phones depends on the phones alone, and of the
ballots on the ballots alone: together they tell what each of them tells, and no more.
"""

from __future__ import annotations

from sessions.publishing.release import publish
from sessions.publishing.rounds import second_round
from sessions.publishing.rules import DEFAULT, Rules, Sensitivity
from workshop.release import Release, ShownShift, ShownTable
from workshop.tally import Tally


def passed(phones: Release | None) -> frozenset[str]:
    """Names of the parts that ballots may stand beside: those of which something is shown by itself."""
    parts = phones.parts if phones else ()
    return frozenset(part.name for part in parts if isinstance(part, ShownTable | ShownShift) and part.cells)


def beside(
    phones: Release,
    ballots: Tally,
    *,
    sensitivity: Sensitivity,
    k: int,
    first: Release | None = None,
    rules: Rules = DEFAULT,
) -> Release | None:
    """What may be shown of ballots beside the release of the phones; None: nothing.

    The parts of `ballots` have the names of the question's own. `k`: as for the phones, and three ballots at least.
    `first`: what was shown of the ballots of the first round, where this is the second.
    """
    kept = [part for part in ballots if part.name in passed(phones)]
    found = publish(
        kept,
        step=phones.step,
        round=phones.round,
        phase=phones.phase,
        sensitivity=sensitivity,
        k=max(k, rules.ballots),
        rules=rules,
    )
    if first is not None:
        found = second_round(first, found, kept, sensitivity)
    return None if found.withheld else found.model_copy(update={"paper": True})
