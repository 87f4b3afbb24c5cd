"""Open text: a short line or a few from each phone, read by a person before the room sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from workshop.kinds import kind
from workshop.kinds._sizes import bucket, letters
from workshop.kinds._text import LONGEST, entries
from workshop.kinds.kind import Form, Question, Release, Tally, Texts
from workshop.words import N_
from workshop.words import gettext as _


class OpenTextConfig(kind.Config):
    """How many lines a phone may send, and how long each may be."""

    max_chars: Annotated[int, Field(strict=True, ge=10, le=LONGEST)] = 140
    max_entries: Annotated[int, Field(strict=True, ge=1, le=5)] = 1

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.max_chars * self.max_entries > LONGEST:
            raise ValueError(_("all lines of a phone together may have {n} characters").format(n=LONGEST))
        return self


class Lines(kind.Answer):
    """What one phone wrote."""

    lines: tuple[str, ...]


class OpenText(kind.Kind):
    slug = "open_text"
    label = N_("Open text")
    Config = OpenTextConfig

    def question(self, config: OpenTextConfig, past: Sequence[Release]) -> Question | None:
        if past:
            return None
        size = bucket(letters(config.max_entries * config.max_chars))
        return Question(answer=Lines, bucket=size, moderated=True, values=config.model_dump())

    def read(self, form: Form, question: Question) -> Lines:
        most, chars = question.values["max_entries"], question.values["max_chars"]
        return Lines(lines=entries(form, "text", most, chars))

    def count(self, answers: Iterable[Lines], question: Question) -> Tally:
        written = [answer.lines for answer in answers]
        # Sorted: the order in which people wrote must not be seen in what is kept.
        lines = tuple(sorted(line for lines in written for line in lines))
        return [Texts(name="text", entries=lines, answerers=len(written))]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        forms = [{"text": ["I can't do that, and I care."]}, {"text": ["Not today.", "Ask me on Sunday."]}]
        return OpenTextConfig(max_chars=100, max_entries=2), forms
