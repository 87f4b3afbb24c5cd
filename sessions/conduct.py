"""What a facilitator does with the steps: show one, go on, go back, and press a kind's own buttons."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from sessions import broadcast, counting, lookup, pairing, questions, schedule, skipping, states
from sessions.change import change, may_leave, must_run
from sessions.models import LiveSession, LiveStep
from sessions.snapshot import Snapshot
from sessions.states import SESSION, Wrong
from sessions.timers import minute
from sessions.vault import vault
from workshop.kinds.kind import Action, Invalid, Path
from workshop.words import gettext as _

NOTHING: Mapping[str, str] = MappingProxyType({})


def show(live: Snapshot, step_id: str) -> None:
    """Go to a step of the plan: a new one is shown (and opened, unless it is tender), an earlier one only viewed."""
    go(live, place(live, step_id))


def next_step(live: Snapshot, *, alone: bool = False) -> None:
    """On: to the next stage of a role-play, the next phase, or the next step.

    A phase that needs a helper is left out while nobody helps; `alone`: it is asked all the same.
    """
    if live.forward:
        return act(live, live.forward.id)
    if live.more and (alone or not live.unhelped):
        return questions.ask_on(live)
    index, passed = skipping.onward(live)
    if index is None:
        raise Wrong(_("That was the last step. End the session when the room is ready."))
    go(live, index, passed)


def back(live: Snapshot) -> None:
    """To the step that the room has seen before this one, for viewing only."""
    if live.before is None:
        raise Wrong(_("There is no step before this one."))
    go(live, live.before)


def act(live: Snapshot, action_id: str, text: str = "") -> None:
    """Press one of the kind's own buttons for the present step, or choose from a list of its, or type `text` there."""
    must_run(live)
    pressed = _action(live, action_id)

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        action = _action(old, action_id)  # another console may have been faster
        if action.then != pressed.then:
            raise Wrong(_("That is not possible at this point."))
        step = session.get_one(LiveStep, questions.present(old).row)
        if action.unanswered and counting.any_answer(session, step.id, step.phase):
            raise Wrong(_("Somebody has answered already, so the question stays as it is."))
        step.path = dict(_pressed(action, step.path, text))
        if action.then == "ask on":
            questions.follow(session, old)

    if pressed.then == "deal":
        return pairing.deal(live, work)
    change(live, work, begins=("stage",))
    pairing.settle(live.id)


def go(live: Snapshot, index: int, passed: Mapping[str, str] = NOTHING) -> None:
    """To the step at `index` of the plan. `passed`: what goes by itself on the way, with reasons."""
    must_run(live)
    _must_be_closed(live)
    may_leave(live)
    fresh = live.newest(live.plan[index].id) is None
    begins = ("step", "stage") if fresh else ("stage",)  # looking back takes nothing from the time of the newest step
    change(live, lambda session, row, old: _arrive(session, row, old, index, passed), begins=begins)
    pairing.settle(live.id, arrived=True)
    if fresh:
        _note_the_minute(live.id)


def place(live: Snapshot, step_id: str) -> int:
    """Where a step stands in the plan; raises `Wrong`."""
    index = next((i for i, step in enumerate(live.plan) if step.id == step_id), None)
    if index is None:
        raise Wrong(_("This plan has no such step."))
    return index


def bring_in(row: LiveSession, step_id: str) -> None:
    """A step is in the plan again, in the caller's transaction."""
    off, on = set(row.rules.get("off", ())), set(row.rules.get("on", ()))
    row.rules = {**row.rules, "off": sorted(off - {step_id}), "on": sorted(on | {step_id})}


def _note_the_minute(live_id: int) -> None:
    """When this step began, for a restart; and with the first one, when the session is to end."""
    live = lookup.of(live_id)
    if live is None:
        return
    vault.note(live.handle, "step", minute())
    if "planned" not in vault.minutes(live.handle):
        vault.note(live.handle, "planned", schedule.expected_end(live))
        broadcast.counted(live_id)


def _must_be_closed(live: Snapshot) -> None:
    if live.now and live.now.unfinished:
        raise Wrong(_("Close the question before you go on."))


def _arrive(session: Session, row: LiveSession, old: Snapshot, index: int, passed: Mapping[str, str]) -> None:
    _must_be_closed(old)  # another console may have opened it since
    if row.state == "lobby":
        row.state = states.after(SESSION, "start", row.state)
    row.position = index
    kept = {name: value for name, value in row.rules.items() if name not in ("note", "skipped")}
    row.rules = {**kept, "skipped": dict(passed)} if passed else kept
    step = old.plan[index]
    if step.id in old.off:
        bring_in(row, step.id)
    if old.newest(step.id) is None:
        fresh = LiveStep(live_id=row.id, step_id=step.id, path={})
        session.add(fresh)
        session.flush()
        question = step.question()
        if question and not question.waits and step.sensitivity != "tender":
            questions.begin(old, fresh)


def _action(live: Snapshot, action_id: str) -> Action:
    questions.present(live)
    action = live.action(action_id)
    if action is None:
        raise Wrong(_("That is not possible at this point."))
    return action


def _pressed(action: Action, path: Path, text: str) -> Path:
    """The path after a press; raises `Wrong` where what was typed cannot be taken."""
    if action.write is None:
        return action.apply(path)
    try:
        return action.write(path, text)
    except Invalid as invalid:
        raise Wrong(invalid.message) from invalid
