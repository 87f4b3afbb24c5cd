"""Wipe what deleting leaves on the disk: the write-ahead log, and pages that are free."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import gevent

from sessions import checkpoints, errands
from workshop.database import db

FIRST_SECONDS = 0.1
"""Before the first try: the room hears that its question is closed, and then the processor is free."""
TRY_EVERY = 1.0
"""Seconds between two tries; a reader or a backup may be in the way for a moment."""

ANY_OPEN = """SELECT EXISTS (SELECT 1 FROM open_answers)
    OR EXISTS (SELECT 1 FROM live_steps WHERE state IN ('open', 'closing', 'interrupted'))"""


class Wiper:
    """After a close, the write-ahead log must once come back empty, and free pages rebuilt once nothing is open."""

    def __init__(self) -> None:
        self._due = False
        self._running = False
        self._when_done: list[Callable[[], None]] = []

    def open(self, when_done: Callable[[], None] = lambda: None) -> None:
        self._due = self._running = False
        self._when_done = [when_done]

    @property
    def wiped(self) -> bool:
        """False from a close until its traces are gone from the disk."""
        return not (self._due or self._running)

    def soon(self) -> None:
        """Start wiping in the background; between batches of answers, never in their way."""
        self._due = True
        if not self._running:
            self._running = True
            errands.start(self._until_done)

    def _until_done(self) -> None:
        try:
            gevent.sleep(FIRST_SECONDS)
            while self._due:
                self._wipe_once()
                if self._due:
                    gevent.sleep(TRY_EVERY)
        finally:
            self._running = False
        for tell in self._when_done:
            tell()

    def _wipe_once(self) -> None:
        """What is closed while this runs may come too late for it, and is due again."""
        self._due = done = False
        try:
            done = db.run(wipe)
        finally:
            self._due = self._due or not done


wiper = Wiper()


def wipe() -> bool:
    """Once: empty the write-ahead log, rebuild the file if no question is open. True when it is all gone."""
    connection = db.connection()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        checkpoints.reached("before-checkpoint")
        if not _truncated(connection):
            return False
        checkpoints.reached("checkpointed")
        if _any_open(connection):
            return True
        connection.execute("VACUUM")
        checkpoints.reached("vacuumed")
        return _truncated(connection)
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute("PRAGMA busy_timeout=5000")


def _truncated(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0))


def _any_open(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute(ANY_OPEN).fetchone()[0])
