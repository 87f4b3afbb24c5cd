"""Ballots added to the phones' answers, and both tables shown: the smaller one can be subtracted."""

from __future__ import annotations

from dataclasses import replace

from sessions.publishing import publish_table
from workshop.release import ShownTable
from workshop.tally import Table


def publish(phones: Table, ballots: Table) -> tuple[ShownTable, ShownTable]:
    """The phones' table when they closed, and both together when the ballots were entered."""
    both = tuple(one + other for one, other in zip(phones.counts, ballots.counts, strict=True))
    together = replace(phones, counts=both, answerers=sum(both))
    return publish_table(phones, "personal"), publish_table(together, "personal")
