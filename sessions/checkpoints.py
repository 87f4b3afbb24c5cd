"""Named points at which a process may die; tests kill it there, in production nothing listens."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[str], None]] = []


def reached(name: str) -> None:
    """Tell whoever listens that `name` was reached."""
    for listener in _listeners:
        listener(name)


def listen(listener: Callable[[str], None]) -> None:
    _listeners.append(listener)
