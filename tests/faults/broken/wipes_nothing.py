"""Deletes, and leaves what deleting leaves."""

from __future__ import annotations

from sessions import forget, wiping
from workshop import database


def install() -> None:
    database.PRAGMAS["secure_delete"] = 0
    wiping.wipe = forget.wipe = lambda: True
