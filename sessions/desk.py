"""The facilitator's desk: everything that stands on the console."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sessions import agenda, buttons, foreseen, held, invitation, schedule, stage
from sessions.agenda import Row
from sessions.ballots import Sheet
from sessions.buttons import Button
from sessions.held import Held
from sessions.invitation import Invitation
from sessions.quiet import QuietWord, quiet
from sessions.schedule import CatchUp, Plan
from sessions.snapshot import Snapshot, StepState
from sessions.stage import Note
from workshop.kinds.kind import Picture
from workshop.leaflets import CareCard
from workshop.pack import Step
from workshop.release import Release


@dataclass(frozen=True)
class Concept:
    id: str
    name: str
    covered: bool


@dataclass(frozen=True)
class Care:
    """Quiet words at one console. `v`: the version of the region.

    `many`: how many there are; `quiet`: their words, where they go to whoever is at this console. `to`: whom they go
    to, a helper's number, or 0 for the lead.
    """

    v: int
    many: int
    quiet: list[QuietWord]
    to: int


@dataclass(frozen=True)
class Late:
    """How to end in time, for whoever moves the room; None where it does, or cannot. `v`: the version of the region."""

    v: int
    catch_up: CatchUp | None


@dataclass(frozen=True)
class Skipped:
    """A step that went by itself. `telling`: its reason says how people are."""

    id: str
    title: str
    why: str
    telling: bool


@dataclass(frozen=True)
class Desk:
    """Everything that a console draws. `number` counts from 1; `k`: people from whom on something is shown.

    `plans`: the other plans of the workshop. `skipped`: what went by itself just now. `sheet`:
    for ballots of the present question, once it is closed.
    """

    live: Snapshot
    role: str
    view: str
    state: str
    number: int
    total: int
    step: Step | None
    now: StepState | None
    primary: Button | None
    choices: list[Button]
    secondary: list[Button]
    actions: list[Button]
    minutes: list[Button]
    care_ways: list[Button]
    care_card: CareCard | None
    message: str | None
    note: Note | None
    note_left: int | None
    agenda: list[Row]
    plans: list[Button]
    skipped: list[Skipped]
    plan: Plan | None
    texts: list[Held]
    seconds_left: int | None
    releases: tuple[Release, ...]
    sheet: Sheet | None
    join: Invitation
    screen_url: str
    coverage: list[Concept]
    k: int | None

    @cached_property
    def picture(self) -> Picture:
        return self.live.picture

    @property
    def prompt(self) -> str:
        """What is asked or said at this point of the step."""
        question, step = self.live.question, self.step
        written = (step.prompt or step.title) if step else ""
        return self.picture.prompt or (question.prompt if question else "") or written

    @property
    def locked(self) -> bool:
        return self.live.locked

    @property
    def practice(self) -> bool:
        return self.live.practice

    @property
    def closing_left(self) -> int | None:
        return self.seconds_left if self.state == "closing" else None

    @property
    def talk(self) -> str | None:
        return self.picture.talk or self.step.talk_instead if self.step else None

    @property
    def say(self) -> str:
        return self.picture.say or self.step.facilitator.say if self.step else ""

    @property
    def do(self) -> tuple[str, ...]:
        return self.step.facilitator.do if self.step else ()

    @property
    def watch(self) -> str:
        return self.step.facilitator.watch if self.step else ""

    @property
    def safety(self) -> str:
        return self.step.safety if self.step else ""


def of(live: Snapshot, role: str, view: str, *, message: str | None = None, sure: str = "") -> Desk:
    """The desk of one facilitator. `message`: why the last press did nothing; `sure`: the verb that asks once more."""
    step, now, plan, rows = live.step, live.now, schedule.plan(live), agenda.rows(live)
    skipped = [one for one in live.plan if one.id in live.skipped and live.newest(one.id) is None]
    lead = role == "lead"
    return Desk(
        live=live,
        role=role,
        view=view,
        state=stage.state_of(live),
        number=sum(row.number for row in rows if row.current),
        total=max((row.number for row in rows), default=0),
        step=step,
        now=now,
        primary=buttons.next_action(live, sure) if lead else None,
        choices=buttons.choices(live) if lead else [],
        secondary=buttons.secondary(live, sure) if lead else [],
        actions=buttons.of_kind(live) if lead else [],
        minutes=buttons.minutes(live) if lead else [],
        care_ways=buttons.care_ways(live) if lead else [Button("resume", stage.say(live)("console_care_on"))],
        care_card=live.pack.facilitator_pack.care_card,
        message=message,
        note=stage.NOTES.get(live.note),
        note_left=stage.note_left(live),
        agenda=rows,
        plans=buttons.plans(live) if lead else [],
        skipped=[_skipped(step, live.skipped[step.id]) for step in skipped],
        plan=plan,
        texts=held.waiting(live),
        seconds_left=stage.seconds_left(live),
        releases=now.releases[now.phase :] if now else (),
        sheet=Sheet.now(live) if now and now.state in ("closed", "revealed") else None,
        join=invitation.of(live),
        screen_url=f"/screen/{live.screen_token}",
        coverage=_coverage(live),
        k=_k(live),
    )


def values(live: Snapshot, role: str, view: str, **more: Any) -> dict[str, Any]:
    """What `console/_console.html` receives."""
    return {"desk": of(live, role, view, **more), "live": live, "t": stage.say(live)}


def care(live: Snapshot, person: int | None, v: int) -> Care:
    """For the console of one person, as `Conductor.person` names them."""
    words = quiet.of(live.id)
    return Care(v, len(words), words if person == live.quiet_to else [], live.quiet_to)


def late(live: Snapshot, role: str, v: int) -> Late:
    return Late(v, schedule.catch_up(live) if role == "lead" and live.state != "ended" else None)


def _skipped(step: Step, reason: str) -> Skipped:
    return Skipped(step.id, step.title, agenda.why(reason, step), reason in agenda.TELLING)


def _coverage(live: Snapshot) -> list[Concept]:
    """Every concept of the pack, and whether a step that was shown has touched it."""
    seen = {concept for step in live.plan if live.newest(step.id) for concept in step.covers}
    return [Concept(concept.id, concept.name, concept.id in seen) for concept in live.pack.concepts]


def _k(live: Snapshot) -> int | None:
    step, question = live.step, live.question
    return foreseen.k_of(live.pack, step, question, live.raised_k) if step and question else None
