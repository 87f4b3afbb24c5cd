"""Numbers and times of day as people and scripts type them."""

from __future__ import annotations


def whole(text: str, *, least: int = 0, most: int) -> int | None:
    """The whole number that `text` says, from `least` to `most`; None for anything else, however long."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if least <= number <= most else None


def time_of_day(text: str) -> int | None:
    """The minutes since midnight that `text` says, such as 18:30; None for anything else."""
    hours, colon, minutes = text.partition(":")
    hour, minute = whole(hours, most=23), whole(minutes, most=59)
    return None if hour is None or minute is None or not colon else hour * 60 + minute
