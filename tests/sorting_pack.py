"""A pack with lines to sort and a list to put in order."""

from __future__ import annotations

from tests.room_pack import step
from tests.workshop.small_pack import SMALL

LINES = """\
    categories: [{id: help, text: Helping}, {id: shield, text: Shielding (enabling)}, {id: depends, text: It depends}]
    statements:
      - {id: boss, text: 'Calling their boss: "It is the flu." It is a hangover.', article: shield, covers: [C01]}
      - {id: group, text: Driving them to a support group., article: help}
      - {id: debt, text: Paying the same betting debt a third time., article: shield}
      - {id: ride, text: "A safe ride home, even when they have been drinking.", article: help}
      - {id: sofa, text: Letting them sleep on the sofa. Again., article: depends}
      - {id: pay, text: "Sending part of my pay to family, every month.", article: depends}
    spare_statements:
      - {id: rent, text: Our faith group pays their rent for one month., article: depends}
      - {id: dentist, text: Paying the dentist directly instead of giving cash., article: help}
    three_questions:
      - Does it keep someone safe right now?
      - Could they do it themselves, even badly?
      - Does it make the harmful thing easier next time?"""
LIST = """\
    options:
      - {id: values, text: Live by my own values, covers: [C01]}
      - {id: friends, text: Keep friends of my own}
      - {id: ask, text: Ask for what I need and want}
      - {id: goals, text: Work on goals that are mine}
      - {id: joy, text: Make time for what I love}
      - {id: say_no, text: Say no when it feels off}
    rank_top: 3"""
WRITTEN = "\n    order: as_written"

STEPS = (
    step("sort", "sorting", "low", LINES),
    step("sort_near", "sorting", "personal", LINES + WRITTEN),
    step("sort_deep", "sorting", "tender", LINES + WRITTEN),
    step("rank", "ranking", "low", LIST),
    step("rank_near", "ranking", "personal", LIST + WRITTEN),
    step("rank_deep", "ranking", "tender", LIST + WRITTEN),
)
"""Between the warm-up and the role-play: in an order of each phone's own where low, as written elsewhere."""

SORTING = SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n")
