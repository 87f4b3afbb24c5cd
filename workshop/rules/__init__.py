"""What a pack must and should be, a module for each thing that the rules are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workshop.pack import Pack
from workshop.rules import care, concepts, measures, plans, references, setup, steps, stories, tenderness, wording
from workshop.rules.finding import Finding

Rule = Callable[[Pack], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *care.RULES,
    *concepts.RULES,
    *measures.RULES,
    *plans.RULES,
    *references.RULES,
    *setup.RULES,
    *steps.RULES,
    *stories.RULES,
    *tenderness.RULES,
    *wording.RULES,
)
