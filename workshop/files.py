"""Where the templates and static files are: beside the packages in a clone, carried inside `workshop` in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def carried(name: str) -> Path:
    """The folder `name`, in whichever of the two layouts this is."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = carried("templates")
STATIC = carried("static")
