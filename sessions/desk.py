"""The facilitator's desk: everything that stands on the console."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sessions import agenda, buttons, held, invitation, stage
from sessions.agenda import CatchUp, Plan, Row
from sessions.buttons import Button
from sessions.held import Held
from sessions.invitation import Invitation
from sessions.publishing import k_for
from sessions.quiet import QuietWord, quiet
from sessions.snapshot import Snapshot, StepState
from workshop.kinds.kind import Picture, Release
from workshop.leaflets import CareCard
from workshop.pack import Step


@dataclass(frozen=True)
class Concept:
    id: str
    name: str
    covered: bool


@dataclass(frozen=True)
class Care:
    """Quiet words, for the console alone. `v`: the version of the region."""

    v: int
    quiet: list[QuietWord]
    active: bool


@dataclass(frozen=True)
class Late:
    """How to end in time, for whoever moves the room; None where it does, or cannot. `v`: the version of the region."""

    v: int
    catch_up: CatchUp | None


@dataclass(frozen=True)
class Desk:
    """Everything that a console draws. `number` counts from 1; `k`: people from whom on something is shown.

    `plans`: the other plans of the workshop. `skipped`: id, title and reason of what went by itself just now.
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
    agenda: list[Row]
    plans: list[Button]
    skipped: list[tuple[str, str, str]]
    plan: Plan | None
    texts: list[Held]
    seconds_left: int | None
    releases: tuple[Release, ...]
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
    step, now, plan, rows = live.step, live.now, agenda.plan(live), agenda.rows(live)
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
        agenda=rows,
        plans=buttons.plans(live) if lead else [],
        skipped=[(step.id, step.title, agenda.why(live.skipped[step.id], step)) for step in skipped],
        plan=plan,
        texts=held.waiting(live),
        seconds_left=stage.seconds_left(live),
        releases=now.releases[now.phase :] if now else (),
        join=invitation.of(live),
        screen_url=f"/screen/{live.screen_token}",
        coverage=_coverage(live),
        k=_k(live),
    )


def values(live: Snapshot, role: str, view: str, **more: Any) -> dict[str, Any]:
    """What `console/_console.html` receives."""
    return {"desk": of(live, role, view, **more), "live": live, "t": stage.say(live)}


def care(live: Snapshot, v: int) -> Care:
    return Care(v, quiet.of(live.id), live.care)


def late(live: Snapshot, role: str, v: int) -> Late:
    return Late(v, agenda.catch_up(live) if role == "lead" and live.state != "ended" else None)


def _coverage(live: Snapshot) -> list[Concept]:
    """Every concept of the pack, and whether a step that was shown has touched it."""
    seen = {concept for step in live.plan if live.newest(step.id) for concept in step.covers}
    return [Concept(concept.id, concept.name, concept.id in seen) for concept in live.pack.concepts]


def _k(live: Snapshot) -> int | None:
    step, question = live.step, live.question
    if step is None or question is None or question.linked == "pre":
        return None
    what: Literal["counts", "texts"] = "texts" if question.moderated else "counts"
    return k_for(step.sensitivity, what, min_show=step.min_show, raised=live.raised_k)
