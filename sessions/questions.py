"""What becomes of a question: it is asked, its results are shown, it is asked once more or followed by another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sessions import checkpoints, counting, states, texts
from sessions.change import change, must_run
from sessions.models import LiveSession, LiveStep
from sessions.snapshot import Snapshot, StepState
from sessions.states import QUESTION, Wrong
from sessions.vault import vault
from sessions.wiping import wiper
from sessions.writer import writer
from workshop.words import gettext as _


def ask(live: Snapshot) -> None:
    """Open the present question."""
    must_run(live)
    change(live, _open, begins=("stage",))


def reveal(live: Snapshot) -> None:
    """Show the room its results; texts that were let through become final now."""
    must_run(live)
    state = present(live)
    states.after(QUESTION, "reveal", state.state)
    if not live.for_the_room:
        raise Wrong(_("This step shows nothing to the room."))
    held = state.held
    change(live, _reveal, begins=("stage",))
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


def ask_on(live: Snapshot) -> None:
    """On to the next question of the same step."""
    change(live, lambda session, row, old: follow(session, old), begins=("stage",))


def present(live: Snapshot) -> StepState:
    """The newest round of the step that is shown; raises `Wrong` in the lobby."""
    if live.now is None:
        raise Wrong(_("No step is shown yet."))
    return live.now


def turn(session: Session, old: Snapshot, verb: str) -> None:
    """Take the present question the way that `verb` goes, in the caller's transaction."""
    step = session.get_one(LiveStep, present(old).row)
    step.state = states.after(QUESTION, verb, step.state)


def begin(live: Snapshot, step: LiveStep) -> None:
    """Open a question: its key is on the disk before anybody can answer."""
    step.state = states.after(QUESTION, "open", step.state)
    vault.make_question(live.handle, step.id, step.phase)
    writer.expect(step.id, step.phase)


def follow(session: Session, old: Snapshot) -> None:
    """Show the next question of the step, and open it unless the room talks first; in the caller's transaction."""
    state, step = present(old), session.get_one(LiveStep, present(old).row)
    question = old.step.question(state.releases, step.path) if old.step else None
    if question is None:
        raise Wrong(_("This step asks nothing more."))
    step.state = states.after(QUESTION, "ask on", step.state)
    step.phase += 1
    if not question.waits:
        begin(old, step)


def _open(session: Session, row: LiveSession, old: Snapshot) -> None:
    state = present(old)
    if old.question is None:
        raise Wrong(_("This step asks nothing."))
    begin(old, session.get_one(LiveStep, state.row))


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
    path = dict(old.kind.afresh(old.step.config, state.path, state.releases)) if old.kind and old.step else {}
    step = LiveStep(live_id=row.id, step_id=state.step_id, round=state.round + 1, path=path)
    session.add(step)
    session.flush()
    begin(old, step)
