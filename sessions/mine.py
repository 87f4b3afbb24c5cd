"""The region that belongs to one phone alone: whether it has answered, which revision it may send next, its group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from markupsafe import escape
from sqlalchemy import select

from sessions.animals import ANIMALS, COLOURS, Name
from sessions.dealing import Deal
from sessions.models import OpenAnswer
from sessions.partners import partners
from sessions.seats import Seat
from sessions.snapshot import STEPS, Snapshot
from workshop.database import db
from workshop.words import translations

V = "\ue000"
MARKS = ("\ue001", "\ue002", "\ue003", "\ue004")
"""What stands for the version, and for what a group is called, where a region is drawn for many; on no keyboard."""

How = Literal["find", "go", "comes", "both", "waits", "left", "quiet", "alone", "keen"]
"""What somebody is told to do about their group: see templates/phone/_group.html."""

Called = tuple[str, str, str, str]
"""What a group is called, in words: animal, number, the number of its colour, colour."""


class Stand(NamedTuple):
    """How somebody stands with partners, but for what their group is called. `place`: in the order of roles."""

    how: How
    place: int = 0
    size: int = 0
    stays: bool = False


FIND = {(size, place): Stand("find", place, size) for size in (2, 3) for place in range(size)}
"""How nearly everybody stands who has just been dealt."""


@dataclass(frozen=True)
class Own:
    """A phone's group, in words. `solo`: what somebody does who would rather not; `role`: what this one begins as."""

    stand: Stand
    called: Called
    solo: str
    role: str


@dataclass(frozen=True)
class Mine:
    """`state`: `none` or `saved`, of which a pass is one like any other: neither the neighbour nor the Wi-Fi can tell.

    `question` is the one it speaks of. Never the answer itself. `group` where partners are dealt, at `step`.
    """

    state: str
    next: int
    question: str
    v: int
    step: str = ""
    group: Own | None = None

    @property
    def shape(self) -> Mine:
        """The same with marks for what differs from phone to phone, so that it need not be drawn for each."""
        return replace(self, v=0, group=self.group and replace(self.group, called=MARKS))

    def filled(self, html: str) -> str:
        """The region of this phone, from that of its shape."""
        html = html.replace(V, str(self.v))
        for mark, word in zip(MARKS, self.group.called, strict=True) if self.group else ():
            html = html.replace(mark, escape(word))
        return html


def of(seat: Seat) -> Mine:
    """What this phone has done with the present question, and its group."""
    live = seat.live
    now, key = live.now, live.question_key
    own = in_group(live, seat.name, live.lang) if live.groups else Mine("none", 1, key, live.version * STEPS)
    if not now or not key or not now.taking:
        return own
    p = seat.pseudonym(now.step_id, now.round, now.phase)
    query = select(OpenAnswer.rev).where(OpenAnswer.step == now.row, OpenAnswer.phase == now.phase, OpenAnswer.p == p)
    with db.read() as reader:
        rev = reader.scalar(query)
    return own if rev is None else replace(own, state="saved", next=rev + 1)


def saved(seat: Seat, next: int) -> Mine:
    """After an answer was stored: nothing has to be read again."""
    return Mine("saved", next, seat.live.question_key, seat.live.version * STEPS)


def in_group(live: Snapshot, who: bytes, lang: str) -> Mine:
    """How this phone stands with partners."""
    deal = partners.standing(live.id, live.now.row) if live.now else None
    found = stand(deal, who) if deal else None
    group = deal.of.get(who) if deal else None
    return standing(live, deal, found, called(group.name, lang) if group else MARKS)


def standing(live: Snapshot, deal: Deal | None, found: Stand | None, words: Called = MARKS) -> Mine:
    """The region of whoever stands so; a group that is called by `MARKS` can be any."""
    own, wanted = None, live.groups
    if found and wanted:
        role = wanted.roles[found.place] if found.size and found.place < len(wanted.roles) else ""
        own = Own(found, words, wanted.solo, role)
    v = live.version * STEPS + (deal.moves if deal else 0)
    return Mine("none", 1, live.question_key, v, live.step.id if live.step else "", own)


def stand(deal: Deal, who: bytes) -> Stand | None:
    """How somebody stands; None while they have said nothing and are in no group."""
    stays, group = deal.circle.stays, deal.of.get(who)
    if group is None:
        beside = deal.beside.get(who)
        return Stand(beside, stays=who in stays) if beside in ("alone", "keen") else None
    members = group.members
    if len(members) == 1:
        return Stand("left" if group.left else "waits", 0, 1, who in stays)
    if not (stays or deal.silent or deal.waited):
        return FIND[len(members), members.index(who)]
    how: How = "quiet" if deal.lonely(who) else _moves(who in stays, any(one in stays for one in members if one != who))
    return Stand(how, members.index(who), len(members), who in stays)


def called(name: Name, lang: str) -> Called:
    animals, colours = _words(lang)
    return animals[name.animal], str(name.number), str(name.colour), colours[name.colour]


def _moves(stays: bool, others_stay: bool) -> How:
    if stays:
        return "both" if others_stay else "comes"
    return "go" if others_stay else "find"


@cache
def _words(lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    say = translations(lang).gettext
    return tuple(map(say, ANIMALS)), tuple(map(say, COLOURS))
