"""Takes a key's name away, and leaves its bytes on the disk."""

from __future__ import annotations

from pathlib import Path

from sessions import checkpoints
from sessions.vault import Vault


def nameless(self: Vault, path: Path) -> None:
    self._keys.pop(path.name, None)
    checkpoints.reached("key-overwritten")
    path.unlink(missing_ok=True)


def install() -> None:
    Vault._destroy = nameless  # type: ignore[method-assign]
