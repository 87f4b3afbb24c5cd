"""The text of a pack as plain data that remembers its lines; anything that is more than plain data is refused.

YAML 1.2: `yes`, `no` and `1:30` stay text. No tags, no anchors, no aliases, so nothing runs and nothing multiplies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
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
_MOST_NODES = 60_000
_DEEPEST = 24

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE, _FALSE = re.compile(r"true|True|TRUE"), re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")


@dataclass
class Source:
    """Plain data, and the line at which each part of it begins."""

    data: Any
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, loc: Loc) -> int | None:
        """The line of this part, or of the nearest part around it."""
        return next((self.lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in self.lines), None)

    def problem(self, loc: Loc, message: str) -> Problem:
        return Problem(place(self.data, loc), self.line(loc), message)


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
    return text


def read(raw: str | bytes) -> Source:
    """The data in a YAML (or JSON) text. Raises `PackError` for what is not plain, or too much."""
    text = _decoded(raw)
    _refuse_tabs(text)
    try:
        return _Builder().build(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as error:
        raise _refusal(text.count("\n", 0, error.position) + 1, _("a character that cannot be used")) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refusal(mark.line + 1 if mark else 1, error.problem or _("this is not YAML")) from None
    except YAMLError:
        raise _refusal(1, _("this is not YAML")) from None


def _refusal(line: int, message: str) -> PackError:
    return PackError([Problem("", line, message)])


def _decoded(raw: str | bytes) -> str:
    if len(raw) > MOST_BYTES or (isinstance(raw, str) and len(raw.encode("utf-8", "replace")) > MOST_BYTES):
        raise _refusal(1, _("the file is larger than 2 MiB"))
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8")
        text.encode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(error.object[: error.start].count(b"\n") + 1, _("the file must be text in UTF-8")) from None
    except UnicodeEncodeError as error:
        raise _refusal(error.object[: error.start].count("\n") + 1, _("the file must be text in UTF-8")) from None
    if "\0" in text:
        raise _refusal(text.count("\n", 0, text.index("\0")) + 1, _("the file must be text in UTF-8"))
    return text.removeprefix("\ufeff")


def _refuse_tabs(text: str) -> None:
    if "\t" in text:
        raise _refusal(text.count("\n", 0, text.index("\t")) + 1, _("a tab; write spaces"))


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
            message = _("'{key}' stands here twice, first in line {line}")
            message = message.format(key=event.value, line=self.source.lines[loc])
            self.source.problems.append(Problem(place(self.source.data, loc), line, message))
        self.source.lines[loc] = line

    def _put(self, value: Any, event: Event) -> Loc:
        line = event.start_mark.line + 1
        if not self.open:
            self.source.data, self.source.lines[()] = value, line
            return ()
        top = self.open[-1]
        if isinstance(top.into, dict):
            return self._put_under_key(top, value, line)
        if len(top.into) == MOST_ENTRIES:
            raise _refusal(line, _("a list may have {n} entries").format(n=MOST_ENTRIES))
        top.into.append(value)
        loc = (*top.loc, len(top.into) - 1)
        self.source.lines[loc] = line
        return loc

    @staticmethod
    def _put_under_key(top: _Open, value: Any, line: int) -> Loc:
        if top.key is None:
            raise _refusal(line, _("only plain text may stand before a colon"))
        assert isinstance(top.into, dict)
        top.into[top.key] = value
        loc, top.key = (*top.loc, top.key), None
        return loc
