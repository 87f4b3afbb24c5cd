"""A facilitator's own help page: begun with entries of a region, changed, and confirmed for as long as a pack says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError
from sqlalchemy.orm import Session

from workshop.database import db
from workshop.leaflets import HelpEntry
from workshop.models import HelpPage
from workshop.pack import Pack, built_in

ANY = "any"
"""The region of entries that are good everywhere."""

MOST = 40


class Refused(Exception):
    """An entry that cannot be kept: which one, counted from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class OwnPage:
    """The entries of one facilitator, and the day on which each of them was last called or opened."""

    entries: tuple[HelpEntry, ...] = ()
    confirmed_on: date | None = None

    def days_left(self, days: int | None, today: date) -> int:
        """For how many days it still counts; 0 where it has to be confirmed. `days` None: once is enough."""
        if self.confirmed_on is None or not self.entries:
            return 0
        return 1 if days is None else max(0, days - (today - self.confirmed_on).days)


def of(facilitator_id: int) -> OwnPage:
    """Of somebody who has not begun one: no entries."""
    with db.read() as session:
        row = session.get(HelpPage, facilitator_id)
    return OwnPage(tuple(HelpEntry.model_validate(one) for one in row.entries), row.confirmed_on) if row else OwnPage()


def days(packs: Sequence[Pack]) -> int | None:
    """How long a page counts for all of these workshops; without any, for those that come along."""
    said = [pack.help_sheet.confirm.region.valid_days for pack in packs or [pack for _, pack in built_in()]]
    return min((one for one in said if one is not None), default=None)


def regions(packs: Sequence[Pack]) -> list[str]:
    """The regions that these packs have entries for, besides any."""
    return sorted({entry.region for entry in _offered(packs)} - {ANY})


def begin(facilitator_id: int, packs: Sequence[Pack], chosen: Collection[str]) -> None:
    """Take over what packs offer for these regions and for any, behind what is there already; to be confirmed."""
    own = of(facilitator_id).entries
    there = {(entry.region, entry.name) for entry in own}
    wanted = (entry for entry in _offered(packs) if entry.region in {ANY, *chosen})
    new = {(entry.region, entry.name): entry for entry in wanted if (entry.region, entry.name) not in there}
    _write(facilitator_id, (*own, *new.values())[:MOST], None)


def keep(facilitator_id: int, rows: Sequence[tuple[str, str, str, str]]) -> None:
    """Region, name, contact and use of each entry; what changed has to be confirmed anew. Raises `Refused`."""
    entries = tuple(_entry(number, row) for number, row in enumerate(rows[:MOST], 1))
    old = of(facilitator_id)
    if entries != old.entries:
        _write(facilitator_id, entries, None)


def confirm(facilitator_id: int, today: date) -> None:
    """Each entry was called or opened today."""
    _write(facilitator_id, of(facilitator_id).entries, today)


def _offered(packs: Sequence[Pack]) -> list[HelpEntry]:
    from_all = (*packs, *(pack for _name, pack in built_in()))
    return [entry.model_copy(update={"verified": ""}) for pack in from_all for entry in pack.help_sheet.entries]


def _entry(number: int, row: tuple[str, str, str, str]) -> HelpEntry:
    region, name, contact, use = (" ".join(text.split()) for text in row)
    try:
        return HelpEntry.model_validate(
            {"region": region or ANY, "name": name, "contact": contact, "for": use, "verified": ""}
        )
    except ValidationError:
        raise Refused(number) from None


def _write(facilitator_id: int, entries: tuple[HelpEntry, ...], confirmed_on: date | None) -> None:
    kept = [entry.model_dump(by_alias=True) for entry in entries]

    def work(session: Session) -> None:
        session.merge(HelpPage(facilitator_id=facilitator_id, entries=kept, confirmed_on=confirmed_on))

    db.write(work)
