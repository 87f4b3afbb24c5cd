"""The buttons of a console: the next natural action, what else is possible, and a kind's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sessions import skipping, stage
from sessions.snapshot import Snapshot
from sessions.states import why_not_again
from workshop.kinds.kind import Action
from workshop.words import gettext as _


@dataclass(frozen=True)
class Button:
    """A verb that a facilitator may press, with its label and the fields that go with it."""

    verb: str
    label: str
    fields: Mapping[str, str] = field(default_factory=dict)


def next_action(live: Snapshot, sure: str = "") -> Button | None:
    """What a facilitator would naturally do next; None when the session is over, or where a person must choose."""
    t, state = stage.say(live), stage.state_of(live)
    if state == "open":
        return _close_button(live, sure)
    fixed = {
        "ended": None,
        "paused": Button("resume", t("console_care_on") if live.care else _("Go on")),
        "lobby": Button("next", _("Start")),
        "closing": Button("undo", t("undo")),
        "interrupted": Button("close", _("Count what is there"), {"now": "1"}),
        "shown": Button("open", _("Open the vote") if live.question and live.question.waits else t("console_open")),
    }
    if state in fixed:
        return fixed[state]
    has_results = live.now is not None and bool(live.now.held or live.now.releases)
    if state == "closed" and has_results and live.for_the_room:
        return Button("reveal", t("console_show"), {"sure": "1"} if sure == "reveal" else {})
    return None if choices(live) else _onward(live, sure)


def choices(live: Snapshot) -> list[Button]:
    """Ways on between which a person decides: there is no natural one among them."""
    running = live.state == "live"
    return [_act(live, action) for action in live.actions if action.choice and running]


def secondary(live: Snapshot, sure: str) -> list[Button]:
    """What is possible, but not the natural next thing."""
    state, buttons = stage.state_of(live), []
    free, (ahead, _passed) = live.holds is None, skipping.onward(live)
    if state in ("reading", "shown", "closed", "revealed") and live.before is not None and free:
        buttons.append(Button("back", stage.say(live)("back")))
    if state in ("closed", "revealed", "interrupted") and not why_not_again(live):
        buttons.append(Button("again", _("Ask once more")))
    if state == "revealed" and live.more and live.unhelped:
        said = _("%(what)s all the same") % {"what": live.more.label or stage.say(live)("console_next")}
        buttons.append(Button("next", said, {"alone": "1"}))
    if state == "revealed" and ahead is not None and _may_leave_out(live):
        buttons.append(Button("show", _("Go on without"), {"step": live.plan[ahead].id}))
    if (state == "shown" or (state == "closed" and live.for_the_room)) and ahead is not None and free:
        buttons.append(Button("next", _("Go on without showing") if state == "closed" else _("Skip this step")))
    if state == "open":
        again = {"sure": "1"} if sure == "close" else {}
        buttons.append(Button("close", _("Close at once"), {"now": "1", **again}))
    return buttons


def of_kind(live: Snapshot) -> list[Button]:
    """The kind's own buttons, but for those that go on."""
    return [_act(live, action) for action in live.actions if action.id != "forward" and not action.choice]


def minutes(live: Snapshot) -> list[Button]:
    """More and less time for the step that is shown."""
    if live.state != "live" or live.step is None:
        return []
    return [Button("minute", _("+1 min"), {"by": "1"}), Button("minute", _("−1 min"), {"by": "-1"})]


def plans(live: Snapshot) -> list[Button]:
    """The other plans of the workshop, to switch to."""
    others = ((name, one) for name, one in live.pack.workshop.variants.plans.items() if name != live.variant)
    return [Button("plan", _("Switch to: %(plan)s") % {"plan": one.label}, {"variant": name}) for name, one in others]


def care_ways(live: Snapshot) -> list[Button]:
    """After a moment of care: go on, or pass over what is tender, or rest first; only what this plan has."""
    t, ahead = stage.say(live), live.plan[max(live.position, 0) :]
    ways = []
    if any(step.sensitivity == "tender" for step in ahead):
        ways.append(Button("resume", t("console_care_skip"), {"skip": "tender"}))
    breather = next((step for step in live.plan if step.id == live.pack.workshop.breather), None)
    if breather and live.holds is None:
        ways.append(Button("resume", t("console_care_breather"), {"to": breather.id}))
    return ways


def _close_button(live: Snapshot, sure: str) -> Button:
    """Closing and showing is one action, but for tender steps, and for texts that somebody must read first."""
    t, step, question = stage.say(live), live.step, live.question
    again = {"sure": "1"} if sure == "close" else {}
    apart = not step or step.sensitivity == "tender" or not question or question.moderated or not live.for_the_room
    if apart:
        return Button("close", t("console_close"), again)
    return Button("close", t("console_close_show"), {"show": "1", **again})


def _onward(live: Snapshot, sure: str) -> Button:
    forward, more = live.forward, live.more
    if forward:
        return Button("next", forward.label)
    if more and not live.unhelped:
        return Button("next", more.label or stage.say(live)("console_next"))
    if skipping.onward(live)[0] is None:
        return Button("end", _("End the session"), {"sure": "1"} if sure == "end" else {})
    return Button("next", stage.say(live)("console_next"))


def _act(live: Snapshot, action: Action) -> Button:
    return Button("act", _label(live, action), {"action": action.id})


def _label(live: Snapshot, action: Action) -> str:
    return stage.say(live)(action.wording) if action.wording else action.label


def _may_leave_out(live: Snapshot) -> bool:
    """True when what comes next belongs to this step, and the room could as well go on to the next one."""
    return live.holds is None and bool(live.forward or (live.more and not live.unhelped))
