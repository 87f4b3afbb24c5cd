"""Numbers as people and scripts type them."""

from __future__ import annotations


def whole(text: str, *, least: int = 0, most: int) -> int | None:
    """The whole number that `text` says, from `least` to `most`; None for anything else, however long."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if least <= number <= most else None
