"""Ranking: a list that each person puts in order; how many have an entry among their first is counted, and no more.

Which of their first few somebody put before which other is told to nobody, so it is not kept either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from workshop.kinds import _chosen, _drawn, kind
from workshop.kinds._fields import Count, Id, Label, unique_ids
from workshop.kinds._sizes import bucket
from workshop.kinds.kind import BEGINNING, Form, Invalid, Path, Question
from workshop.release import Release, ShownTable
from workshop.tally import Option, Table, Tally
from workshop.values import Frozen
from workshop.words import N_, ngettext
from workshop.words import gettext as _


class Entry(Frozen):
    """One line of the list."""

    id: Id
    text: Label
    covers: tuple[str, ...] = ()


Entries = Annotated[tuple[Entry, ...], Field(min_length=2, max_length=12), AfterValidator(unique_ids)]


class RankingConfig(kind.Config):
    """`rank_top`: how many places are counted."""

    options: Entries
    rank_top: Count = 1
    order: Literal["shuffled_per_phone", "as_written"] = "shuffled_per_phone"

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.rank_top >= len(self.options):
            raise ValueError(_("rank_top must be smaller than the number of options: else everything is on top"))
        return self

    def shown(self, release: Release) -> Release:
        """A release as it is drawn: largest first, by what is published alone."""
        parts = [_drawn.largest_first(part) if isinstance(part, ShownTable) else part for part in release.parts]
        return release.model_copy(update={"parts": tuple(parts)})


class Ranked(kind.Answer):
    """What one phone has put among its first, in the order of the question and not in its own."""

    top: tuple[str, ...]


class Ranking(kind.Kind):
    slug = "ranking"
    label = N_("Ranking")
    Config = RankingConfig

    def question(self, config: RankingConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        options = tuple(Option(id=entry.id, text=entry.text) for entry in config.options)
        longest = sorted((len(option.id) for option in options), reverse=True)[: config.rank_top]
        size = bucket(sum(longest) + config.rank_top * len('"",'))
        return Question(answer=Ranked, options=options, bucket=size, values={"top": config.rank_top})

    def read(self, form: Form, question: Question) -> Ranked:
        """The places come in order; a form without a script leaves some of them blank."""
        given = [place for place in form.getlist("rank") if place]
        top: int = question.values["top"]
        if not given:
            raise _chosen.nothing("rank")
        _chosen.refuse_unknown("rank", given, {option.id for option in question.options})
        if len(set(given)) < len(given):
            raise Invalid("rank", "bad_option", _("One line has two places. Please give it one."))
        if len(given) != top:
            sentence = ngettext(
                "Fill %(n)s place, no more and no less.", "Fill %(n)s places, no more and no less.", top
            )
            raise Invalid("rank", "bad_option", sentence % {"n": top})
        return Ranked(top=tuple(option.id for option in question.options if option.id in given))

    def count(self, answers: Iterable[Ranked], question: Question) -> Tally:
        """How many people have each entry among their first: every entry is a table of its own."""
        tops = [answer.top for answer in answers]
        times = Counter(id for top in tops for id in top)
        return [
            Table(
                name="top",
                options=question.options,
                counts=tuple(times[option.id] for option in question.options),
                answerers=len(tops),
                exclusive=False,
                picks=(question.values["top"], question.values["top"]),
            )
        ]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        options = (
            Entry(id="friends", text="Keep friends of my own"),
            Entry(id="ask", text="Ask for what I need"),
            Entry(id="joy", text="Make time for what I love"),
        )
        forms = [{"rank": [first, second]} for first, second in (("ask", "joy"), ("joy", "friends"), ("joy", "ask"))]
        return RankingConfig(options=options, rank_top=2), forms
