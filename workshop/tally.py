"""Answers, added up: what a kind makes of them, before anybody has decided what may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.values import Frozen


class Option(Frozen):
    """One choice that the room can make."""

    id: str
    text: str
    exclusive: bool = False


@dataclass(frozen=True)
class Table:
    """People counted by option.

    `exclusive`: each person stands in exactly one cell, so counts add up to `answerers`; otherwise each option is a
    table of its own (chosen or not), and `picks` says how few and how many options one person takes (None: any number),
    because that is known to everybody who tries to work out a hidden one.
    `ordinal`: neighbours may be joined. `groups`: ids an author lets be joined, where together they name every option.
    `least`: smaller counts of a question that is low are shown as a range from none, and n is not said (upvotes: 2).
    `gist`: no number is ever shown, only whether most took an option, or anybody.
    `marks`: what people tap or tick for each option, where that has names of its own, such as the points of a band.
    """

    name: str
    options: tuple[Option, ...]
    counts: tuple[int, ...]
    answerers: int
    exclusive: bool = True
    ordinal: bool = False
    groups: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    picks: tuple[int, int | None] = (1, None)
    least: int = 1
    gist: bool = False
    marks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Words:
    """Short entries folded together, each with the number of people who sent it."""

    name: str
    entries: tuple[tuple[str, int], ...]
    answerers: int
    title: str = ""

    def as_texts(self) -> Texts:
        """Each spelling once, without its number of people."""
        return Texts(self.name, tuple(word for word, _people in self.entries), self.answerers, title=self.title)


@dataclass(frozen=True)
class Texts:
    """Free texts, in an order that says nothing; `answerers` are people, not lines.

    `own_line`: lines that somebody adds to what the room agrees on; one is enough, since a person reads it first.
    `facilitator_only`: nobody but the facilitator reads them, after the end; `min_show`: and only if so many wrote.
    """

    name: str
    entries: tuple[str, ...]
    answerers: int
    own_line: bool = False
    title: str = ""
    facilitator_only: bool = False
    min_show: int = 0


@dataclass(frozen=True)
class Shift:
    """What moved between two answers of the same people to one line.

    `pairs`: how many people gave each (before, after), both points of the scale from `low` to `high`.
    `dots`: whether the points are known, and not only which way each went.
    """

    name: str
    title: str
    low: int
    high: int
    pairs: tuple[tuple[tuple[int, int], int], ...]
    dots: bool = True

    @property
    def answerers(self) -> int:
        return sum(people for _pair, people in self.pairs)


Part = Table | Words | Texts | Shift
Tally = Sequence[Part]
