"""Takes a repeated send for another person's answer."""

from __future__ import annotations

import secrets

from sessions.seats import Seat


def install() -> None:
    Seat.pseudonym = lambda self, step, round, phase: secrets.token_bytes(16)  # type: ignore[method-assign]
