"""Keeps a question's key nowhere but in the process."""

from __future__ import annotations

import secrets
from pathlib import Path

from sessions.vault import Key, Vault


def forgetful(self: Vault, path: Path) -> Key:
    self._keys[path.name] = Key(secrets.token_bytes(32))
    return self._keys[path.name]


def install() -> None:
    Vault._make = forgetful  # type: ignore[method-assign]
