"""Copies of the database in one file, for this user alone; one is made before a schema is changed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

BLOCK = 1 << 20


def make(connection: sqlite3.Connection, file: Path) -> None:
    """A consistent copy in a new file; raises `OSError` or `sqlite3.Error`, and leaves nothing half-made behind."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        connection.execute("VACUUM INTO ?", (str(file),)).close()
        _sync(file)
    except (sqlite3.Error, OSError):
        file.unlink(missing_ok=True)
        raise


def before(database: Path) -> Path:
    """Where the copy lies that was made before the schema was changed."""
    return database.with_name(f"{database.stem}-before{database.suffix}")


def keep(connection: sqlite3.Connection, database: Path) -> None:
    """Make that copy; one of an earlier try is replaced, since more may have been deleted by now."""
    draft = before(database).with_suffix(".new")
    draft.unlink(missing_ok=True)
    make(connection, draft)
    draft.replace(before(database))


def drop(database: Path) -> None:
    """All is well: the copy goes, overwritten first, since what it holds may be deleted from the database next."""
    copy = before(database)
    if not copy.exists():
        return
    with copy.open("rb+") as file:
        for _ in range(0, copy.stat().st_size, BLOCK):
            file.write(bytes(BLOCK))
        os.fsync(file.fileno())
    copy.unlink()


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
