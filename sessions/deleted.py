"""Which sessions were deleted, so that a backup that is put back loses them again: hashes of their random handles.

Sorted, and without a date: the file says how many there were, and nothing of them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from workshop import durable
from workshop.config import Settings

MARK = re.compile(r"[0-9a-f]{64}")


class Deleted:
    """A set of handles that can be asked and added to, and not read out. It only grows: nobody knows every backup."""

    def __init__(self) -> None:
        self._path = Path()
        self._marks = set[str]()

    def open(self, settings: Settings) -> None:
        self._path = settings.data / "deleted"
        kept = self._path.read_text(encoding="ascii", errors="replace") if self._path.exists() else ""
        self._marks = {line for line in kept.split() if MARK.fullmatch(line)}

    def __contains__(self, handle: bytes) -> bool:
        return _mark(handle) in self._marks

    def add(self, handle: bytes) -> None:
        """On the disk when this returns; raises `OSError`."""
        if handle in self:
            return
        marks = self._marks | {_mark(handle)}
        durable.write(self._path, "".join(f"{mark}\n" for mark in sorted(marks)).encode())
        self._marks = marks


def _mark(handle: bytes) -> str:
    return hashlib.sha256(b"deleted" + handle).hexdigest()


deleted = Deleted()
