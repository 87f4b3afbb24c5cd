"""What a kind of activity must say about itself, and the plain values it works with.

A kind is pure: it sees its config, its questions, forms and answers; never a request, a seat, a clock or a table.
So it cannot leak who answered, and adding one is one module and its templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

from pydantic import BaseModel, ConfigDict

Path = Mapping[str, Any]
"""Where a step stands, as plain JSON: the stage of a role-play, the turns of a story. Never an answer."""


class Invalid(Exception):
    """An answer that cannot be taken: the field it is about, a stable code, and the sentence for the person."""

    def __init__(self, field: str, code: Literal["bad_option", "too_long", "empty"], message: str) -> None:
        super().__init__(message)
        self.field, self.code, self.message = field, code, message


class Form(Protocol):
    """The part of a posted form that a kind may read."""

    def get(self, key: str, default: str = "", /) -> str: ...

    def getlist(self, key: str, /) -> list[str]: ...


class Config(BaseModel):
    """What an author sets for one step of a kind; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Answer(BaseModel):
    """What one phone gave, after its kind has read it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Option(BaseModel):
    """One choice that the room can make."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: str
    text: str
    exclusive: bool = False


# ---------- answers, counted ----------


@dataclass(frozen=True)
class Table:
    """People counted by option.

    `exclusive`: each person stands in exactly one cell, so counts add up to `answerers`; otherwise each option is a
    table of its own (chosen or not), and `picks` says how few and how many options one person takes (None: any number),
    because that is known to everybody who tries to work out a hidden one.
    `ordinal`: neighbours may be joined. `groups`: ids an author lets be joined, where together they name every option.
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


@dataclass(frozen=True)
class Words:
    """Short entries folded together, each with the number of people who sent it."""

    name: str
    entries: tuple[tuple[str, int], ...]
    answerers: int


@dataclass(frozen=True)
class Texts:
    """Free texts, in an order that says nothing; `answerers` are people, not lines."""

    name: str
    entries: tuple[str, ...]
    answerers: int


Tally = Sequence[Table | Words | Texts]


# ---------- the part of a tally that may be shown ----------


class Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Cell(Frozen):
    """One bar: the options it stands for, its label, and a number, a range of numbers, or one of five words.

    `shown` is an int, a (low, high) pair, or one of `few_or_none some about_half most nearly_all`; in a second round
    of a question that is not low, one of `fewer about_the_same more`.
    """

    options: tuple[str, ...]
    text: str
    shown: int | tuple[int, int] | str


class ShownTable(Frozen):
    """A table as the room may see it; `rung` says how much had to be withheld.

    `n` is the number of people who answered, or None where no number may be said.
    """

    part: Literal["table"] = "table"
    name: str
    title: str = ""
    rung: Literal["exact", "alone", "coarser", "merged", "nearly_everyone", "words", "compared", "only_n"]
    n: int | None
    ordinal: bool = False
    cells: tuple[Cell, ...] = ()


class ShownWords(Frozen):
    """Words of a cloud with the number of people who sent each (0 where no number may be said)."""

    part: Literal["words"] = "words"
    name: str
    n: int | None
    entries: tuple[tuple[str, int], ...] = ()


class ShownTexts(Frozen):
    """Texts that a facilitator let through, shuffled once."""

    part: Literal["texts"] = "texts"
    name: str
    n: int | None
    entries: tuple[str, ...] = ()


class Release(Frozen):
    """All that may ever be shown of one question: computed once, stored, final.

    `withheld`: fewer than k people answered, so there is nothing here, not even how many.
    """

    step: str
    round: int
    phase: int
    withheld: bool = False
    parts: tuple[ShownTable | ShownWords | ShownTexts, ...] = ()


# ---------- the question, and the kind ----------


@dataclass(frozen=True)
class Question:
    """What one phase of a step asks.

    `prompt` empty: the step's own. `audience`: who may see what was counted (`nobody`: counted, not stored).
    `bucket`: bytes that an answer is padded to where it is stored (64, 256, 1024 or 2048).
    `moderated`: texts that a person reads before the room does.
    """

    answer: type[Answer]
    prompt: str = ""
    options: tuple[Option, ...] = ()
    audience: Literal["room", "facilitator", "nobody"] = "room"
    bucket: Literal[64, 256, 1024, 2048] = 256
    moderated: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wire(self) -> int:
        """Bytes that every form of this question is padded to: in an address-encoded form, each may become three."""
        return next(size for size in (1024, 2048, 4096, 8192) if size >= 3 * self.bucket + 256)


@dataclass(frozen=True)
class Action:
    """A button of the facilitator's: an update of a step's path by a pure function."""

    id: str
    label: str
    apply: Callable[[Path], Path]


class Kind:
    """A sort of activity. Subclasses say what they need; the defaults are those of a kind that asks nothing."""

    slug: ClassVar[str]
    label: ClassVar[str]
    Config: ClassVar[type[Config]]

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a step's config under a variant's overrides; `ValueError` where they don't fit."""
        return {**fields, **overrides}

    def furnish(self, config: Any, libraries: Mapping[str, Mapping[str, Any]]) -> Any:
        """The config with what it names in the pack's libraries (role cards by id) put in, or `ValueError`."""
        return config

    def question(self, config: Any, past: Sequence[Release]) -> Question | None:
        """What phase `len(past)` asks, or None when the step has nothing (more) to ask."""
        return None

    def read(self, form: Form, question: Question) -> Answer:
        """The answer in a form; raises `Invalid` with a sentence."""
        raise NotImplementedError

    def count(self, answers: Iterable[Any], question: Question) -> Tally:
        """Answers added up; the order of `answers` must not matter."""
        raise NotImplementedError

    def actions(self, config: Any, past: Sequence[Release], path: Path) -> list[Action]:
        """The facilitator's own buttons for this step; the first is the natural next one."""
        return []

    def seconds(self, config: Any, path: Path) -> int | None:
        """How long the present stage takes, where the kind has stages; None: the step's own time."""
        return None

    def length(self, config: Any) -> int | None:
        """Seconds of all its stages together, where the kind has stages; None: the step's own time."""
        return None

    def holds(self, config: Any, path: Path) -> str | None:
        """Why the room must not leave this step yet, as a sentence; None: it may."""
        return None

    def check(self, config: Any, say: Callable[[str, str], None]) -> None:
        """Tell `say(field, sentence)` what makes this config unfit, beyond what its types refuse."""

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        """A config, and forms that people could send: for the contract test, rehearsals, previews and docs."""
        raise NotImplementedError
