"""What a session does differently after what its facilitator said before it; k is never among that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workshop.leaflets import Effects, FacilitatorPack, SetupQuestion


@dataclass(frozen=True)
class Setup:
    """`yes`: the set-up questions that were answered with yes; `expected`: how many people, where that was said."""

    yes: tuple[SetupQuestion, ...] = ()
    expected: int | None = None

    @property
    def kept(self) -> dict[str, Any]:
        """As a session keeps it."""
        return {"yes": [question.id for question in self.yes], "expected": self.expected}

    @cached_property
    def lines(self) -> dict[str, str]:
        """More lines for what the room agrees on, by their ids: each of them once."""
        lines: dict[str, str] = {}
        for line in (effects.agreement_line for effects in self._effects if effects.agreement_line):
            lines.setdefault(line.id, line.text)
        return lines

    @cached_property
    def pairing(self) -> tuple[str, ...]:
        """What is said of partners."""
        return tuple(dict.fromkeys(effects.pairing for effects in self._effects if effects.pairing))

    @property
    def by_chance(self) -> bool:
        """Whether chance puts partners together: where anything is said of them."""
        return bool(self.pairing)

    @cached_property
    def off(self) -> frozenset[str]:
        """Ids of steps that are left out at first."""
        return frozenset(id for effects in self._effects for id in effects.off_steps)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Ids of stories and role cards that the session does without."""
        return frozenset(id for one in self._effects for id in (*one.hidden_stories, *one.hidden_cards))

    @cached_property
    def first(self) -> tuple[str, ...]:
        """Ids of stories and role cards that a facilitator should read first; not of those that are hidden."""
        wanted = dict.fromkeys(id for effects in self._effects for id in effects.look_at_first)
        return tuple(id for id in wanted if id not in self.hidden)

    def because(self, step_id: str) -> tuple[str, ...]:
        """The questions whose yes leaves a step out."""
        return tuple(question.ask for question in self.yes if step_id in question.effects.off_steps)

    @property
    def _effects(self) -> tuple[Effects, ...]:
        return tuple(question.effects for question in self.yes)


def field(question_id: str) -> str:
    """What the answer to a question is called in a form; it is `yes` or `no`."""
    return f"setup_{question_id}"


NOTHING = Setup()
"""Nothing was said."""


def of(guide: FacilitatorPack, yes: Collection[str], expected: int | None = None) -> Setup:
    """Ids that are no question of this pack say nothing, such as those of an earlier version."""
    return Setup(tuple(question for question in guide.setup_questions if question.id in yes), expected)


def read(guide: FacilitatorPack, kept: Mapping[str, Any]) -> Setup:
    """What `Setup.kept` wrote; of a session that is older than these questions: nothing."""
    expected = kept.get("expected")
    return of(guide, kept.get("yes", ()), expected if isinstance(expected, int) else None)
