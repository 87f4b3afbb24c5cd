"""Broken on purpose: what is shown is safe, and stands in the order of the counts behind it."""

from __future__ import annotations

from sessions.publishing import publish_table
from workshop.release import ShownTable
from workshop.tally import Table


def publish(table: Table) -> ShownTable:
    shown = publish_table(table, "personal")
    counts = {option.id: count for option, count in zip(table.options, table.counts, strict=True)}
    return shown.model_copy(
        update={"cells": tuple(sorted(shown.cells, key=lambda cell: -sum(counts[id] for id in cell.options)))}
    )
