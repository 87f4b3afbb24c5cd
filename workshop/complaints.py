"""What pydantic found wrong with a pack, said so that an author can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from inspect import isclass
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from workshop import kinds
from workshop.problems import Problem
from workshop.words import N_
from workshop.words import gettext as _
from workshop.yaml_source import Loc, Source, inside

_MOST = 200  # nobody mends more at once, and each costs time that others wait for
_SENTENCES = {
    "missing": N_("is missing"),
    "string_too_long": N_("is {length} characters long; at most {max_length}"),
    "string_too_short": N_("must not be empty"),
    "string_type": N_("must be text; if it is meant so, write it in quotes"),
    "string_pattern_mismatch": N_("has letters that cannot stand here ({pattern})"),
    "int_type": N_("must be a whole number"),
    "int_parsing": N_("must be a whole number"),
    "int_from_float": N_("must be a whole number"),
    "float_type": N_("must be a number"),
    "float_parsing": N_("must be a number"),
    "bool_type": N_("must be true or false"),
    "greater_than": N_("must be more than {gt}"),
    "greater_than_equal": N_("must be at least {ge}"),
    "less_than_equal": N_("must be at most {le}"),
    "too_long": N_("has {actual_length} entries; at most {max_length}"),
    "too_short": N_("has {actual_length} entries; at least {min_length}"),
    "model_type": N_("must be a group of fields"),
    "model_attributes_type": N_("must be a group of fields"),
    "dict_type": N_("must be a group of fields"),
    "tuple_type": N_("must be a list"),
    "literal_error": N_("must be {expected}"),
}


def complaints(error: ValidationError, source: Source, model: type[BaseModel], at: Loc = ()) -> Iterable[Problem]:
    """Each thing pydantic found, as a problem of the file. `at` is where the validated part stands in it."""
    every = error.errors(include_url=False)
    if len(every) > _MOST:
        yield source.problem(at, _("and {n} more").format(n=len(every) - _MOST))
    for found in every[:_MOST]:
        way = in_file(found["loc"], at)
        extra = found["type"] == "extra_forbidden"
        yield source.problem((*at, *way), _unknown(way, source, model, at) if extra else _sentence(found))


def near(word: str, known: Iterable[str]) -> str:
    """A hint at what somebody may have meant; "" without one."""
    close = get_close_matches(word, [str(name) for name in known], n=1)
    return " " + _("Did you mean '{word}'?").format(word=close[0]) if close else ""


def in_file(loc: Loc, at: Loc = ()) -> Loc:
    """Where in the file a part of the model stands: fields of a kind, `config` here, are beside the others there."""
    depth = _depth_of_step(loc, at)
    inside_step = depth if depth is not None else len(loc)
    return tuple(part for i, part in enumerate(loc) if (i < inside_step or part != "config") and part != "[key]")


def _depth_of_step(loc: Loc, at: Loc) -> int | None:
    """After how many parts of `loc` a step begins; None where it is about something else."""
    if at[:1] == ("steps",):
        return 0
    return 2 if loc[:1] == ("steps",) and len(loc) > 1 else None


def _sentence(found: ErrorDetails) -> str:
    if found["type"] == "value_error":
        return found["msg"].removeprefix("Value error, ")
    template = _SENTENCES.get(found["type"])
    if template is None:
        return found["msg"]
    given = found["input"]
    values = {"length": len(given) if isinstance(given, str) else 0, **found.get("ctx", {})}
    hint = near(str(given), re.findall(r"'([^']+)'", str(values.get("expected", ""))))
    return _(template).format(**values) + ("." + hint if hint else "")


def _unknown(way: Loc, source: Source, model: type[BaseModel], at: Loc) -> str:
    name, depth = str(way[-1]), _depth_of_step(way, at)
    owners = [_at(model, way[:-1])]
    if depth is not None:
        config = kinds.get(_kind_of(source, (*at, *way)[:2])).Config
        owners.append(_at(config, way[depth:-1]))
    fields = [owner.model_fields.items() for owner in owners if owner]
    known = {field.alias or name for some in fields for name, field in some} - {"config"}
    return _("unknown field '{name}'.").format(name=name) + near(name, known)


def _kind_of(source: Source, loc: Loc) -> str:
    step = inside(inside(source.data, loc[0]), loc[1])
    return str(step.get("kind")) if isinstance(step, Mapping) else ""


def _at(model: Any, loc: Loc) -> Any:
    """The model at a place, found by the annotations on the way; None where there is none."""
    for part in loc:
        if isclass(model) and issubclass(model, BaseModel):
            names = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
            model = _bare(names.get(str(part), _of_extras(model)))
        else:
            model = _bare(get_args(model)[-1 if get_origin(model) is dict else 0]) if get_args(model) else None
    return model if isclass(model) and issubclass(model, BaseModel) else None


def _of_extras(model: type[BaseModel]) -> Any:
    extras = get_args(get_type_hints(model).get("__pydantic_extra__"))
    return extras[-1] if extras else None


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) not in (None, tuple, list, dict):
        annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation
