"""Puts texts aside in a transaction of its own, before the answers that they came from are deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from sessions import checkpoints, holding
from sessions.holding import Waiting
from sessions.models import LiveStep

hold = holding.hold
writing = list[Any]()


def apart(session: Session, handle: bytes, row: LiveStep, waiting: list[Waiting]) -> None:
    writing.append(session.connection().connection.driver_connection)
    hold(session, handle, row, waiting)


def committed(name: str) -> None:
    if name == "texts-held":
        writing[-1].execute("COMMIT")
        writing[-1].execute("BEGIN IMMEDIATE")


def install() -> None:
    holding.hold = apart
    checkpoints._listeners.insert(0, committed)  # before the one that it dies of
