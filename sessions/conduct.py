"""What a facilitator does with the steps: show, open, reveal, next, back, again, and a kind's own buttons."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sessions import checkpoints, counting, states, texts
from sessions.change import change, may_leave, must_run
from sessions.models import LiveSession, LiveStep
from sessions.snapshot import Snapshot, StepState
from sessions.states import QUESTION, SESSION, Wrong
from sessions.timers import minute, timers
from sessions.vault import vault
from sessions.wiping import wiper
from sessions.writer import writer
from workshop import kinds
from workshop.kinds.kind import Action
from workshop.pack import Step
from workshop.words import gettext as _


def show(live: Snapshot, step_id: str) -> None:
    """Go to a step of the plan: a new one is shown (and opened, when low or personal), an earlier one only viewed."""
    go(live, place(live, step_id))


def next_step(live: Snapshot) -> None:
    """On: to the next stage of a role-play, the next phase, or the next step."""
    forward = _forward(live)
    if forward:
        return act(live, forward.id)
    if _has_more(live):
        return change(live, _ask_on)
    if live.ahead is None:
        raise Wrong(_("That was the last step. End the session when the room is ready."))
    go(live, live.ahead)


def back(live: Snapshot) -> None:
    """To the step that the room has seen before this one, for viewing only."""
    if live.before is None:
        raise Wrong(_("There is no step before this one."))
    go(live, live.before)


def open_question(live: Snapshot) -> None:
    must_run(live)
    change(live, _open)


def reveal(live: Snapshot) -> None:
    """Show the room its results; texts that were let through become final now."""
    must_run(live)
    state = present(live)
    states.after(QUESTION, "reveal", state.state)
    if live.step and live.step.reveal not in ("after_close", "live"):
        raise Wrong(_("This step shows nothing to the room."))
    held = state.held
    change(live, _reveal)
    if held:
        checkpoints.reached("texts-released")
        vault.destroy_texts(live.handle, state.row)
        wiper.soon()


def again(live: Snapshot) -> None:
    """Ask the same question a second time, kept apart from the first; at most once."""
    must_run(live)
    state = present(live)
    reason = states.why_not_again(live)
    if reason:
        raise Wrong(reason)
    change(live, _again)
    if state.state == "interrupted":
        vault.destroy_question(live.handle, state.row, state.phase)
        wiper.soon()


def act(live: Snapshot, action_id: str) -> None:
    """Press one of the kind's own buttons for the present step."""
    must_run(live)
    state = present(live)
    action = next((action for action in live.actions if action.id == action_id), None)
    if action is None:
        raise Wrong(_("That is not possible at this point."))

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        step = session.get_one(LiveStep, state.row)
        step.path = dict(action.apply(step.path))

    timers.start(live.id, "stage")
    change(live, work)


def go(live: Snapshot, index: int) -> None:
    """To the step at `index` of the plan."""
    must_run(live)
    _must_be_closed(live)
    may_leave(live)
    timers.start(live.id, "step")
    timers.start(live.id, "stage")
    change(live, lambda session, row, old: _arrive(session, row, old, index))
    minutes = vault.minutes(live.handle)
    if "started" not in minutes:
        vault.note(live.handle, "started", minute())


def _must_be_closed(live: Snapshot) -> None:
    if live.now and live.now.unfinished:
        raise Wrong(_("Close the question before you go on."))


def _arrive(session: Session, row: LiveSession, old: Snapshot, index: int) -> None:
    _must_be_closed(old)  # another console may have opened it since
    if row.state == "lobby":
        row.state = states.after(SESSION, "start", row.state)
    row.position = index
    row.rules = {name: value for name, value in row.rules.items() if name != "note"}
    step = old.plan[index]
    if old.newest(step.id) is None:
        fresh = LiveStep(live_id=row.id, step_id=step.id, path={})
        session.add(fresh)
        session.flush()
        if step.sensitivity in ("low", "personal") and _asks(step):
            _begin(old, fresh)


def place(live: Snapshot, step_id: str) -> int:
    """Where a step stands in the plan; raises `Wrong`."""
    index = next((i for i, step in enumerate(live.plan) if step.id == step_id), None)
    if index is None:
        raise Wrong(_("This plan has no such step."))
    return index


def _asks(step: Step) -> bool:
    return kinds.get(step.kind).question(step.config, ()) is not None


def _begin(live: Snapshot, step: LiveStep) -> None:
    """Open a question: its key is on the disk before anybody can answer."""
    step.state = states.after(QUESTION, "open", step.state)
    vault.make_question(live.handle, step.id, step.phase)
    writer.expect(step.id, step.phase)


def _open(session: Session, row: LiveSession, old: Snapshot) -> None:
    state = present(old)
    if old.question is None:
        raise Wrong(_("This step asks nothing."))
    _begin(old, session.get_one(LiveStep, state.row))


def turn(session: Session, old: Snapshot, verb: str) -> None:
    """Take the present question the way that `verb` goes, in the caller's transaction."""
    step = session.get_one(LiveStep, present(old).row)
    step.state = states.after(QUESTION, verb, step.state)


def _reveal(session: Session, row: LiveSession, old: Snapshot) -> None:
    state = present(old)
    if state.held:
        texts.release(session, old)
    turn(session, old, "reveal")


def _again(session: Session, row: LiveSession, old: Snapshot) -> None:
    state = present(old)
    if state.state == "interrupted":
        counting.drop(session, state.row, state.phase)
        session.get_one(LiveStep, state.row).state = "closed"
    step = LiveStep(live_id=row.id, step_id=state.step_id, round=state.round + 1, path={})
    session.add(step)
    session.flush()
    _begin(old, step)


def _ask_on(session: Session, row: LiveSession, old: Snapshot) -> None:
    step = session.get_one(LiveStep, present(old).row)
    step.state = states.after(QUESTION, "ask on", step.state)
    step.phase += 1
    _begin(old, step)


def _has_more(live: Snapshot) -> bool:
    """True when the step, its present phase being shown, has another one to ask."""
    step, state = live.step, live.now
    if not step or not state or not live.kind or state.state not in ("closed", "revealed"):
        return False
    if len(state.releases) <= state.phase:
        return False
    return live.kind.question(step.config, state.releases) is not None


def _forward(live: Snapshot) -> Action | None:
    return next((action for action in live.actions if action.id == "forward"), None)


def present(live: Snapshot) -> StepState:
    """The newest round of the step that is shown; raises `Wrong` in the lobby."""
    if live.now is None:
        raise Wrong(_("No step is shown yet."))
    return live.now
