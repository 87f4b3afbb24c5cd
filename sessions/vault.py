"""What lives outside the database and is destroyed on time: keys, minutes for the plan, and seats that were given up.

K links a phone's answers within a session and never reaches a disk where the system has a folder in memory. D opens the
answers of one question and is gone after the commit that closes it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sessions import checkpoints
from workshop import durable
from workshop.config import Settings

OURS = re.compile(r"[0-9a-f]{32}\.(k|left|\d+\.\d+\.d|\d+\.t|minutes)(\.new)?")
"""The names of our files: whatever else lies in these folders is not ours to touch."""


SEAT = 16
"""Bytes in which a seat is named."""


class Key:
    """32 secret bytes that never print."""

    __slots__ = ("_bytes", "cipher")

    def __init__(self, raw: bytes) -> None:
        self._bytes, self.cipher = raw, AESGCM(raw)

    def __repr__(self) -> str:
        return "<key>"

    def hmac(self, label: str, *fields: bytes) -> bytes:
        """HMAC-SHA256 of length-prefixed fields; 32 bytes."""
        message = b"".join([len(part).to_bytes(4, "big") + part for part in (label.encode(), *fields)])
        return hmac.digest(self._bytes, message, hashlib.sha256)


class Vault:
    """Two folders of files. `volatile` for K and the seats given up, `durable` for D, texts' keys and minutes."""

    def __init__(self) -> None:
        self._volatile = self._durable = Path()
        self._keys: dict[str, Key] = {}  # by the file's name: a path costs more to make than the key to find
        self._left: dict[bytes, set[bytes]] = {}

    def open(self, settings: Settings) -> None:
        self._volatile, self._durable = settings.runtime, settings.keys
        self._keys, self._left = {}, {}

    # -- a session's key

    def make(self, handle: bytes) -> Key:
        return self._make(self._volatile / f"{handle.hex()}.k")

    def key(self, handle: bytes) -> Key | None:
        return self._read(self._volatile, f"{handle.hex()}.k")

    def destroy(self, handle: bytes) -> None:
        """All that this session has here: its key, its open questions' keys, its minutes, its seats given up."""
        self._left.pop(handle, None)
        for folder in (self._volatile, self._durable):
            for path in folder.glob(f"{handle.hex()}.*"):
                self._destroy(path)

    # -- seats given up, beside the key without which they name nobody: a copied cookie stays dead over a restart

    def give_up(self, handle: bytes, seat: bytes) -> None:
        """After Leave: `seat`, 16 bytes, is nobody's from here on. On a full disk, until this process ends."""
        left = self._seats_left(handle)
        left.add(seat)
        path = self._volatile / f"{handle.hex()}.left"
        with contextlib.suppress(OSError):
            durable.write(path, b"".join(sorted(left)), synced=False)  # of a power cut, K does not come back either
            os.utime(path, (0, 0))  # nobody is to know when somebody left

    def gave_up(self, handle: bytes, seat: bytes) -> bool:
        """True for a seat that was left, until the session ends."""
        return seat in self._seats_left(handle)

    def _seats_left(self, handle: bytes) -> set[bytes]:
        left = self._left.get(handle)
        if left is None:
            path = self._volatile / f"{handle.hex()}.left"
            kept = path.read_bytes() if path.exists() else b""
            left = self._left[handle] = {kept[at : at + SEAT] for at in range(0, len(kept), SEAT)}
        return left

    # -- a question's key, and that of its held texts

    def make_question(self, handle: bytes, row: int, phase: int) -> Key:
        return self._make(self._durable / _question(handle, row, phase))

    def question(self, handle: bytes, row: int, phase: int) -> Key | None:
        return self._read(self._durable, _question(handle, row, phase))

    def destroy_question(self, handle: bytes, row: int, phase: int) -> None:
        self._destroy(self._durable / _question(handle, row, phase))

    def make_texts(self, handle: bytes, row: int) -> Key:
        return self._make(self._durable / _texts(handle, row))

    def texts(self, handle: bytes, row: int) -> Key | None:
        return self._read(self._durable, _texts(handle, row))

    def destroy_texts(self, handle: bytes, row: int) -> None:
        self._destroy(self._durable / _texts(handle, row))

    def handles(self) -> set[bytes]:
        """Sessions that have anything here."""
        found = set()
        for folder in (self._volatile, self._durable):
            for path in folder.iterdir():
                if OURS.fullmatch(path.name):
                    found.add(bytes.fromhex(path.name.split(".")[0]))
        return found

    def questions(self, handle: bytes) -> set[tuple[int, int]]:
        """(row, phase) of every question of a session that still has a key."""
        names = (path.name.split(".") for path in self._durable.glob(f"{handle.hex()}.*.d"))
        return {(int(row), int(phase)) for _, row, phase, _ in names}

    def texts_kept(self, handle: bytes) -> set[int]:
        """The rows of every question of a session whose texts still have a key."""
        return {int(path.name.split(".")[1]) for path in self._durable.glob(f"{handle.hex()}.*.t")}

    # -- minutes for the plan

    def minutes(self, handle: bytes) -> dict[str, int]:
        """Whole minutes since the epoch, by name (`opened`, `started`); empty when unknown."""
        path = self._minutes(handle)
        try:
            return {str(name): int(minute) for name, minute in json.loads(path.read_text()).items()}
        except (OSError, ValueError):
            return {}

    def note(self, handle: bytes, name: str, minute: int) -> None:
        """Keep a minute; on a full disk the plan does without."""
        minutes = self.minutes(handle) | {name: minute}
        path = self._minutes(handle)
        with contextlib.suppress(OSError):
            path.touch(0o600)
            path.write_text(json.dumps(minutes))

    # -- files

    def _minutes(self, handle: bytes) -> Path:
        return self._durable / f"{handle.hex()}.minutes"

    def _make(self, path: Path) -> Key:
        """A new key, on the disk before it is used; one that is there already stays (a crash came between)."""
        kept = self._read(path.parent, path.name)
        if kept:
            return kept
        raw = secrets.token_bytes(32)
        draft = path.with_name(path.name + ".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        checkpoints.reached("key-drafted")
        draft.replace(path)
        durable.sync(path.parent)
        checkpoints.reached("key-made")
        self._keys[path.name] = Key(raw)
        return self._keys[path.name]

    def _read(self, folder: Path, name: str) -> Key | None:
        kept = self._keys.get(name)
        if kept:
            return kept
        try:
            raw = (folder / name).read_bytes()
        except FileNotFoundError:
            return None
        if len(raw) != 32:
            return None
        self._keys[name] = Key(raw)
        return self._keys[name]

    def _destroy(self, path: Path) -> None:
        self._keys.pop(path.name, None)
        with contextlib.suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(b"\0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
            checkpoints.reached("key-overwritten")
            path.unlink()
            durable.sync(path.parent)


def _question(handle: bytes, row: int, phase: int) -> str:
    return f"{handle.hex()}.{row}.{phase}.d"


def _texts(handle: bytes, row: int) -> str:
    return f"{handle.hex()}.{row}.t"


vault = Vault()
