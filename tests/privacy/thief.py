"""Whoever steals the disk: every byte that a server keeps, and who can be told apart in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

EMPTY_LOG = 0


def files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def hits(needles: Iterable[bytes], *folders: Path) -> list[tuple[bytes, str]]:
    """Which of `needles` stand in which file, as they are, in hex, or in base64."""
    found = []
    kept = [(path, path.read_bytes()) for path in files(*folders)]
    for needle in needles:
        for form in {needle, needle.hex().encode(), needle.hex().upper().encode(), *_in_base64(needle)}:
            found += [(needle, path.name) for path, content in kept if form in content]
    return found


def _in_base64(needle: bytes) -> set[bytes]:
    """What of it is the same wherever in a longer text it begins."""
    forms = set()
    for before in range(3):
        whole = base64.urlsafe_b64encode(b"\0" * before + needle).rstrip(b"=")
        inner = whole[(before * 8 + 5) // 6 : len(needle) * 8 // 6]
        if len(inner) >= 12:
            forms |= {inner, inner.replace(b"-", b"+").replace(b"_", b"/")}
    return forms


def secret(cookie: str) -> bytes:
    """What only the phone keeps: the middle of its cookie."""
    value = cookie.rpartition("=")[2]
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))[16:32]


def pseudonym(key: bytes, secret: bytes, step: str, round: int = 1, phase: int = 0) -> bytes:
    """The name beside an answer, made here anew from the design alone."""
    parts = (b"step", step.encode(), b"%d" % round, b"%d" % phase, secret)
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(key, message, hashlib.sha256)[:16]


def ask(database: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def log_bytes(database: Path) -> int:
    """How much is in the write-ahead log."""
    log = database.with_name(f"{database.name}-wal")
    return log.stat().st_size if log.exists() else EMPTY_LOG
