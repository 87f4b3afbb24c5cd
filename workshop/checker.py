"""What is wrong with a pack, or could be better: errors, warnings and hints, each with its place."""

from __future__ import annotations

from collections.abc import Iterable

from workshop import loading, yaml_source
from workshop.pack import Pack
from workshop.problems import PackError, Problem
from workshop.rules import RULES
from workshop.yaml_source import Source


def check(pack: Pack, source: Source | None = None) -> list[Problem]:
    """What the rules say about a pack; with its source, also in which line."""
    source = source or Source(pack.model_dump(mode="json"))
    findings = (finding for rule in RULES for finding in rule(pack))
    return _in_order(
        Problem(yaml_source.place(source.data, found.loc), source.line(found.loc), found.message, found.level)
        for found in findings
    )


def report(text: str | bytes) -> list[Problem]:
    """Everything that can be said about a file: why it is no pack, and what the rules say about what can be read."""
    try:
        source = yaml_source.read(text)
    except PackError as error:
        return error.problems
    try:
        return check(loading.load(Pack, source), source)
    except PackError as error:
        rest = loading.spared(Pack, source)
        return _in_order([*error.problems, *(check(rest, source) if rest else ())])


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.line or 0, problem.place, problem.message))
