"""What a pack says about the workshop as a whole: for whom, after which source, under which rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from workshop.kinds._fields import Id, Label, Line
from workshop.values import Frozen
from workshop.variants import Variants

Reveal = Literal["none", "after_close", "live", "facilitator_only", "never"]
Sensitivity = Literal["low", "personal", "tender", "care"]

Number = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Lines = Annotated[tuple[Line, ...], Field(max_length=40)]


class GroupSize(Frozen):
    """How many people the workshop is for."""

    min: Number
    ideal_from: Number | None = None
    ideal_to: Number | None = None
    max: Number


class Credit(Frozen):
    """The text a workshop grew out of. Its words are never part of a pack."""

    kind: str = Field(max_length=40)
    title: str = Field(default="(untitled)", max_length=200)
    byline: str = Field(default="", max_length=200)
    published: str = Field(default="", max_length=40)
    category: str = Field(default="", max_length=80)
    link: str = Field(default="", max_length=500)
    licence: str = Field(default="", max_length=200)
    credit_line: str = Field(max_length=500)


class ByCare(Frozen):
    """A number of people for each sensitivity."""

    low: Number
    personal: Number
    tender: Number


class MinShow(Frozen):
    """How many must have answered before anything shows; a pack can ask for more than the rules, not for less."""

    counts: ByCare = Field(default_factory=lambda: ByCare(low=3, personal=5, tender=6))
    texts: ByCare = Field(default_factory=lambda: ByCare(low=3, personal=5, tender=6))
    texts_counted_by: Literal["phones"] = "phones"
    agreement_own_line: Number = 1
    parking_place: Number = 1
    feedback_text: Number = 3
    facilitator_only_totals: Number = 3
    before_after_pairs: Number = 5


class Defaults(Frozen):
    """How steps behave that say nothing else, and the release rules in words."""

    pass_allowed: Literal[True] = True
    reveal: Reveal = "after_close"
    moderation: Literal["before_display"] = "before_display"
    min_show: MinShow = Field(default_factory=MinShow)
    release: dict[Id, Line] = Field(default_factory=dict)
    moderated_words_pass_by_themselves_from_phones: Number = 2
    identity: str = Field(default="", max_length=500)


class AlwaysThere(Frozen):
    """A button that every phone shows all the time."""

    id: Literal["pass", "break", "help", "leave"]
    label: Label
    does: Line


class QuietFlag(Frozen):
    """How somebody asks for a word with the facilitator."""

    label: Label
    optional_text_prompt: Line
    optional_text_hint: Line
    shown_to: Line


class About(Frozen):
    """`interruption`: the step that nobody goes past unseen on the way to a tender one. `breather`: one to rest at."""

    id: Name
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$", max_length=20)
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
    title: str = Field(min_length=1, max_length=80)
    subtitle: str = Field(default="", max_length=120)
    summary: Line
    audience: Line
    not_for: str = Field(default="", max_length=320)
    aims: Lines = ()
    group_size: GroupSize
    variants: Variants
    source: Credit
    defaults: Defaults = Field(default_factory=Defaults)
    content_note: str = Field(default="", max_length=320)
    interruption: Id | None = None
    breather: Id | None = None
    reading_grade_target: Number | None = None
    always_on_screen: tuple[AlwaysThere, ...] = ()
    quiet_flag: QuietFlag | None = None
