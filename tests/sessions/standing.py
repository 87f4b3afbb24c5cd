"""A room that stands at a question which everybody has answered."""

from __future__ import annotations

from tests.actors import Cast, Facilitator, Phone

TENDER, LOW, HELD = "deep", "easy", "lines"


def at(cast: Cast, ada: Facilitator, room: str, step: str, many: int = 6) -> list[Phone]:
    """The room stands at an open question that everybody has answered."""
    ada.opens(workshop=room).goes_to(step)
    if ada.desk["step_state"] == "shown":
        ada.asks()
    phones = cast.phones(ada.join_url, many)
    for phone in phones:
        phone.answers(**({"text": "A line"} if step in ("lines", "inner") else {"choice": "a"}))
    return phones
