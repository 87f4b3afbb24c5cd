"""A pack with the steps that people may answer on paper, and one that they may not."""

from __future__ import annotations

from tests.measures_pack import COLUMNS, FELT, HEARD, LINES, TRUE, form
from tests.room_pack import OPTIONS, step
from tests.sorting_pack import LINES as SORTED
from tests.workshop.small_pack import SMALL

PAPER = "\n    paper: true"

STEPS = (
    step("easy", "poll", "low", OPTIONS + PAPER),
    step("near", "poll", "personal", OPTIONS + PAPER),
    step("sort", "sorting", "personal", SORTED + PAPER),
    step("moved", "grid", "personal", f"{LINES}\n{TRUE}\n{COLUMNS}{PAPER}"),
    step("heard", "form", "personal", form(HEARD, FELT) + PAPER),
    step("bare", "poll", "low", OPTIONS),
)
"""Between the warm-up `hello` and the role-play `talk`."""

BALLOTS = SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n")
