"""Forms as phones post them, and nonsense as nobody should."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import strategies as st

from workshop.kinds.kind import Answer, Invalid, Kind


class Posted:
    """The fields of a form in the order in which a browser sent them."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self.fields = tuple(fields)

    def get(self, key: str, default: str = "", /) -> str:
        return next(iter(self.getlist(key)), default)

    def getlist(self, key: str, /) -> list[str]:
        return [value for name, value in self.fields if name == key]

    def __repr__(self) -> str:
        return f"Posted({self.fields!r})"


def form(fields: Mapping[str, list[str]] | None = None, **single: str) -> Posted:
    """A form with these fields; several values of a field as a list."""
    several = [(name, value) for name, values in (fields or {}).items() for value in values]
    return Posted([*several, *single.items()])


def answered(kind: Kind, config: Any, posted: Posted) -> Answer:
    """What the kind reads in a form that answers its first question."""
    question = kind.question(config, [])
    assert question is not None
    return kind.read(posted, question)


def refused(kind: Kind, config: Any, posted: Posted) -> Invalid:
    """Why the kind does not take this form."""
    with pytest.raises(Invalid) as refusal:
        answered(kind, config, posted)
    assert refusal.value.message
    return refusal.value


def nonsense(*fields: str) -> st.SearchStrategy[Posted]:
    """Any values at all in the fields that a kind reads, and in others."""
    likely = ["\0", "\ud800", "\u202e", "1", "1 ", "-1", "1.0", "watched", "foot"]
    anything = st.text(max_size=60) | st.sampled_from(likely)
    entries = st.tuples(st.sampled_from([*fields, "step", "x"]), anything)
    return st.lists(entries, max_size=8).map(Posted)
