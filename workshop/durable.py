"""Small files that are there whole or not at all, for their user alone."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, content: bytes, *, synced: bool = True) -> None:
    """Put `content` in the place of `path` in one step; `synced`: so that it is there after a power cut too."""
    draft = path.with_name(path.name + ".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if synced:
            os.fsync(file.fileno())
    draft.replace(path)
    if synced:
        sync(path.parent)


def sync(folder: Path) -> None:
    """Make a new or a gone name durable; Windows has no way to, and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
