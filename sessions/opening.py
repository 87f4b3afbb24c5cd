"""What the help page of a new session says: the facilitator's confirmed entries, or the emergency number alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from sessions.states import Wrong
from workshop import helping, shelf
from workshop.leaflets import HelpEntry
from workshop.models import Workshop
from workshop.words import N_
from workshop.words import gettext as _

LONGEST = 120
"""Of the line about the room, and of the emergency number."""

EMERGENCY = (N_("Emergency services"), N_("your local emergency number"), N_("Someone is in danger now"))


class Unconfirmed(Wrong):
    """Nobody has tried the entries of this help page, or not for too long."""


def help_page(
    workshop: Workshop,
    today: date,
    *,
    practice: bool = False,
    emergency_only: bool = False,
    number: str = "",
    room: str = "",
) -> dict[str, Any]:
    """Kept with the session; raises `Unconfirmed`. A practice room needs no confirmation, and shows what there is."""
    sheet, own = shelf.opened(workshop).help_sheet, helping.of(workshop.owner_id)
    line = {"room": said} if (said := _line(room)) else {}
    if emergency_only and sheet.confirm.emergency_number_only.allowed:
        return {**line, "only": "emergency", "number": _line(number), "entries": [_emergency(_line(number))]}
    if own.days_left(sheet.confirm.region.valid_days, today) and own.confirmed_on:
        entries = [entry.model_dump(by_alias=True) for entry in own.entries]
        return {**line, "entries": entries, "checked": own.confirmed_on.isoformat()}
    if practice:
        shown = [entry.model_dump(by_alias=True) for entry in own.entries]
        return {**line, "entries": shown} if shown else line
    raise Unconfirmed(
        _("Your help page is not confirmed, or not any more. Confirm it, or open with the emergency number only.")
    )


def _emergency(number: str) -> dict[str, Any]:
    name, usual, use = (_(text) for text in EMERGENCY)
    entry = HelpEntry.model_validate(
        {"region": helping.ANY, "name": name, "contact": number or usual, "for": use, "verified": ""}
    )
    return entry.model_dump(by_alias=True)


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
