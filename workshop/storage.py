"""When the disk is at fault and not we: which errors those are, and what a person is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from workshop.words import N_
from workshop.words import gettext as _

BUSY = sqlite3.SQLITE_BUSY

FAULTS = {
    sqlite3.SQLITE_BUSY: N_("another program is using the database"),
    sqlite3.SQLITE_READONLY: N_("the database cannot be written"),
    sqlite3.SQLITE_IOERR: N_("the disk reports errors"),
    sqlite3.SQLITE_CORRUPT: N_("the database is damaged"),
    sqlite3.SQLITE_FULL: N_("the disk is full"),
    sqlite3.SQLITE_CANTOPEN: N_("the database cannot be opened"),
    sqlite3.SQLITE_NOTADB: N_("the database is damaged"),
}
"""By SQLite's primary result code."""

MOVED = N_("its files were moved or deleted while it was running, so restart Attune")


class Unusable(Exception):
    """No server can run on this database: a sentence that says why, and what to do."""


class Unsaved(Exception):
    """A change that did not reach the disk, and of which nothing was done: a sentence for a facilitator."""

    def __init__(self, why: str) -> None:
        super().__init__(_("Nothing was saved: {why}. Try again when that is mended.").format(why=_(why)))


def fault(error: BaseException | None) -> int | None:
    """The primary result code, when `error` is SQLite's and the disk's fault."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code if code in FAULTS else None


def examine(connection: sqlite3.Connection, path: Path) -> None:
    """Look for damage, and write something that is taken back; raises `Unusable`."""
    try:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (mark,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("BEGIN IMMEDIATE")  # which a file that is read-only allows
        connection.execute(f"PRAGMA user_version={mark}")
        connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    if said != "ok":
        raise Unusable(f"{path} is damaged ({said.splitlines()[-1]}). Put a backup in its place.")


def unusable(path: Path, error: BaseException | None) -> Unusable:
    """What to tell whoever starts a server on a database that gives this error."""
    if fault(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Unusable(f"{path} is damaged ({error}). Put a backup in its place.")
    return Unusable(f"Attune cannot use {path} ({error}). Look whether another program has it open, and who may write.")


def uncopied(path: Path, error: BaseException) -> Unusable:
    """What to tell where no copy can be made before the schema is changed."""
    return Unusable(f"{path} is of an older version, and cannot be copied before it is changed ({error}). Make room.")


def stuck(path: Path, copy: Path, error: BaseException) -> Unusable:
    """What to tell where the schema could not be changed."""
    why = f"{path} could not be brought up to date ({type(error).__name__}) and is as it was"
    kept = f", with a copy in {copy}" if copy.exists() else ""
    return Unusable(f"{why}{kept}. Start the version of Attune that it is of, and report what happened.")


def identities(path: Path) -> tuple[int, ...]:
    """Which files now stand under the names of a database and its log; 0 for none."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return tuple(file.stat().st_ino if file.exists() else 0 for file in files)
