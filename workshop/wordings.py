"""The words that people read in a step, a role card or a story: each by its place, and how long it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workshop.kinds._beside import Beside
from workshop.kinds.kind import Config
from workshop.steps import Step

Way = tuple[str | int, ...]
"""Where a text stands in a pack's file: names of fields, ids or numbers of entries."""

_NO_WORDS = {"id", "kind", "covers", "shows", "sources", "attribution", "note"}
"""Fields that look like texts, and are not read out to anybody."""
_OF_A_STEP: Mapping[str, Way] = {
    "title": ("title",),
    "prompt": ("prompt",),
    "lead_in": ("lead_in",),
    "body": ("body",),
    "talk_instead": ("talk_instead",),
    "caption": ("presenter", "caption"),
    "say": ("facilitator", "say"),
}
_PAGES = ("lead_in", "body")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True)
class Wording:
    """One text. `place`: what forms call it, such as `options.bus.text`; `least` and `most`: letters.

    `named`: its fields for people, with numbers in the place of ids.
    """

    place: str
    at: Way
    text: str
    least: int
    most: int
    paragraphs: bool = False
    named: Way = ()

    @property
    def group(self) -> str:
        """The field it belongs to with others; empty for a text that stands alone."""
        first, _dot, rest = self.place.partition(".")
        return first if rest else ""


def of(thing: BaseModel) -> tuple[Wording, ...]:
    """All texts of a step, a card or a story, in the order of its file."""
    if isinstance(thing, Step):
        return (*_of_step(thing), *_inside(thing.config, ()))
    return tuple(_inside(thing, ()))


def put(data: Any, at: Way, text: str) -> Any:
    """Plain data, as a file has it, with another text at a place; None where no text stands there."""
    changed = deepcopy(data)
    *above, last = at
    inside: Any = changed
    for part in above:
        inside = inside[key] if (key := _key(inside, part)) is not None else None
    key = _key(inside, last)
    if key is None or not isinstance(inside[key], str):
        return None
    inside[key] = text
    return changed


def tidy(text: str, *, paragraphs: bool = False) -> str:
    """A text as it was typed, without what a form or a finger added to it: stray spaces, control characters."""
    text = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return "\n".join(lines).strip() if paragraphs else " ".join(line for line in lines if line)


def _of_step(step: Step) -> Iterator[Wording]:
    for place, at in _OF_A_STEP.items():
        model: Any = step
        for part in at[:-1]:
            model = getattr(model, str(part))
        name = str(at[-1])
        limits = _limits(type(model).model_fields[name])
        text = getattr(model, name)
        if limits and (text or place in _PAGES):
            yield Wording(place, at, text or "", *limits, paragraphs=place in _PAGES, named=(place,))


def _inside(thing: BaseModel, at: Way, named: Way = ()) -> Iterator[Wording]:
    for name, field in type(thing).model_fields.items():
        value = getattr(thing, name)
        if name in _NO_WORDS:
            continue
        if isinstance(value, Config) and isinstance(thing, Beside):
            yield from _inside(value, at, named)  # in a file its fields stand beside the others
        else:
            yield from _value(value, (*at, name), (*named, name), field)


def _value(value: Any, at: Way, named: Way, field: FieldInfo) -> Iterator[Wording]:
    if isinstance(value, str):
        limits = _limits(field)
        if limits and value:
            yield Wording(".".join(map(str, at)), at, value, *limits, named=named)
    elif isinstance(value, BaseModel):
        yield from _inside(value, at, named)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _value(part, (*at, str(name)), (*named, str(name)), field)
    elif isinstance(value, Sequence):
        for i, part in enumerate(value):
            yield from _value(part, (*at, getattr(part, "id", i)), (*named, i + 1), field)


def _limits(field: FieldInfo) -> tuple[int, int] | None:
    """The fewest and the most letters of the texts in a field; None for what is no text of free wording."""
    found = list(_constraints([field.annotation, *field.metadata]))
    most = [rule.max_length for rule in found if getattr(rule, "max_length", None)]
    free = not any(getattr(rule, "pattern", None) for rule in found) and "str" in _names(field.annotation)
    least = [rule.min_length for rule in found if getattr(rule, "min_length", None)]
    return (max(least, default=0), max(most)) if most and free else None


def _constraints(annotations: Sequence[Any]) -> Iterator[Any]:
    """What bounds a text, however deep its annotation hides it; not what bounds a list of texts."""
    for one in annotations:
        if hasattr(one, "max_length") or hasattr(one, "min_length"):
            yield one
        elif isinstance(one, FieldInfo):
            continue
        else:
            yield from _constraints(_parts(one))


def _names(annotation: Any) -> set[str]:
    """The plain types in an annotation."""
    inside = _parts(annotation)
    return {getattr(annotation, "__name__", "")} if not inside else set().union(*map(_names, inside))


def _parts(annotation: Any) -> tuple[Any, ...]:
    """What an annotation is made of; of a mapping its values, whose names are no texts."""
    parts = get_args(annotation)
    return parts[-1:] if get_origin(annotation) is dict else parts


def _key(inside: Any, part: str | int) -> str | int | None:
    """The key of an entry by its name, its number, or the id that it has; None where there is none."""
    if isinstance(inside, dict):
        return part if part in inside else None
    if not isinstance(inside, list):
        return None
    if isinstance(part, int):
        return part if part < len(inside) else None
    return next((i for i, one in enumerate(inside) if isinstance(one, dict) and one.get("id") == part), None)
