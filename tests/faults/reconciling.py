"""What phones were told is saved, held against what the server has: nothing lost, nothing doubled, nothing invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tests.faults.crowd import OPTIONS, PASS, Crowd, Phone
from tests.faults.room import Room


def stored(room: Room) -> list[str]:
    """While the question is open: the faults found. Afterwards each phone knows what the server has of it."""
    faults = [_compare(phone, found) for phone, found in zip(room.crowd.phones, room.stored(), strict=True)]
    return [fault for fault in faults if fault]


def untold(room: Room) -> list[str]:
    """While the question is open: what is stored although nobody was told so."""
    told = [phone.acked[0] if phone.acked else 0 for phone in room.crowd.phones]
    return [f"untold: {rev}" for rev, last in zip(room.stored(), told, strict=True) if rev and rev > last]


def _compare(phone: Phone, found: int | None) -> str:
    if found is None:
        phone.pending = None
        return f"lost: {phone.acked}" if phone.acked else ""
    rev = found
    known = {choice[0]: choice for choice in (phone.acked, phone.pending) if choice}
    if phone.acked and rev < phone.acked[0]:
        return f"lost: {phone.acked}, stored is {rev}"
    if rev not in known:
        return f"invented: {rev}, sent were {sorted(known)}"
    phone.acked, phone.pending, phone.next = known[rev], None, rev + 1
    return ""


def counted(crowd: Crowd, shown: Mapping[str, int]) -> list[str]:
    """After the question was counted: the faults found. What had no answer yet may have arrived, or not."""
    sure, possible = Counter[str](), Counter[str]()
    for phone in crowd.phones:
        choices = [phone.acked[1] if phone.acked else PASS]
        if phone.pending and phone.pending[1] not in choices:
            choices.append(phone.pending[1])
        (sure if len(choices) == 1 else possible).update(choices)
    faults = []
    for option in OPTIONS:
        low, high = sure[option], sure[option] + possible[option]
        if not low <= shown.get(option, 0) <= high:
            word = "lost" if shown.get(option, 0) < low else "doubled or invented"
            faults.append(f"{word}: {shown.get(option, 0)} of {option}, where {low} to {high} were sent")
    return faults
