"""A live session as it was committed last: a picture that is never changed, shared by all who read."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from zlib import crc32

from workshop import kinds
from workshop.kinds.kind import OUTCOME, Action, Config, Crossing, Groups, Kind, Picture, Question
from workshop.leaflets import OpenedHelp
from workshop.pack import Pack, Step
from workshop.release import Release
from workshop.setup import Setup

SessionState = Literal["lobby", "live", "paused", "ended"]

STEPS = 1 << 20
"""Counts and groups change without a commit, so their regions count on in memory between one version and the next."""


@dataclass(frozen=True)
class StepState:
    """Where one round of a step stands. `row` is the row its answers hang on; `phase` the question it is at.

    `paper`: what was counted by hand, beside the release of the same phase.
    """

    row: int
    step_id: str
    round: int
    state: str
    phase: int
    path: Mapping[str, Any]
    releases: tuple[Release, ...]
    paper: tuple[Release, ...] = ()

    @property
    def taking(self) -> bool:
        """True while answers are taken."""
        return self.state in ("open", "closing")

    @property
    def unfinished(self) -> bool:
        """True while there may be answers that nobody has counted."""
        return self.taking or self.state == "interrupted"

    @property
    def seen(self) -> tuple[Release, ...]:
        """What the room has been shown: of the present phase nothing before it is revealed."""
        return self.releases if self.state == "revealed" else self.releases[: self.phase]

    def on_paper(self, phase: int) -> tuple[Release, ...]:
        """What was counted by hand at a phase: one release, or none."""
        return tuple(release for release in self.paper if release.phase == phase)

    @property
    def every(self) -> tuple[Release, ...]:
        """All releases in order, each with what was counted by hand behind it."""
        return tuple(one for release in self.releases for one in (release, *self.on_paper(release.phase)))

    @property
    def held(self) -> bool:
        """True while texts of this question wait for a person to read them."""
        return "held" in self.path

    @property
    def place(self) -> int:
        """A number for where its path stands. It stands on the screen, so nothing of what waits is in it."""
        shown = {name: value for name, value in self.path.items() if name not in ("held", "own")}
        return crc32(json.dumps(shown, sort_keys=True).encode())


@dataclass(frozen=True)
class Pinned:
    """An outcome that stays one tap away. `label`: what it is called, still to be translated."""

    step_id: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Helper:
    """Somebody who helps without an account, known by a number; or a link for it, until it is `taken`."""

    number: int
    taken: bool


@dataclass(frozen=True)
class Start:
    """What stands beside the results of a step: those of the step that asked the same at the start."""

    config: Config
    release: Release


@dataclass(frozen=True)
class Snapshot:
    """One live session. `position`: index of the step shown, -1 in the lobby.

    `note`: what the room is told besides (`stage.NOTES`). `calm`: what is tender is passed over from here on. `setup`:
    what was said before it, and what follows. `off`: steps that are left out, by their ids; `brought`: that a person
    brought back. `skipped`: steps that went by themselves on the way to the present one, each with the reason.
    `quiet_to`: number of the helper who hears quiet words, 0 while it is the lead.
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
    brought: frozenset[str]
    setup: Setup
    off: frozenset[str]
    edition: int
    skipped: Mapping[str, str]
    help: OpenedHelp
    rounds: Mapping[str, tuple[StepState, ...]] = field(repr=False)
    helpers: tuple[Helper, ...] = ()
    quiet_to: int = 0
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

    def passes(self, step: Step) -> bool:
        """True when the room goes past a step: it is left out, or tender after a moment of care."""
        return step.id in self.off or self.spares(step)

    def spares(self, step: Step) -> bool:
        """True when the room goes past a step for being tender, after a moment of care; unless brought back."""
        return self.calm and step.sensitivity == "tender" and step.id not in self.brought

    @property
    def ahead(self) -> list[int]:
        """Indexes of the steps that are still to come; some may yet go by themselves (`skipping`)."""
        return [i for i in range(self.position + 1, len(self.plan)) if not self.passes(self.plan[i])]

    @cached_property
    def loose(self) -> frozenset[str]:
        """Ids of the steps that can be left out or brought back: ahead, unseen, and the room can go without them."""
        unseen = {step.id for step in self.plan[self.position + 1 :] if self.newest(step.id) is None}
        return frozenset(unseen - self.pack.stays(self.variant))

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
        return step.question(now.releases[: now.phase], now.path)

    @property
    def more(self) -> Question | None:
        """What the step asks next, once its present phase is counted; None when it has nothing more to ask."""
        step, now = self.step, self.now
        if not step or not now or not self.kind or now.state not in ("closed", "revealed"):
            return None
        if len(now.releases) <= now.phase:
            return None
        return step.question(now.releases, now.path)

    @property
    def helped(self) -> bool:
        """True once somebody helps who leads: a link that nobody has used is no help."""
        return any(helper.taken for helper in self.helpers)

    @property
    def unhelped(self) -> bool:
        """True where what the step asks next is better not asked by somebody alone, and nobody helps."""
        more = self.more
        return more is not None and more.needs_helper and not self.helped

    def asked_first(self, step: Step) -> Step | None:
        """The step of the plan that asks before what this one asks after; None where it is no second half."""
        pair = step.measure.pair if step.measure and step.measure.role == "post" else None
        return next((s for s in self.plan if s.measure and (s.measure.role, s.measure.pair) == ("pre", pair)), None)

    def first_half(self, step_id: str) -> StepState | None:
        """The newest round of the question whose answers are linked to those of this step."""
        step = next((step for step in self.plan if step.id == step_id), None)
        first = self.asked_first(step) if step and step.half else None
        return self.newest(first.id) if first and step and first.kind == step.kind else None

    def start(self, step: Step | None, phase: int = 0) -> Start | None:
        """What the room saw of the same question at the start, where the two are not linked but stand side by side."""
        first = self.asked_first(step) if step and not step.half else None
        if first is None or step is None or first.kind != step.kind:
            return None
        seen = (one for state in self.rounds.get(first.id, ()) for one in state.seen if one.phase == phase)
        release = next((one for one in seen if one.for_the_room), None)
        return Start(first.config, release) if release else None

    @cached_property
    def pinned(self) -> Pinned | None:
        """What the room came to and wants at hand from then on, such as its agreement; the newest one."""
        for step in reversed(self.pack.steps):
            label = kinds.get(step.kind).pinned
            lines = self.outcome(step.id) if label else ()
            if lines:
                return Pinned(step.id, label, lines)
        return None

    def outcome(self, step_id: str) -> tuple[str, ...]:
        """What the room came to in a step, by its newest round that came to anything."""
        rounds = reversed(self.rounds.get(step_id, ()))
        return next((tuple(state.path[OUTCOME]) for state in rounds if state.path.get(OUTCOME)), ())

    @property
    def picture(self) -> Picture:
        """What the present step shows that comes with its path."""
        return self.picture_of(self.step)

    def picture_of(self, step: Step | None) -> Picture:
        """What a step shows that comes with the path of its newest round."""
        state = self.newest(step.id) if step else None
        return kinds.get(step.kind).picture(step.config, state.seen, state.path) if step and state else Picture()

    def road(self, step: Step) -> tuple[Crossing, ...]:
        """Which way the room took through a step that it steers."""
        state = self.newest(step.id)
        return kinds.get(step.kind).road(step.config, state.seen, state.path) if state else ()

    @property
    def holds(self) -> str | None:
        """Why the room must not leave the present step yet, as a sentence; None: it may."""
        if not self.step or not self.now or not self.kind:
            return None
        return self.kind.holds(self.step.config, self.now.path, self.now.releases)

    @property
    def actions(self) -> list[Action]:
        """The kind's own buttons for the present step."""
        if not self.step or not self.now or not self.kind:
            return []
        return [one for one in self.kind.actions(self.step.config, self.now.releases, self.now.path) if self._fits(one)]

    @property
    def forward(self) -> Action | None:
        """The kind's own way on, where it has one: the natural next thing."""
        return next((one for one in self.actions if one.id == "forward"), None)

    def action(self, id: str) -> Action | None:
        """The action of this id, a button or not; None where it cannot be pressed now."""
        if not self.step or not self.now or not self.kind:
            return None
        found = self.kind.pressed(self.step.config, self.now.releases, self.now.path, id)
        return found if found and self._fits(found) else None

    def _fits(self, action: Action) -> bool:
        return not action.when or (self.now is not None and self.now.state in action.when)

    @cached_property
    def groups(self) -> Groups | None:
        """How the present step puts people together by chance; None: it does not."""
        if not self.step or not self.now or not self.kind:
            return None
        return self.kind.groups(self.step.config, self.now.path)

    @property
    def for_the_room(self) -> bool:
        """True where what is counted at the present step is shown to the room, whoever asks for it."""
        shown = self.step is not None and self.step.reveal in ("after_close", "live") and self.step.half != "pre"
        return shown and (self.question is None or self.question.audience == "room")

    @property
    def question_key(self) -> str:
        """`step/round/phase` of the present question, or an empty string."""
        now = self.now
        return f"{now.step_id}/{now.round}/{now.phase}" if now and self.question else ""

    @property
    def mark(self) -> str:
        """What a facilitator's button was drawn for: another one means that the room has moved on since."""
        now = self.now
        where = f"{now.row}.{now.phase}.{now.state}.{now.place}" if now else "0"
        return f"{self.state}.{self.position}.{where}"

    @property
    def past_interruption(self) -> bool:
        """True once the room has gone on from the interruption page: whoever comes later meets it first."""
        wanted = self.pack.workshop.interruption
        ids = [step.id for step in self.plan]
        return wanted in ids and self.position > ids.index(wanted)
