"""Phones shown by themselves as soon as phones and ballots together are enough people."""

from __future__ import annotations

from sessions.publishing import publish_table
from workshop.release import ShownTable
from workshop.tally import Table


def publish(phones: Table, ballots: Table, k: int) -> tuple[ShownTable | None, ShownTable | None]:
    if phones.answerers + ballots.answerers < k:
        return None, None
    return publish_table(phones, "personal"), publish_table(ballots, "personal")
