"""A question that was asked, with everything that counting it needs in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sessions.publishing import Rules, k_for, rules_for
from sessions.snapshot import Snapshot, StepState
from workshop import kinds
from workshop.kinds.kind import Kind, Question
from workshop.pack import Step
from workshop.tally import Part, Tally, Texts, Words


@dataclass(frozen=True)
class Asked:
    """The question of one round and phase, in its session as the transaction sees it."""

    live: Snapshot
    step: Step
    state: StepState
    kind: Kind
    question: Question

    @classmethod
    def of(cls, live: Snapshot, row: int) -> Asked | None:
        """The question of `row`; None where nothing is asked."""
        for rounds in live.rounds.values():
            for state in rounds:
                if state.row == row:
                    return cls._of(live, state)
        return None

    @classmethod
    def _of(cls, live: Snapshot, state: StepState) -> Asked | None:
        step = next((step for step in live.plan if step.id == state.step_id), None)
        if step is None:
            return None
        question = step.question(state.releases[: state.phase], state.path)
        return cls(live, step, state, kinds.get(step.kind), question) if question else None

    @property
    def audience(self) -> str:
        """For whom its release is: `room`; `results`, the facilitator's own; `facilitator`, until the end; `nobody`."""
        if self.step.reveal == "facilitator_only" and self.question.audience == "room":
            return "facilitator" if self.step.sensitivity == "care" else "results"
        return self.question.audience

    def own(self, tally: Tally) -> list[Texts]:
        """What enough people wrote for the facilitator alone, to be read after the end."""
        return [texts for part in tally if (texts := self._own(part)) and texts.answerers >= self.k_own(texts.min_show)]

    def shared(self, tally: Tally) -> Tally:
        """The rest of it, which is published when the question closes."""
        return [part for part in tally if self._own(part) is None]

    def _own(self, part: Part) -> Texts | None:
        if isinstance(part, Texts):
            return part if part.facilitator_only or self.audience == "results" else None
        return part.as_texts() if isinstance(part, Words) and self.audience == "results" else None

    def k_own(self, min_show: int = 0) -> int:
        """How many must have written what the facilitator alone reads; `min_show`: what the question itself says."""
        floor = self.rules.feedback if self.step.sensitivity in ("low", "personal") else self.k("texts")
        return max(floor, min_show or self.step.min_show, self.live.raised_k)

    @cached_property
    def rules(self) -> Rules:
        """The floors that hold here: of the server, of the workshop, and of the measure that the step is part of."""
        return rules_for(self.live.pack, self.step)

    def k(self, what: Literal["counts", "texts"]) -> int:
        """How many people must have answered; of answers or of texts."""
        least, raised = self.step.min_show, self.live.raised_k
        return k_for(self.step.sensitivity, what, min_show=least, raised=raised, rules=self.rules)
