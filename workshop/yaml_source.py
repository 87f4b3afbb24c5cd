"""The text of a pack as plain data that remembers its lines; anything that is more than plain data is refused.

YAML 1.2: `yes`, `no` and `1:30` stay text. No tags, no anchors, no aliases, so nothing runs and nothing multiplies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from workshop.problems import PackError, Problem
from workshop.words import gettext as _

Loc = tuple[str | int, ...]

MOST_BYTES = 2 * 1024 * 1024
MOST_ENTRIES = 1000
_MOST_NODES = 40_000
_DEEPEST = 24
_LONGEST = 400

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_TAB = re.compile("\t")
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE, _FALSE = re.compile(r"true|True|TRUE"), re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")


@dataclass
class Source:
    """Plain data, and the line at which each part begins."""

    data: Any
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, loc: Loc) -> int | None:
        """The line of this part, or of the nearest part around it."""
        return next((self.lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in self.lines), None)

    def problem(self, loc: Loc, message: str) -> Problem:
        return Problem(place(self.data, loc), self.line(loc), message[:_LONGEST])


def place(data: Any, loc: Loc) -> str:
    """A part of a pack in words: entries of its libraries by their id, everything else by name and number."""
    text, named = "", False
    for depth, part in enumerate(loc):
        data = inside(data, part)
        if depth == 1 and isinstance(data, dict) and isinstance(part, int) and isinstance(data.get("id"), str):
            text, named = f"{text} › {data['id']}", True
        elif isinstance(part, int):
            text = f"{text}[{part}]"
        else:
            joint = " › " if named and depth == 2 else "."
            text = f"{text}{joint}{part}" if text else part
    return text[:_LONGEST]


def read(raw: str | bytes) -> Source:
    """The data in a YAML (or JSON) text. Raises `PackError` for what is not plain, or too much."""
    text = _decoded(raw)
    try:
        return _Builder().build(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as error:
        raise _refusal(text.count("\n", 0, error.position) + 1, _("a character that cannot be used")) from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise _refusal(mark.line + 1 if mark else 1, getattr(error, "problem", "") or _("this is not YAML")) from None


def _refusal(line: int, message: str) -> PackError:
    return PackError([Problem("", line, message)])


def _decoded(raw: str | bytes) -> str:
    if len(raw) > MOST_BYTES or (isinstance(raw, str) and len(raw.encode("utf-8", "replace")) > MOST_BYTES):
        raise _refusal(1, _("the file is larger than 2 MiB"))
    # What is not UTF-8 becomes lone surrogates here, which a text cannot have, so one search finds both.
    text = (raw if isinstance(raw, str) else raw.decode("utf-8", "surrogateescape")).removeprefix("\ufeff")
    for unwanted, message in ((_UNUSABLE, _("the file must be text in UTF-8")), (_TAB, _("a tab; write spaces"))):
        found = unwanted.search(text)
        if found:
            raise _refusal(text.count("\n", 0, found.start()) + 1, message)
    return text


def inside(data: Any, step: str | int) -> Any:
    """A part of plain data; None where there is none."""
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


def _scalar(event: ScalarEvent) -> Any:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return _TRUE.fullmatch(text) is not None
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


@dataclass
class _Open:
    """A mapping or list that is being filled."""

    loc: Loc
    into: dict[str, Any] | list[Any]
    key: str | None = None

    def put(self, value: Any, line: int) -> str | int:
        """Where in here the value now stands."""
        if isinstance(self.into, list):
            if len(self.into) == MOST_ENTRIES:
                raise _refusal(line, _("a list may have {n} entries").format(n=MOST_ENTRIES))
            self.into.append(value)
            return len(self.into) - 1
        if self.key is None:
            raise _refusal(line, _("only plain text may stand before a colon"))
        self.into[self.key] = value
        key, self.key = self.key, None
        return key


class _Builder:
    """Turns the events of one YAML document into a `Source`."""

    def __init__(self) -> None:
        self.source = Source(None)
        self.open: list[_Open] = []

    def build(self, events: Iterable[Event]) -> Source:
        for number, event in enumerate(events):
            self._refuse(event, number)
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                into: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
                self.open.append(_Open(self._put(into, event), into))
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                self.open.pop()
            elif isinstance(event, ScalarEvent):
                self._scalar(event)
        return self.source

    def _refuse(self, event: Event, number: int) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(line, _("anchors and aliases (& and *) are not used in packs; write the text out"))
        if getattr(event, "tag", None):
            raise _refusal(line, _("tags (!) are not used in packs"))
        if isinstance(event, DocumentStartEvent) and number > 1:
            raise _refusal(line, _("a second document begins here; a pack is one"))
        if number > _MOST_NODES or len(self.open) > _DEEPEST:
            raise _refusal(line, _("too much, or too deep, for a pack"))

    def _scalar(self, event: ScalarEvent) -> None:
        if _UNUSABLE.search(event.value):
            raise _refusal(event.start_mark.line + 1, _("a character that cannot be used"))
        top = self.open[-1] if self.open else None
        if top is None or isinstance(top.into, list) or top.key is not None:
            self._put(_scalar(event), event)
            return
        top.key = event.value
        loc, line = (*top.loc, event.value), event.start_mark.line + 1
        if event.value in top.into:
            message = _("stands here twice, first in line {line}").format(line=self.source.lines[loc])
            self.source.problems.append(Problem(place(self.source.data, loc), line, message))
        self.source.lines[loc] = line

    def _put(self, value: Any, event: Event) -> Loc:
        line = event.start_mark.line + 1
        if not self.open:
            self.source.data, self.source.lines[()] = value, line
            return ()
        top = self.open[-1]
        loc = (*top.loc, top.put(value, line))
        self.source.lines.setdefault(loc, line)
        return loc
