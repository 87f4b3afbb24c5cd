"""A copy of the database in one file. Keys are elsewhere, so a copy never says more than was shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from workshop import copies
from workshop.database import db


class Refused(Exception):
    """Why there is no backup, as a sentence."""


def write(file: Path) -> None:
    """Copy the database to a new file that this user alone can read; raises `Refused` and leaves nothing behind."""
    try:
        db.run(lambda: copies.make(db.connection(), file))
    except FileExistsError as error:
        raise Refused(f"{file} is there already: a backup overwrites nothing.") from error
    except OSError as error:
        raise Refused(f"{file} cannot be written ({error.strerror}).") from error
    except sqlite3.Error as error:
        raise Refused(f"The backup was not made: {error}.") from error
