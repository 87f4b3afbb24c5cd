"""Counts, and keeps what it counted: neither deleted nor wiped."""

from __future__ import annotations

from collections.abc import Callable

from sessions import counting, wiping


def install(put: Callable[[object, str, object], None] = setattr) -> None:
    put(counting, "drop", lambda session, row, phase: None)
    put(wiping, "wipe", lambda: True)
