"""The groups of the step that is shown, and who has met whom: in memory alone, wiped with the step and the session.

Nothing of it is counted, logged or stored; what outlives a restart is on the phones: see `claims`.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable

from sessions.dealing import Circle, Deal

WAITED_SECONDS = 60.0
"""How long a phone that was in a group before the server restarted may take to come back."""


class Partners:
    """Circles by live session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, chance: random.Random | None = None) -> None:
        self._clock, self._chance = clock, chance or random.Random(secrets.token_bytes(32))  # noqa: S311
        self.open()

    def open(self) -> None:
        self.circles: dict[int, Circle] = {}

    def of(self, live_id: int) -> Circle:
        return self.circles.get(live_id) or self.circles.setdefault(live_id, Circle())

    def deal(self, live_id: int, row: int, rather: int, turn: int) -> Deal:
        """The groups of this step since it was dealt last; those of another step, or an earlier turn, are forgotten."""
        circle = self.of(live_id)
        before = circle.deal if circle.deal and circle.deal.row == row else None
        if before is None or before.turn != turn:
            circle.deal = Deal(circle, row, rather, turn, self._chance)
            circle.deal.began = self._clock()
            if before:
                circle.deal.moves = before.moves
                circle.deal.beside.update({who: "alone" for who, why in before.beside.items() if why == "alone"})
        assert circle.deal
        return circle.deal

    def standing(self, live_id: int, row: int) -> Deal | None:
        """The groups of this step, if anything is known of them."""
        circle = self.circles.get(live_id)
        return circle.deal if circle and circle.deal and circle.deal.row == row else None

    def waited(self, deal: Deal) -> bool:
        """True when whoever had a group before a restart has had the time to come back."""
        return self._clock() - deal.began > WAITED_SECONDS

    def over(self, live_id: int) -> None:
        """The step is over, or people find each other by themselves again."""
        if circle := self.circles.get(live_id):
            circle.deal = None

    def dealt(self) -> list[int]:
        """The live sessions that have groups now."""
        return [live_id for live_id, circle in self.circles.items() if circle.deal and circle.deal.groups]

    def forget(self, live_id: int) -> None:
        """The session is over."""
        self.circles.pop(live_id, None)


partners = Partners()
