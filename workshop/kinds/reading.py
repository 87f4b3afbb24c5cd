"""Reading: words to take in, and buttons that do something on the phone alone; nothing is asked and nothing is sent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from workshop.kinds import kind
from workshop.kinds._fields import Choice, unique_ids
from workshop.words import N_


class Button(Choice):
    """Something a phone can do by itself: join in, just watch, open Help, ask for a quiet word, or go on."""

    id: Literal["join", "watch", "help", "word", "ok"]


class ReadingConfig(kind.Config):
    """`display`: the paragraphs of the step's body as one text, or as cards to go through."""

    display: Literal["text", "one_card_per_paragraph"] = "text"
    options: Annotated[tuple[Button, ...], Field(max_length=5), AfterValidator(unique_ids)] = ()


class Reading(kind.Kind):
    slug = "reading"
    label = N_("Reading")
    Config = ReadingConfig

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        options = (Button(id="join", text="I'm ready to join in"), Button(id="watch", text="I'll just watch for now"))
        return ReadingConfig(display="one_card_per_paragraph", options=options), []
