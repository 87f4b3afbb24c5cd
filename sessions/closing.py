"""The end of a question: last seconds in which answers still count, unless taken back; then it is counted."""

from __future__ import annotations

from collections.abc import Collection

from sessions import broadcast, counting, errands, lookup, questions, realtime, schedule, states
from sessions.change import change, must_run
from sessions.snapshot import Snapshot
from sessions.stage import LAST_SECONDS
from sessions.states import QUESTION, Wrong
from sessions.timers import timers
from sessions.wiping import TRY_EVERY, wiper
from workshop.pack import Step
from workshop.storage import Unsaved

GRACE_SECONDS = 60.0


def close(live: Snapshot, *, now: bool = False, then_show: bool = False) -> None:
    """Begin the last seconds, after which the answers are counted; `now`: without them."""
    must_run(live)
    state = questions.present(live)
    if now or state.state == "interrupted":
        states.after(QUESTION, "count", state.state)
        return finish(live.id, state.row, then_show=then_show)
    change(live, lambda session, row, old: questions.turn(session, old, "close"), begins=("closing",))
    errands.later(LAST_SECONDS, _last_seconds_are_over, live.id, state.row, state.phase, then_show)


def undo(live: Snapshot) -> None:
    """Take back a close within its last seconds; where the clock has closed, it is given a minute more."""
    must_run(live)
    change(live, lambda session, row, old: questions.turn(session, old, "undo"))
    if live.step and _is_over(live, live.step):
        timers.give(live.id, "step", GRACE_SECONDS, schedule.takes(live, live.step))


def overdue() -> None:
    """Close what an author lets the clock close, in rooms where somebody is; with last seconds, as if pressed."""
    for live_id in realtime.listened():
        live = lookup.of(live_id)
        open_step = live.step if live and live.state == "live" and live.now and live.now.state == "open" else None
        if live and open_step and _is_over(live, open_step):
            close(live)


def finish(live_id: int, row: int, *, then_show: bool = False, only: Collection[str] = counting.UNCOUNTED) -> None:
    """Count a question that stands in one of the states `only`; show its results unless texts must be read first."""
    wiper.soon()  # so that whatever is drawn next says that traces are still there
    if not counting.close(live_id, row, only):
        return
    wiper.soon()
    live = lookup.of(live_id)
    shown = live and then_show and live.now and live.now.row == row and not live.now.held
    if live and shown and live.state == "live":
        questions.reveal(live)
    else:
        broadcast.changed(live_id)


def _is_over(live: Snapshot, step: Step) -> bool:
    """True for a step that closes by itself, once its time is over."""
    return step.auto_close and timers.left(live.id, "step", schedule.takes(live, step)) == 0


def _last_seconds_are_over(live_id: int, row: int, phase: int, then_show: bool) -> None:
    """Unless somebody took the close back meanwhile; what counts is the state inside the transaction."""
    live = lookup.of(live_id)
    state = live.now if live else None
    elapsed = timers.elapsed(live_id, "closing") or LAST_SECONDS
    if not state or (state.row, state.phase) != (row, phase) or elapsed <= LAST_SECONDS - 0.5:
        return
    try:
        finish(live_id, row, then_show=then_show, only=("closing",))
    except Unsaved:  # a full disk: the question waits for room, and so does its key
        errands.later(TRY_EVERY, _last_seconds_are_over, live_id, row, phase, then_show)
    except Wrong:  # paused in the same instant: it is counted, and shown later by a person
        broadcast.changed(live_id)
