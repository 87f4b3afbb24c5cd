"""A live session as it was committed last: a picture that is never changed, shared by all who read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from workshop import kinds
from workshop.kinds.kind import Action, Kind, Question, Release
from workshop.pack import Pack, Step

SessionState = Literal["lobby", "live", "paused", "ended"]


@dataclass(frozen=True)
class StepState:
    """Where one round of a step stands. `row` is the row its answers hang on; `phase` the question it is at."""

    row: int
    step_id: str
    round: int
    state: str
    phase: int
    path: Mapping[str, Any]
    releases: tuple[Release, ...]

    @property
    def taking(self) -> bool:
        """True while answers are taken."""
        return self.state in ("open", "closing")

    @property
    def unfinished(self) -> bool:
        """True while there may be answers that nobody has counted."""
        return self.taking or self.state == "interrupted"

    @property
    def held(self) -> bool:
        """True while texts of this question wait for a person to read them."""
        return "held" in self.path


@dataclass(frozen=True)
class Snapshot:
    """One live session. `position`: index of the step shown, -1 in the lobby. `note`: a string that all phones show.

    `calm`: what is tender is passed over from here on.
    """

    id: int
    workshop_id: int | None
    title: str
    handle: bytes
    pack: Pack
    plan: tuple[Step, ...]
    variant: str
    state: SessionState
    version: int
    position: int
    care: bool
    locked: bool
    practice: bool
    code: str | None
    join_secret: str | None
    screen_token: str
    raised_k: int
    headcount: int | None
    rekeyed: bool
    note: str
    calm: bool
    rounds: Mapping[str, tuple[StepState, ...]] = field(repr=False)
    drawn: dict[Hashable, str] = field(default_factory=dict, repr=False, compare=False)
    """What was drawn of it for phones, by `broadcast.once`."""

    @property
    def lang(self) -> str:
        """The language that this room is addressed in."""
        return self.pack.workshop.language

    @property
    def step(self) -> Step | None:
        return self.plan[self.position] if 0 <= self.position < len(self.plan) else None

    @property
    def now(self) -> StepState | None:
        """The newest round of the step that is shown."""
        return self.newest(self.step.id) if self.step else None

    @property
    def states(self) -> dict[str, StepState]:
        """The newest round of every step that was shown."""
        return {step_id: rounds[-1] for step_id, rounds in self.rounds.items()}

    def newest(self, step_id: str) -> StepState | None:
        rounds = self.rounds.get(step_id)
        return rounds[-1] if rounds else None

    @property
    def ahead(self) -> int | None:
        """Index of the step that comes next; None at the last one."""
        rest = range(self.position + 1, len(self.plan))
        return next((i for i in rest if not (self.calm and self.plan[i].sensitivity == "tender")), None)

    @property
    def before(self) -> int | None:
        """Index of the last step before this one that the room has seen."""
        return next((i for i in reversed(range(self.position)) if self.newest(self.plan[i].id)), None)

    @property
    def kind(self) -> Kind | None:
        return kinds.get(self.step.kind) if self.step else None

    @cached_property
    def question(self) -> Question | None:
        """What the present step asks in its present phase, whether open or not."""
        step, now = self.step, self.now
        if not step or not now or not self.kind:
            return None
        return self.kind.question(step.config, now.releases[: now.phase])

    @property
    def actions(self) -> list[Action]:
        """The kind's own buttons for the present step."""
        if not self.step or not self.now or not self.kind:
            return []
        return self.kind.actions(self.step.config, self.now.releases, self.now.path)

    @property
    def question_key(self) -> str:
        """`step/round/phase` of the present question, or an empty string."""
        now = self.now
        return f"{now.step_id}/{now.round}/{now.phase}" if now and self.question else ""

    @property
    def mark(self) -> str:
        """What a facilitator's button was drawn for: another one means that the room has moved on since."""
        now = self.now
        where = f"{now.row}.{now.phase}.{now.state}.{now.path.get('stage', 0)}" if now else "0"
        return f"{self.state}.{self.position}.{where}"

    @property
    def past_interruption(self) -> bool:
        """True once the room has gone on from the interruption page: whoever comes later meets it first."""
        wanted = self.pack.workshop.interruption
        ids = [step.id for step in self.plan]
        return wanted in ids and self.position > ids.index(wanted)
