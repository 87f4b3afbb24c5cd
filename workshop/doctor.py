"""What is wrong with a set-up, and how many phones it holds: each check says what it found and what to do about it."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from workshop import database, machine
from workshop.config import WEAK, Settings
from workshop.network import addresses

TRIED = ((3, 11), (3, 13))
SCARCE, LITTLE = 200_000_000, 1_000_000_000
RESERVED = 128
"""Descriptors for the database, the console, the screen and the process itself."""
PER_PHONE = 2
"""A phone holds a socket, and now and then a second connection for a form."""


@dataclass(frozen=True)
class Finding:
    """One check: a `note` can be lived with, a `problem` cannot; `remedy` says what to do."""

    check: str
    level: Literal["ok", "note", "problem"]
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.level:<8} {self.check:<10} {self.says}{' ' if self.remedy else ''}{self.remedy}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def examine(settings: Settings) -> list[Finding]:
    """Every check, in the order in which a facilitator would ask."""
    return [
        python(),
        data(settings.data),
        disk(settings.data),
        keys(settings),
        runtime(settings.runtime),
        sqlite(settings.data),
        stored(settings.database),
        phones(),
        port(settings.host, settings.port),
        address(settings),
    ]


def ill(findings: Iterable[Finding]) -> bool:
    """Whether something must be mended before people are in the room."""
    return any(finding.level == "problem" for finding in findings)


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    low, high = TRIED
    if low <= sys.version_info[:2] <= high:
        return Finding("python", "ok", f"Python {version}.")
    return Finding("python", "note", f"Python {version} has not been tried with Attune.")


def data(folder: Path) -> Finding:
    """Written to by us, and read by nobody else."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        remedy = "Set ATTUNE_DATA to a folder of your own."
        return Finding("data", "problem", f"{folder} cannot be written ({error.strerror}).", remedy)
    if machine.open_to_others(folder):
        return Finding("data", "problem", f"Other users of this machine can read {folder}.", f"Run: chmod 700 {folder}")
    return Finding("data", "ok", f"{folder} can be written, and read by you alone.")


def disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB are free for data."
    if free < SCARCE:
        return Finding("disk", "problem", said, "Make room: with a full disk no answer can be saved.")
    return Finding("disk", "ok" if free >= LITTLE else "note", said)


def keys(settings: Settings) -> Finding:
    kept = settings.data / "secret_key"
    if len(settings.secret_key) < WEAK:
        remedy = "Set ATTUNE_SECRET_KEY to the outcome of: openssl rand -hex 32"
        return Finding("key", "problem", "The key that signs cookies is short.", remedy)
    if kept.exists() and machine.open_to_others(kept):
        return Finding("key", "problem", f"Other users of this machine can read {kept}.", f"Run: chmod 600 {kept}")
    return Finding("key", "ok", "The key that signs cookies is strong.")


def runtime(folder: Path) -> Finding:
    """The key of a session should be in memory alone: a stolen disk must not hold it."""
    kind = machine.filesystem(folder)
    if kind not in ("tmpfs", "ramfs"):
        said = f"Keys of open sessions are in {folder}, on disk, and overwritten when a session ends."
        remedy = "Set ATTUNE_RUNTIME to a folder in memory." if sys.platform == "linux" else ""
        return Finding("runtime", "note", said, remedy)
    if machine.swaps():
        return Finding("runtime", "note", f"{folder} is in memory, which this machine may write to its swap space.")
    return Finding("runtime", "ok", f"Keys of open sessions are in {folder}, in memory alone.")


def sqlite(folder: Path) -> Finding:
    """The promises about forgetting rest on these; asked of a database made for the question."""
    version = f"SQLite {sqlite3.sqlite_version}"
    try:
        with (
            tempfile.TemporaryDirectory(dir=folder, prefix=".doctor-") as away,
            closing(sqlite3.connect(Path(away) / "trial.db")) as connection,
        ):
            database.fresh(connection)
    except (database.Weak, sqlite3.Error, OSError) as error:
        remedy = "Use a Python with a newer SQLite, and a data folder on a local disk."
        return Finding("sqlite", "problem", f"{version}: {error}", remedy)
    return Finding("sqlite", "ok", f"{version} syncs every commit and overwrites what it deletes.")


def stored(path: Path) -> Finding:
    if not path.exists():
        return Finding("database", "ok", "There is no database yet: the first start makes it.")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        said = str(error)
    if said == "ok":
        return Finding("database", "ok", f"{path.name} is whole, {path.stat().st_size / 1e6:.1f} MB.")
    return Finding("database", "problem", f"{path} is damaged: {said}.", "Put a backup in its place.")


def phones() -> Finding:
    """The server raises its limit of open files to the hard one; each phone needs some."""
    limit = machine.open_files()
    if limit is None:
        return Finding("phones", "ok", "This system sets no limit to the phones of a room.")
    held = max(0, limit - RESERVED) // PER_PHONE
    said = f"{held:,} phones at a time ({limit:,} open files)."
    if held < 200:
        return Finding("phones", "problem", said, "Raise the limit: ulimit -Hn 65536, or LimitNOFILE= of the service.")
    return Finding("phones", "ok", said)


def port(host: str, number: int) -> Finding:
    if number == 0:
        return Finding("port", "ok", "The system chooses a port that is free.")
    why = machine.taken(host, number)
    if why is None:
        return Finding("port", "ok", f"Port {number} is free.")
    if machine.serves_attune(number):
        return Finding("port", "ok", f"Attune is running on port {number}.")
    remedy = "End the program that has it, or start with --port 8001."
    return Finding("port", "problem", f"Port {number} of {host} cannot be had ({why}).", remedy)


def address(settings: Settings) -> Finding:
    if settings.public_url:
        return Finding("address", "ok", f"Phones are sent to {settings.public_url}, as ATTUNE_PUBLIC_URL says.")
    found = addresses()
    if not found:
        remedy = "Join the Wi-Fi of the room, or switch on a hotspot."
        return Finding("address", "problem", "This machine is in no network, so phones cannot reach it.", remedy)
    others = f" (also {', '.join(found[1:])})" if found[1:] else ""
    return Finding("address", "ok", f"Phones are sent to {found[0]}{others}.")
