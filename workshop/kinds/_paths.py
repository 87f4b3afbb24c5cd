"""A step's path, changed: a new one, since what a button does is a pure function."""

from __future__ import annotations

from typing import Any

from workshop.kinds.kind import Path


def changed(path: Path, /, **changes: Any) -> Path:
    """The path with some entries changed, or taken out by None."""
    return {name: value for name, value in {**path, **changes}.items() if value is not None}
