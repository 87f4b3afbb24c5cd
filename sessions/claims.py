"""What a phone keeps of its group: a sealed value of one length that only this server can open, for this step and seat.

So a group outlives a restart of the server, which keeps nothing of it. Whoever has no group keeps as much.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from sessions.animals import ANIMALS, COLOURS, Name
from sessions.dealing import MOST, Beside, Circle, Deal
from sessions.sealing import Unreadable, seal, unseal
from sessions.seats import Seat

BUCKET = 64
BESIDE: tuple[Beside, ...] = ("alone", "keen", "out")


@dataclass(frozen=True)
class Claim:
    """`turn`: of the deal it is from. `beside`: why in no group. `place`, `size`: in one. `highest`: number of any."""

    turn: int = 0
    beside: Beside | None = None
    name: Name | None = None
    place: int = 0
    size: int = 0
    highest: int = 0
    stays: bool = False


def of(who: bytes, circle: Circle, deal: Deal | None) -> Claim:
    """What memory knows of a seat."""
    stays = who in circle.stays
    if deal is None:
        return Claim(stays=stays)
    group = deal.of.get(who)
    if group is None:
        return Claim(deal.turn, deal.beside.get(who), stays=stays)
    return Claim(deal.turn, None, group.name, group.members.index(who), len(group.members), deal.highest, stays)


def keep(claim: Claim, circle: Circle, deal: Deal, who: bytes) -> None:
    """Bring back into memory what a phone has kept, unless memory knows better or everybody was dealt anew since."""
    if claim.stays:
        circle.stays.add(who)
    if claim.turn != deal.turn or deal.knows(who):
        return
    if claim.beside:
        deal.beside[who] = claim.beside
    elif claim.name:
        deal.come_back(who, claim.name, claim.place, claim.size, claim.highest)


def sealed(seat: Seat, row: int, claim: Claim) -> str:
    """For the phone's cookie."""
    name = claim.name
    plain = [
        claim.turn,
        BESIDE.index(claim.beside) if claim.beside else -1,
        [name.animal, name.colour, name.number, claim.place, claim.size, claim.highest] if name else 0,
        int(claim.stays),
    ]
    raw = seal(seat.key, _place(seat, row), json.dumps(plain, separators=(",", ":")).encode(), BUCKET)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def opened(seat: Seat, row: int, cookie: str) -> Claim | None:
    """What a cookie says; None for anything that this server did not give this seat at this step."""
    try:
        raw = base64.b64decode(cookie + "=" * (-len(cookie) % 4), altchars=b"-_", validate=True)
        turn, beside, group, stays = json.loads(unseal(seat.key, _place(seat, row), raw))
    except (binascii.Error, ValueError, Unreadable):
        return None
    why = BESIDE[beside] if beside >= 0 else None
    if not group:
        return Claim(turn, why, stays=bool(stays))
    animal, colour, number, place, size, highest = group
    name = Name(animal % len(ANIMALS), colour % len(COLOURS), number)
    return Claim(turn, why, name, min(place, MOST - 1), size, highest, bool(stays))


def _place(seat: Seat, row: int) -> bytes:
    return b"group/%d/" % row + seat.name
