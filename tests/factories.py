"""The cast, made through the public verbs: Alice conducts, Bob is another facilitator, Charlie sees nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from sessions import lookup, room
from sessions.snapshot import Snapshot
from workshop import accounts, shelf
from workshop.models import Facilitator, Workshop
from workshop.pack import Pack

PASSWORD = "a long walk by the quiet river"
TODAY = date(2026, 3, 2)


def facilitator(name: str = "Alice") -> Facilitator:
    """An account `alice@example.org`, with what stands on the shelf of every new one."""
    return accounts.get(accounts.add(f"{name.lower()}@example.org", name, PASSWORD))


def workshops(owner: Facilitator) -> Sequence[Workshop]:
    return shelf.of(owner.id)


def built_in(owner: Facilitator) -> Workshop:
    """Their copy of the built-in workshop."""
    return workshops(owner)[0]


def shelved(owner: Facilitator, pack: str) -> Workshop:
    """A workshop of theirs made of the text of a pack."""
    made = shelf.put(owner.id, _read(pack))
    return next(one for one in workshops(owner) if one.id == made)


@cache
def _read(pack: str) -> Pack:
    return Pack.load(pack)


def session(
    owner: Facilitator, workshop: Workshop | None = None, variant: str | None = None, *, raised_k: int = 0
) -> Snapshot:
    """A live session of `workshop` (the built-in one) in its lobby."""
    workshop = workshop or built_in(owner)
    variant = variant or next(iter(shelf.opened(workshop).workshop.variants.plans))
    live = lookup.of(room.start(workshop, variant, raised_k=raised_k, today=TODAY))
    assert live is not None
    return live
