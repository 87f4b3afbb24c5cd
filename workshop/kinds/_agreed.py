"""What an agreement is made of: lines, what the room says to each, and what a facilitator makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from workshop.kinds import kind
from workshop.kinds._fields import Count, Flag, Id, Label, unique_ids
from workshop.kinds.kind import BEGINNING, Path
from workshop.release import Release, ShownTable, ShownTexts
from workshop.values import Frozen

OK, TALK = "ok", "talk"
LONGEST = 90
"""Letters of a line: it is read from the back row."""
MOST_ADDED = 2


class AgreedLine(Frozen):
    """One line that people can live with, or want to talk about."""

    id: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class AddYourOwn(Frozen):
    """One more line from each phone, read by a person first; from so many people on."""

    enabled: Flag = True
    max_chars: Annotated[int, Field(strict=True, ge=10, le=LONGEST)] = 80
    moderation: Literal["before_display"] = "before_display"
    min_show: Count = 1


Lines = Annotated[tuple[AgreedLine, ...], Field(min_length=1, max_length=12), AfterValidator(unique_ids)]


@dataclass(frozen=True)
class Line:
    """A line as it stands now. `out`: left out by the facilitator."""

    id: str
    text: str
    out: bool = False


@dataclass(frozen=True)
class Shown:
    """A line with what may be seen: whether most can live with it, and whether anybody wants to talk about it."""

    id: str
    text: str
    out: bool
    agreed: bool
    talk: bool


class AgreementConfig(kind.Config):
    """`choices_per_item`: other words for the two choices. `one_tap_for_all`: a button that takes all lines at once."""

    items: Lines
    choices_per_item: Annotated[tuple[Label, ...], Field(min_length=2, max_length=2)] | None = None
    add_your_own: AddYourOwn | Literal[False] = False
    one_tap_for_all: Flag = False

    @property
    def own(self) -> AddYourOwn | None:
        """How lines are added by phones, where they are."""
        return self.add_your_own if self.add_your_own and self.add_your_own.enabled else None

    def with_lines(self, lines: Iterable[AgreedLine | Mapping[str, Any]]) -> AgreementConfig:
        """This agreement with more lines at its end, such as those of the set-up questions; each of them once."""
        every = {line.id: line for line in self.items}
        for line in map(AgreedLine.model_validate, lines):
            every.setdefault(line.id, line)
        return self.model_copy(update={"items": tuple(every.values())})

    def asked(self, path: Path = BEGINNING) -> tuple[Line, ...]:
        """The lines that are put to the room: the step's, or what a second round begins with."""
        return _read(path["asked"]) if "asked" in path else tuple(Line(line.id, line.text) for line in self.items)

    def lines(self, past: Sequence[Release], path: Path = BEGINNING) -> tuple[Line, ...]:
        """All lines as they stand, those included that phones added and that were let through."""
        if "lines" in path:
            return _read(path["lines"])
        lines = self.asked(path)
        for part in (part for release in past for part in release.parts if isinstance(part, ShownTexts)):
            for text in part.entries:
                lines = (*lines, Line(free_id("own", lines), text))
        return lines

    def room_for_more(self, lines: Iterable[Line | Shown]) -> bool:
        """Whether a facilitator may add one more line: an agreement is short."""
        return sum(line.id.startswith("new-") for line in lines) < MOST_ADDED

    def shown(self, release: Release, path: Path = BEGINNING) -> tuple[Shown, ...]:
        """The lines with what may be seen of the room's answers. `release`: of the round that they are drawn for."""
        tables = {part.name: part for part in release.parts if isinstance(part, ShownTable)}
        lines = self.lines([release], path)
        return tuple(Shown(line.id, line.text, line.out, *_said(tables.get(line.id))) for line in lines)


def free_id(prefix: str, lines: Sequence[Line]) -> str:
    """An id that no line has, and that no author could give one."""
    taken = {line.id for line in lines}
    return next(id for id in (f"{prefix}-{number}" for number in range(len(lines) + 1)) if id not in taken)


def written(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as a path keeps them."""
    return [{"id": line.id, "text": line.text, "out": line.out} for line in lines]


def _read(kept: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(str(one["id"]), str(one["text"]), bool(one.get("out"))) for one in kept)


def _said(table: ShownTable | None) -> tuple[bool, bool]:
    """Whether most can live with it, and whether anybody wants to talk about it, as far as that may be seen."""
    said = {cell.options[0]: cell.shown for cell in table.cells} if table else {}
    return said.get(OK) in ("most", "nearly_all"), said.get(TALK) in ("some", "about_half", "most", "nearly_all")
