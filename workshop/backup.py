"""A copy of the database in one file. Keys are elsewhere, so a copy never says more than was shown."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from workshop.database import db


class Refused(Exception):
    """Why there is no backup, as a sentence."""


def write(file: Path) -> None:
    """Copy the database to a new file that this user alone can read; raises `Refused` and leaves nothing behind."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise Refused(f"{file} is there already: a backup overwrites nothing.") from error
    except OSError as error:
        raise Refused(f"{file} cannot be written ({error.strerror}).") from error
    try:
        db.run(lambda: db.connection().execute("VACUUM INTO ?", (str(file),)).close())
        _sync(file)
    except (sqlite3.Error, OSError) as error:
        file.unlink(missing_ok=True)
        raise Refused(f"The backup was not made: {error}.") from error


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
