"""Keeps the key of texts that wait nowhere but in the process."""

from __future__ import annotations

from sessions.vault import Key, Vault
from tests.faults.broken.key_in_memory_alone import forgetful


def make(self: Vault, handle: bytes, row: int) -> Key:
    return forgetful(self, self._durable / f"{handle.hex()}.{row}.t")


def install() -> None:
    Vault.make_texts = make  # type: ignore[method-assign]
