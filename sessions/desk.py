"""The facilitator's desk: what stands on the console, and the next natural action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sessions import agenda, held, invitation, stage
from sessions.agenda import Plan, Row
from sessions.held import Held
from sessions.invitation import Invitation
from sessions.publishing import k_for
from sessions.quiet import QuietWord, quiet
from sessions.snapshot import Snapshot, StepState
from sessions.states import why_not_again
from workshop.kinds.kind import Release
from workshop.leaflets import CareCard
from workshop.pack import Step
from workshop.words import gettext as _


@dataclass(frozen=True)
class Button:
    """A verb that a facilitator may press, with its label and the fields that go with it."""

    verb: str
    label: str
    fields: Mapping[str, str] = field(default_factory=dict)


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
class Desk:
    """Everything that a console draws. `number` counts from 1; `k`: people from whom on something is shown."""

    live: Snapshot
    role: str
    view: str
    state: str
    number: int
    total: int
    step: Step | None
    now: StepState | None
    primary: Button | None
    secondary: list[Button]
    actions: list[Button]
    care_ways: list[Button]
    care_card: CareCard | None
    message: str | None
    agenda: list[Row]
    plan: Plan | None
    texts: list[Held]
    seconds_left: int | None
    releases: tuple[Release, ...]
    join: Invitation
    screen_url: str
    coverage: list[Concept]
    k: int | None

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
        return self.step.talk_instead if self.step else None

    @property
    def say(self) -> str:
        return self.step.facilitator.say if self.step else ""

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
    step, now, plan = live.step, live.now, agenda.plan(live)
    lead = role == "lead"
    return Desk(
        live=live,
        role=role,
        view=view,
        state=stage.state_of(live),
        number=live.position + 1,
        total=len(live.plan),
        step=step,
        now=now,
        primary=next_action(live, sure) if lead else None,
        secondary=_secondary(live, sure) if lead else [],
        actions=_kind_buttons(live) if lead else [],
        care_ways=_care_ways(live) if lead else [Button("resume", stage.say(live)("console_care_on"))],
        care_card=live.pack.facilitator_pack.care_card,
        message=message,
        agenda=agenda.rows(live),
        plan=plan,
        texts=held.waiting(live),
        seconds_left=stage.seconds_left(live),
        releases=now.releases if now else (),
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


def next_action(live: Snapshot, sure: str = "") -> Button | None:
    """What a facilitator would naturally do next; None when the session is over."""
    t, state = stage.say(live), stage.state_of(live)
    if state == "open":
        return _close_button(live, sure)
    fixed = {
        "ended": None,
        "paused": Button("resume", t("console_care_on") if live.care else _("Go on")),
        "lobby": Button("next", _("Start")),
        "closing": Button("undo", t("undo")),
        "interrupted": Button("close", _("Count what is there"), {"now": "1"}),
        "shown": Button("open", t("console_open")),
    }
    if state in fixed:
        return fixed[state]
    has_results = live.now is not None and bool(live.now.held or live.now.releases)
    if state == "closed" and has_results and _shows(live):
        return Button("reveal", t("console_show"), {"sure": "1"} if sure == "reveal" else {})
    return _onward(live, sure)


def _close_button(live: Snapshot, sure: str) -> Button:
    """Closing and showing is one action, but for tender steps, and for texts that somebody must read first."""
    t, step, question = stage.say(live), live.step, live.question
    again = {"sure": "1"} if sure == "close" else {}
    apart = not step or step.sensitivity == "tender" or not question or question.moderated or not _shows(live)
    if apart:
        return Button("close", t("console_close"), again)
    return Button("close", t("console_close_show"), {"show": "1", **again})


def _onward(live: Snapshot, sure: str) -> Button:
    forward = next((action for action in live.actions if action.id == "forward"), None)
    if forward:
        return Button("next", forward.label)
    if live.ahead is None:
        return Button("end", _("End the session"), {"sure": "1"} if sure == "end" else {})
    return Button("next", stage.say(live)("console_next"))


def _secondary(live: Snapshot, sure: str) -> list[Button]:
    """What is possible, but not the natural next thing."""
    state, buttons = stage.state_of(live), []
    if state in ("reading", "shown", "closed", "revealed") and live.before is not None:
        buttons.append(Button("back", stage.say(live)("back")))
    if state in ("closed", "revealed", "interrupted") and not why_not_again(live):
        buttons.append(Button("again", _("Ask once more")))
    if state in ("shown", "closed") and live.ahead is not None:
        buttons.append(Button("next", _("Go on without showing") if state == "closed" else _("Skip this step")))
    if state == "open":
        again = {"sure": "1"} if sure == "close" else {}
        buttons.append(Button("close", _("Close at once"), {"now": "1", **again}))
    return buttons


def _kind_buttons(live: Snapshot) -> list[Button]:
    return [Button("act", action.label, {"action": action.id}) for action in live.actions if action.id != "forward"]


def _care_ways(live: Snapshot) -> list[Button]:
    """After a moment of care: go on, or pass over what is tender, or rest first; only what this plan has."""
    t, ahead = stage.say(live), live.plan[max(live.position, 0) :]
    ways = []
    if any(step.sensitivity == "tender" for step in ahead):
        ways.append(Button("resume", t("console_care_skip"), {"skip": "tender"}))
    breather = next((step for step in live.plan if step.id == live.pack.workshop.breather), None)
    if breather:
        ways.append(Button("resume", t("console_care_breather"), {"to": breather.id}))
    return ways


def _coverage(live: Snapshot) -> list[Concept]:
    """Every concept of the pack, and whether a step that was shown has touched it."""
    seen = {concept for step in live.plan if live.newest(step.id) for concept in step.covers}
    return [Concept(concept.id, concept.name, concept.id in seen) for concept in live.pack.concepts]


def _shows(live: Snapshot) -> bool:
    return live.step is not None and live.step.reveal in ("after_close", "live")


def _k(live: Snapshot) -> int | None:
    step, question = live.step, live.question
    if step is None or question is None:
        return None
    what: Literal["counts", "texts"] = "texts" if question.moderated else "counts"
    return k_for(step.sensitivity, what, min_show=step.min_show, raised=live.raised_k)
