"""Open text: a short line or a few from each phone, read by a person before the room does; then, perhaps, votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from workshop.kinds import _chosen, kind
from workshop.kinds._fields import Flag, Label
from workshop.kinds._sizes import bucket, letters
from workshop.kinds._text import LONGEST, entries
from workshop.kinds.kind import BEGINNING, Form, Path, Question
from workshop.release import Release, ShownTexts
from workshop.tally import Option, Table, Tally, Texts
from workshop.values import Frozen
from workshop.words import N_
from workshop.words import gettext as _

FEWEST_CARDS = 3
"""Fewer are read aloud; there is nothing to choose between."""
SHOWN_FROM = 2


class Upvote(Frozen):
    """A second question: which of the cards, up to `per_person`, make somebody say `label`.

    `needs_helper`: offered by itself only where somebody helps whoever leads.
    """

    enabled: Flag = True
    per_person: Annotated[int, Field(strict=True, ge=1, le=10)] = 3
    label: Label | Literal[""] = ""
    needs_helper: Flag = False


class OpenTextConfig(kind.Config):
    """How many lines a phone may send, and how long each may be; and whether cards are voted for then."""

    max_chars: Annotated[int, Field(strict=True, ge=10, le=LONGEST)] = 140
    max_entries: Annotated[int, Field(strict=True, ge=1, le=5)] = 1
    upvote: Upvote | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.max_chars * self.max_entries > LONGEST:
            raise ValueError(_("all lines of a phone together may have {n} characters").format(n=LONGEST))
        return self


class Lines(kind.Answer):
    """What one phone wrote."""

    lines: tuple[str, ...]


class Votes(kind.Answer):
    """The cards that one phone votes for, in the order of the question."""

    cards: tuple[str, ...]


class OpenText(kind.Kind):
    slug = "open_text"
    label = N_("Open text")
    Config = OpenTextConfig
    small = True

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """A plan may say a part of `upvote`; the rest is the step's."""
        ours, theirs = fields.get("upvote"), overrides.get("upvote")
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            overrides = {**overrides, "upvote": {**ours, **theirs}}
        return super().vary(fields, overrides)

    def question(self, config: OpenTextConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return _vote(config.upvote, past) if config.upvote else None
        size = letters(config.max_entries * config.max_chars)
        return Question(answer=Lines, bucket=bucket(size), size=size, moderated=True, values=config.model_dump())

    def read(self, form: Form, question: Question) -> Lines | Votes:
        if question.answer is Votes:
            return Votes(cards=_chosen.several(form, "card", question.options, question.values["most"]))
        most, chars = question.values["max_entries"], question.values["max_chars"]
        return Lines(lines=entries(form, "text", most, chars))

    def count(self, answers: Iterable[Any], question: Question) -> Tally:
        if question.answer is Votes:
            return [_upvotes([answer.cards for answer in answers], question)]
        written = [answer.lines for answer in answers]
        # Sorted: the order in which people wrote must not be seen in what is kept.
        lines = tuple(sorted(line for lines in written for line in lines))
        return [Texts(name="text", entries=lines, answerers=len(written))]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        forms = [{"text": ["I can't do that, and I care."]}, {"text": ["Not today.", "Ask me on Sunday."]}]
        return OpenTextConfig(max_chars=100, max_entries=2, upvote=Upvote(label="I could say that")), forms


def _vote(upvote: Upvote, past: Sequence[Release]) -> Question | None:
    """The question about the cards that were let through, in the order in which they were shown."""
    cards = [text for part in past[0].parts if isinstance(part, ShownTexts) for text in part.entries]
    if not upvote.enabled or len(past) > 1 or len(cards) < FEWEST_CARDS:
        return None
    said = _("Which of these make you say \u201c{label}\u201d?").format(label=upvote.label)
    return Question(
        answer=Votes,
        prompt=said if upvote.label else _("Which of these do you like best?"),
        options=tuple(Option(id=f"c{number}", text=text) for number, text in enumerate(cards)),
        bucket=256,
        label=_("Vote for cards"),
        needs_helper=upvote.needs_helper,
        values={"most": upvote.per_person, "wide": True},
    )


def _upvotes(votes: Sequence[tuple[str, ...]], question: Question) -> Table:
    times = Counter(card for cards in votes for card in cards)
    return Table(
        name="upvotes",
        options=question.options,
        counts=tuple(times[option.id] for option in question.options),
        answerers=len(votes),
        exclusive=False,
        picks=(1, question.values["most"]),
        least=SHOWN_FROM,
    )
