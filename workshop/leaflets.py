"""Pages of a pack that are read and not played: the help page, and what a facilitator needs around the workshop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, Field

from workshop.about import Lines
from workshop.kinds._agreed import AgreedLine
from workshop.kinds._fields import Count, Flag, Id, Label, Line
from workshop.values import Frozen

# `for` is a word of Python, so it has another name here and its own in the file.
_AS_WRITTEN = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True, defer_build=True)


class HelpEntry(Frozen):
    """Somebody to talk to; `region` says where, `verified` who has checked it."""

    model_config = _AS_WRITTEN

    region: str = Field(min_length=1, max_length=20)
    name: str = Field(min_length=1, max_length=80)
    contact: str = Field(min_length=1, max_length=120)
    use: Line = Field(alias="for")
    verified: str = Field(max_length=80)


class Confirmation(Frozen):
    """What the facilitator confirms, and how often."""

    how_often: str = Field(max_length=40)
    valid_days: Count | None = None
    asks: Line


class EmergencyOnly(Frozen):
    """Opening a room with nothing on the help page but the emergency number."""

    allowed: Flag = True
    label: Label
    shows: Line


class Confirm(Frozen):
    region: Confirmation
    room: Confirmation
    emergency_number_only: EmergencyOnly


class HelpSheet(Frozen):
    """The help page: works without a network, opens from every phone screen."""

    intro: Line
    trace_note: Line
    in_the_room: Lines
    grounding: Lines
    confirm: Confirm
    entries: tuple[HelpEntry, ...]


@dataclass(frozen=True)
class OpenedHelp:
    """The help page of one session. `checked`: the day on which its facilitator last tried every entry."""

    intro: str
    trace_note: str
    in_the_room: tuple[str, ...]
    grounding: tuple[str, ...]
    entries: tuple[HelpEntry, ...]
    checked: str = ""


def opened(sheet: HelpSheet, kept: Mapping[str, Any]) -> OpenedHelp:
    """The page as a session was opened with it: `entries` of its own, when they were `checked`, the `room` of today."""
    own = kept.get("entries")
    room = str(kept.get("room", ""))
    return OpenedHelp(
        intro=sheet.intro,
        trace_note=sheet.trace_note,
        in_the_room=(room, *sheet.in_the_room) if room else sheet.in_the_room,
        grounding=sheet.grounding,
        entries=sheet.entries if own is None else tuple(HelpEntry.model_validate(entry) for entry in own),
        checked=str(kept.get("checked", "")),
    )


class Effects(Frozen):
    """What a yes to a set-up question changes; never how many must have answered.

    `pairing`: what to say of partners; chance puts them together then. `look_at_first`: to be read, and kept or not.
    """

    agreement_line: AgreedLine | None = None
    pairing: str = Field(default="", max_length=320)
    off_steps: tuple[Id, ...] = ()
    hidden_stories: tuple[Id, ...] = ()
    hidden_cards: tuple[Id, ...] = ()
    look_at_first: tuple[Id, ...] = ()
    thresholds: str = Field(pattern="^no change$", default="no change")


class SetupQuestion(Frozen):
    id: Id
    ask: Line
    effects: Effects


class BadTry(Frozen):
    """How not to do it, played on purpose."""

    for_step: Id
    seconds: Count
    how: Line
    script: Lines


class CareCard(Frozen):
    """What to do and say when somebody needs care."""

    title: Label
    press: Lines
    to_the_room: Line
    first_words: Line
    three_offers: Lines
    then_ask: Lines
    follow_up: Line


class FacilitatorPack(Frozen):
    """Before the day, in the room, afterwards."""

    before_the_day: Lines = ()
    setup_questions: tuple[SetupQuestion, ...] = ()
    network: dict[Id, Lines] = Field(default_factory=dict)
    in_the_last_five_minutes_before: Lines = ()
    if_you_are_alone: Lines = ()
    bad_try: BadTry | None = None
    care_card: CareCard | None = None
    worrying_text: Lines = ()
    after: Lines = ()
    if_asked_for_advice: str = Field(default="", max_length=320)
    if_someone_says_that_is_me: str = Field(default="", max_length=320)

    @property
    def says(self) -> bool:
        """Whether an author has written any of it."""
        return self != FacilitatorPack()


class Thanks(Frozen):
    """Whose idea something was."""

    model_config = _AS_WRITTEN

    use: str = Field(alias="for", max_length=120)
    text: Line


class Measure(Frozen):
    """Steps whose answers are read side by side, as a sign of the room and never of a person."""

    steps: tuple[Id, ...] = Field(min_length=1)
    variants: tuple[Id, ...]
    kind: str = Field(max_length=40)
    show: Line
    min_show: Count = 5
    read_as: str = Field(default="", max_length=320)
