"""Stores a pulse like the results of any other question, so that it outlives the session."""

from __future__ import annotations

from collections.abc import Callable

from sessions.asked import Asked


def install(put: Callable[[object, str, object], None] = setattr) -> None:
    put(Asked, "audience", property(lambda asked: "room"))
