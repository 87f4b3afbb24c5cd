"""Leaves a crash as it was: starts without finishing what was begun."""

from __future__ import annotations

from datetime import date

from sessions import forget


def nothing(today: date) -> None:
    """Not even a wipe."""


def install() -> None:
    forget.finish = nothing
