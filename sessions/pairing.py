"""Partners by chance: the room is dealt into groups, latecomers taken in, people parted who ask; each phone is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial

from markupsafe import escape

from sessions import broadcast, claims, lookup, mine, realtime
from sessions.animals import Name
from sessions.change import Work, change
from sessions.dealing import Circle, Deal
from sessions.mine import Stand
from sessions.packets import Form, json_inside
from sessions.partners import partners
from sessions.presence import presence
from sessions.rooms import Listener
from sessions.seats import Seat
from sessions.snapshot import Snapshot

NOT_PHONES = broadcast.PAGES[1:]


def deal(live: Snapshot, work: Work) -> None:
    """Do `work`, and put all who are here and willing into groups by chance.

    What every phone sees stays as it is, so each is sent one thing alone, its own group; then consoles and screen.
    """
    change(live, work, ())
    now = lookup.of(live.id)
    made = _deal(now) if now else None
    if now and made:
        made.begin(_willing(now, partners.of(now.id), made))
        tell(now)
    broadcast.changed(live.id, NOT_PHONES)


def settle(live_id: int, *, arrived: bool = False) -> None:
    """The room has moved: groups go with their step, but while it looks back at an earlier one.

    `arrived`: at another step; phones that have groups there are told once more.
    """
    live, made = lookup.of(live_id), partners.of(live_id).deal
    if live is None or made is None:
        return
    if live.now and live.now.row == made.row and live.groups:
        if arrived:
            tell(live)
    elif live.position >= _place(live, made.row):
        partners.over(live_id)


def _place(live: Snapshot, row: int) -> int:
    """Where the step of this row stands in the plan; before all of them when it is not there any more."""
    rows = [state.row if (state := live.newest(step.id)) else 0 for step in live.plan]
    return rows.index(row) if row in rows else -1


def say(seat: Seat, what: str) -> None:
    """What somebody wants: `in`, `alone`, `stay` or `another`; anything else, or at another time, changes nothing."""
    live, made = seat.live, _deal(seat.live)
    if made and what in WISHES:
        circle = partners.of(live.id)
        tell(live, WISHES[what](seat.name, circle, made))


def left(seat: Seat) -> None:
    """Somebody has left the room."""
    circle, who = partners.of(seat.live.id), seat.name
    circle.stays.discard(who)
    circle.watching.discard(who)
    circle.covers.pop(who, None)
    if circle.deal:
        tell(seat.live, circle.deal.gone(who))


def watches(seat: Seat, *, watching: bool) -> None:
    """Somebody said at a cover that they would like to watch, or to join in."""
    seats = partners.of(seat.live.id).watching
    (seats.add if watching else seats.discard)(seat.name)


def heard(seat: Seat, covers: frozenset[str], kept: str) -> None:
    """A phone has come with what its cookies say: the covers it has confirmed, the group it had before a restart."""
    live, circle = seat.live, partners.of(seat.live.id)
    circle.covers[seat.name] = covers
    made = _deal(live) if kept and live.groups else None
    claim = claims.opened(seat, made.row, kept) if made else None
    if made and claim:
        claims.keep(claim, circle, made, seat.name)


def keepsake(seat: Seat) -> str | None:
    """What the phone shall keep, sealed; None while nobody is dealt."""
    live = seat.live
    if live.groups is None or live.now is None:
        return None
    found = claims.of(seat.name, partners.of(live.id), partners.standing(live.id, live.now.row))
    return claims.sealed(seat, live.now.row, found)


def welcome(live: Snapshot, listener: Listener) -> None:
    """A phone that connects is told how it stands, as everybody is told when they are dealt."""
    if live.groups and listener.seat:
        own = mine.in_group(live, listener.seat, listener.lang)
        realtime.send_to(listener, "mine", own.v, broadcast.own(live, own, listener.lang))


def listen() -> None:
    """Tell those whose partner's phone cannot be heard any more, or is heard again."""
    for live_id in partners.dealt():
        live, made = lookup.of(live_id), partners.of(live_id).deal
        if live and made and live.now and live.now.row == made.row:
            tell(live, made.hear({who for who in made.of if not presence.here(live_id, who)}, partners.waited(made)))


def tell(live: Snapshot, seats: Iterable[bytes] | None = None) -> None:
    """Send each of these phones, or all, its own region, and nobody else's."""
    made = _deal(live)
    if made is None:
        return
    for lang in realtime.languages("phone", live.id):
        own = partial(_own, live, made, lang, {})
        if seats is None:
            realtime.send_each(live.id, lang, "mine", own)
        else:
            for who in seats:
                realtime.send_own(who, lang, "mine", *own(who))


def _own(
    live: Snapshot, made: Deal, lang: str, forms: dict[Stand | None, Form], who: bytes
) -> tuple[Form, Sequence[bytes]]:
    """A phone's region, to be filled in: a full room is told in the time of one step, so it is drawn once for many."""
    group, stand = made.of.get(who), mine.stand(made, who)
    form = forms.get(stand)
    if form is None:
        own = mine.standing(live, made, stand)
        form = forms[stand] = realtime.form("mine", own.v, broadcast.own(live, own, lang), mine.MARKS)
    return form, _words(group.name, lang) if group else ()


def _words(name: Name, lang: str) -> tuple[bytes, ...]:
    """What a group is called, as it stands in HTML that stands in JSON."""
    animal, number, tint, colour = mine.called(name, lang)
    return _safe(animal), number.encode(), tint.encode(), _safe(colour)


@cache
def _safe(word: str) -> bytes:
    return json_inside(str(escape(word)))


def _deal(live: Snapshot) -> Deal | None:
    if live.groups is None or live.now is None:
        return None
    return partners.deal(live.id, live.now.row, live.groups.size, live.groups.dealt)


def _willing(live: Snapshot, circle: Circle, made: Deal) -> list[bytes]:
    """Who is here, past every cover, and has not said that they would rather watch, or be on their own."""
    needed = {"consent", "interruption"} if live.past_interruption else {"consent"}
    return [
        who
        for who in presence.all(live.id)
        if who not in circle.watching and who not in made.beside and needed <= circle.covers.get(who, frozenset())
    ]


def _in(who: bytes, circle: Circle, made: Deal) -> set[bytes]:
    circle.watching.discard(who)
    return made.join(who)


def _alone(who: bytes, circle: Circle, made: Deal) -> set[bytes]:
    return made.rather_alone(who)


def _stay(who: bytes, circle: Circle, made: Deal) -> set[bytes]:
    circle.stays.add(who)
    changed = _in(who, circle, made)
    return changed | set(made.of[who].here if who in made.of else ())


def _another(who: bytes, circle: Circle, made: Deal) -> set[bytes]:
    return made.another(who)


WISHES: Mapping[str, Callable[[bytes, Circle, Deal], set[bytes]]] = {
    "in": _in, "alone": _alone, "stay": _stay, "another": _another,
}  # fmt: skip
