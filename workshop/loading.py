"""From the text of a file to a pack, or to everything that keeps it from being one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from workshop import kinds, yaml_source
from workshop.complaints import complaints, in_file, near
from workshop.problems import PackError, Problem
from workshop.steps import Step
from workshop.stories import WITH_FAULTS
from workshop.words import gettext as _
from workshop.yaml_source import Loc, Source, inside

P = TypeVar("P", bound=BaseModel)
Libraries = Mapping[str, Mapping[str, Any]]

FORMAT = "workshop/1"

_MOST_REPAIRS = 3
_LIBRARIES = ("role_cards", "stories")
_WITH_IDS = ("sections", "concepts", "steps", *_LIBRARIES)


def load(model: type[P], source: Source) -> P:
    """The pack in a source. Raises `PackError` with all problems at once, each with its place and line."""
    if not isinstance(source.data, dict):
        raise PackError([source.problem((), _("a pack begins with fields such as format, workshop and steps"))])
    problems = [*source.problems, *_doubles(source), *_unknown_kinds(source), *_plans(source), *_lost(source)]
    try:
        pack = model.model_validate(source.data)
    except ValidationError as error:
        raise PackError([*problems, *complaints(error, source, model)]) from None
    if problems:
        raise PackError(problems)
    return pack


def read(model: type[P], text: str | bytes) -> P:
    """The pack in a text. Raises `PackError`."""
    return load(model, yaml_source.read(text))


def _entries(source: Source, library: str) -> list[tuple[Loc, dict[str, Any]]]:
    entries = source.data.get(library)
    listed = enumerate(entries) if isinstance(entries, list) else ()
    return [((library, i), entry) for i, entry in listed if isinstance(entry, dict)]


def _doubles(source: Source) -> Iterator[Problem]:
    for library in _WITH_IDS:
        seen: dict[str, int | None] = {}
        for loc, entry in _entries(source, library):
            name = str(entry.get("id"))
            if name in seen:
                said = _("'{id}' is used twice, first in line {line}").format(id=name, line=seen[name])
                yield source.problem((*loc, "id"), said)
            seen.setdefault(name, source.line((*loc, "id")))


def _unknown_kinds(source: Source) -> Iterator[Problem]:
    for loc, step in _entries(source, "steps"):
        slug = step.get("kind")
        if isinstance(slug, str) and slug not in kinds.discover():
            sentence = _("this version has no kind '{slug}'; it has {known}.")
            said = sentence.format(slug=slug, known=", ".join(sorted(kinds.discover())))
            yield source.problem((*loc, "kind"), said + near(slug, kinds.discover()))


def _lost(source: Source) -> Iterator[Problem]:
    about = source.data.get("workshop")
    wanted = about.get("interruption") if isinstance(about, dict) else None
    steps = [step.get("id") for _loc, step in _entries(source, "steps")]
    if wanted is not None and wanted not in steps:
        said = _("there is no step '{id}'.").format(id=wanted) + near(str(wanted), map(str, steps))
        yield source.problem(("workshop", "interruption"), said)


def _plans(source: Source) -> Iterator[Problem]:
    """What the plans do to the steps; only for steps that are right in themselves."""
    about = source.data.get("workshop")
    variants = about.get("variants") if isinstance(about, dict) else None
    names = set(variants) - {"default"} if isinstance(variants, dict) else set()
    libraries = {name: {str(one.get("id")): one for _loc, one in _entries(source, name)} for name in _LIBRARIES}
    for loc, raw in _entries(source, "steps"):
        try:
            step = Step.model_validate(raw)
        except ValidationError:
            continue
        yield from _shape(source, loc, step, names)
        for name, change in step.variants.items():
            if change.keep:
                yield from _variation(source, loc, step, name, libraries)


def _shape(source: Source, loc: Loc, step: Step, names: set[str]) -> Iterator[Problem]:
    missing, extra = sorted(names - step.variants.keys()), sorted(step.variants.keys() - names)
    if missing:
        yield source.problem((*loc, "variants"), _("nothing is said for {names}").format(names=", ".join(missing)))
    for name in extra:
        yield source.problem((*loc, "variants", name), _("the workshop has no such plan.") + near(name, names))


def _variation(source: Source, loc: Loc, step: Step, name: str, libraries: Libraries) -> Iterator[Problem]:
    at = (*loc, "variants", name)
    try:
        step.varied(name).furnished(libraries)
    except ValidationError as error:
        yield from complaints(error, source, Step, at)
    except ValueError as error:
        yield source.problem(at, str(error))


def spared(model: type[P], source: Source) -> P | None:
    """The pack with its too long texts cut, its unknown fields left out and its stories as they are, to check the rest.

    None where more is wrong than that.
    """
    if not isinstance(source.data, dict) or any(_plans(source)):
        return None
    data = deepcopy(source.data)
    for _attempt in range(_MOST_REPAIRS):
        try:
            return model.model_validate(data, context={WITH_FAULTS: True})
        except ValidationError as error:
            if not all(_repaired(data, found) for found in error.errors(include_url=False)):
                return None
    return None


def _repaired(data: Any, found: ErrorDetails) -> bool:
    *way, last = in_file(found["loc"])
    for part in way:
        data = inside(data, part)
    if found["type"] == "extra_forbidden" and isinstance(data, dict):
        data.pop(last, None)
    elif found["type"] == "string_too_long" and isinstance(data, dict | list):
        data[last] = found["input"][: found["ctx"]["max_length"]]  # type: ignore[index]
    elif found["loc"] == ("format",):
        data["format"] = FORMAT
    else:
        return False
    return True
