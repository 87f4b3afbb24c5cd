"""A live session as it was committed last: read-only, shared by all who read, made anew after each change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from sessions.models import LiveSession, LiveStep, ReleaseRow
from workshop import kinds
from workshop.database import db
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


_kept: dict[int, Snapshot] = {}
_handles: dict[bytes, int] = {}
_packs: dict[int, tuple[Pack, tuple[Step, ...]]] = {}


def forget(live_id: int | None = None) -> None:
    """Make the next `of` read the database again; after every commit that changes a session. None: all."""
    if live_id is None:
        for kept in (_kept, _handles, _packs):
            kept.clear()
    else:
        _kept.pop(live_id, None)


def of(live_id: int) -> Snapshot | None:
    """The session with this id, or None."""
    kept = _kept.get(live_id)
    return kept or _load(LiveSession.id == live_id)


def by_handle(handle: bytes) -> Snapshot | None:
    live_id = _handles.get(handle)
    return of(live_id) if live_id is not None else _load(LiveSession.handle == handle)


def by_join_secret(secret: str) -> Snapshot | None:
    return _load(LiveSession.join_secret == secret)


def by_code(code: str) -> Snapshot | None:
    return _load(LiveSession.code == code)


def by_screen_token(token: str) -> Snapshot | None:
    return _load(LiveSession.screen_token == token)


def _load(where: ColumnElement[bool]) -> Snapshot | None:
    with db.read() as reader:
        row = reader.scalar(select(LiveSession).where(where))
        if row is None:
            return None
        live = _kept.get(row.id)
        if live is None or live.version != row.version:
            live = read(reader, row)
            _kept[live.id], _handles[live.handle] = live, live.id
        return live


def read(session: Session, row: LiveSession) -> Snapshot:
    """The snapshot of a row, read in the caller's transaction; not kept."""
    pack, plan = _pack(row)
    return Snapshot(
        id=row.id,
        workshop_id=row.workshop_id,
        title=row.title,
        handle=row.handle,
        pack=pack,
        plan=plan,
        variant=row.variant,
        state=row.state,  # type: ignore[arg-type]
        version=row.version,
        position=row.position,
        care=row.care,
        locked=row.locked,
        practice=row.practice,
        code=row.code,
        join_secret=row.join_secret,
        screen_token=row.screen_token,
        raised_k=int(row.rules.get("raised_k", 0)),
        headcount=row.headcount,
        rekeyed=row.rekeyed > 0,
        note=str(row.rules.get("note", "")),
        calm=bool(row.rules.get("calm")),
        rounds=_rounds(session, row.id),
    )


def _pack(row: LiveSession) -> tuple[Pack, tuple[Step, ...]]:
    """A pack never changes within a session, so it is parsed once."""
    if row.id not in _packs:
        pack = Pack.model_validate_json(row.pack)
        _packs[row.id] = (pack, tuple(pack.plan(row.variant)))
    return _packs[row.id]


def _rounds(session: Session, live_id: int) -> dict[str, tuple[StepState, ...]]:
    steps = session.scalars(
        select(LiveStep).where(LiveStep.live_id == live_id).order_by(LiveStep.step_id, LiveStep.round)
    ).all()
    releases: dict[int, list[Release]] = {}
    query = select(ReleaseRow).join(LiveStep, ReleaseRow.step == LiveStep.id).where(LiveStep.live_id == live_id)
    for kept in session.scalars(query.order_by(ReleaseRow.step, ReleaseRow.phase)):
        releases.setdefault(kept.step, []).append(Release.model_validate_json(kept.published))
    rounds: dict[str, tuple[StepState, ...]] = {}
    for step in steps:
        state = StepState(
            row=step.id,
            step_id=step.step_id,
            round=step.round,
            state=step.state,
            phase=step.phase,
            path=step.path,
            releases=tuple(releases.get(step.id, [])),
        )
        rounds[step.step_id] = (*rounds.get(step.step_id, ()), state)
    return rounds
