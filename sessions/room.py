"""The room as a whole: open a session, pause and go on, lock, change the code, end."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sessions import broadcast, checkpoints, counting, errands, forget, holding, realtime, states, texts
from sessions.change import change, may_leave
from sessions.codes import codes
from sessions.models import HeldText, LiveHelper, LiveRole, LiveSession, LiveStep, ReleaseRow
from sessions.partners import partners
from sessions.presence import presence
from sessions.quiet import quiet
from sessions.snapshot import Snapshot, StepState
from sessions.states import QUESTION, SESSION, Wrong
from sessions.timers import timers
from sessions.vault import vault
from sessions.wiping import wiper
from workshop.database import db
from workshop.models import Workshop
from workshop.pack import Pack
from workshop.setup import NOTHING, Setup
from workshop.words import gettext as _

FAREWELL_SECONDS = 10
"""How long a page may take to leave by itself before its socket is closed."""

PRACTICE_SECONDS = 30
"""How long a practice session that has ended can still be looked at; then nothing of it is left."""


def start(
    workshop: Workshop,
    variant: str,
    *,
    raised_k: int = 0,
    practice: bool = False,
    today: date,
    help_page: Mapping[str, Any] | None = None,
    setup: Setup = NOTHING,
) -> int:
    """A new live session in its lobby, led by the workshop's owner, with a copy of its pack; its id. k is locked now.

    `help_page`: what its help page says instead of the pack's, as `opening.help_page` puts it together. `setup`: what
    its facilitator has said before; it stays as it is.
    """
    if variant not in Pack.model_validate_json(workshop.pack).workshop.variants.plans:
        raise Wrong(_("This workshop has no such plan."))
    live = LiveSession(
        workshop_id=workshop.id,
        title=workshop.title,
        pack=workshop.pack,
        variant=variant,
        handle=secrets.token_bytes(16),
        join_secret=secrets.token_urlsafe(16),
        screen_token=secrets.token_urlsafe(16),
        practice=practice,
        opened_on=today,
        rules={
            "raised_k": max(0, raised_k),
            **({"help": dict(help_page)} if help_page else {}),
            **({"setup": setup.kept} if setup != NOTHING else {}),
        },
    )
    vault.make(live.handle)
    return db.write(lambda session: _add(session, live, workshop.owner_id))


def pause(live: Snapshot, *, care: bool = False) -> None:
    """Stop taking answers and every clock; `care`: because somebody needs a moment. Last seconds are taken back."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        if row.state != "paused" or not care:
            row.state = states.after(SESSION, "pause", row.state)
        row.care = care
        if old.now and old.now.state == "closing":
            step = session.get_one(LiveStep, old.now.row)
            step.state = states.after(QUESTION, "undo", step.state)

    change(live, work)
    timers.hold(live.id)


def resume(live: Snapshot, *, calm: bool = False) -> None:
    """Take answers again; `calm`: and pass over what is tender from here on."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        row.state, row.care = states.after(SESSION, "resume", row.state), False
        if calm:
            tender = {step.id for step in old.plan if step.sensitivity == "tender"}
            row.rules = {**row.rules, "calm": True, "on": sorted(set(row.rules.get("on", ())) - tender)}

    timers.go_on(live.id)
    change(live, work)


def lock(live: Snapshot, *, locked: bool) -> None:
    """Locked: nobody new comes in, and the typed code is dead; whoever has a seat keeps it."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        row.locked = locked
        codes.spend(row.code)
        row.code = None if locked else _free_code(session)

    change(live, work)


def new_code(live: Snapshot) -> None:
    """A new code and a new QR; the old ones open nothing from here on."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        codes.spend(row.code)
        row.code = None if row.locked else _free_code(session)
        row.join_secret = secrets.token_urlsafe(16)

    change(live, work)


def end(live: Snapshot, today: date) -> None:
    """Over: what is open is counted, texts that nobody showed and every key are destroyed, phones leave."""
    may_leave(live)
    for state in _unfinished(live):
        counting.close(live.id, state.row)
    change(live, lambda session, row, old: _end(session, row, old, today))
    checkpoints.reached("ended")
    vault.destroy(live.handle)
    checkpoints.reached("keys-destroyed")
    presence.forget(live.id)
    partners.forget(live.id)
    quiet.forget(live.id)
    timers.forget(live.id)
    broadcast.bye(live.id)
    errands.later(FAREWELL_SECONDS, realtime.close_live, live.id)
    wiper.soon()
    if live.practice:
        errands.later(PRACTICE_SECONDS, forget.delete, live.id)


def type_headcount(live: Snapshot, people: int) -> None:
    """How many people the facilitator counted in the room; for the report alone."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        row.headcount = people

    change(live, work, even_ended=True)


def _add(session: Session, live: LiveSession, facilitator_id: int) -> int:
    live.code = _free_code(session)
    session.add(live)
    session.flush()
    session.add(LiveRole(live_id=live.id, facilitator_id=facilitator_id, role="lead"))
    return live.id


def _free_code(session: Session) -> str:
    return codes.draw(set(session.scalars(select(LiveSession.code))))


def _unfinished(live: Snapshot) -> list[StepState]:
    return [state for rounds in live.rounds.values() for state in rounds if state.unfinished]


def _end(session: Session, row: LiveSession, old: Snapshot, today: date) -> None:
    if _unfinished(old):  # opened on another console meanwhile: its answers must not outlive its key
        raise Wrong(_("A question was opened just now. End the session once more."))
    row.state, row.care, row.ended_on = states.after(SESSION, "end", row.state), False, today
    row.rules = {name: value for name, value in row.rules.items() if name not in ("skipped", "quiet_to")}
    session.execute(delete(LiveHelper).where(LiveHelper.live_id == row.id))
    codes.spend(row.code)
    row.code = row.join_secret = None
    steps = select(LiveStep.id).where(LiveStep.live_id == row.id)
    texts.release_own(session, old)
    session.execute(delete(HeldText).where(HeldText.step.in_(steps)))
    for step in session.scalars(select(LiveStep).where(LiveStep.id.in_(steps))):
        holding.let_go(step, "held", "own")
    session.execute(delete(ReleaseRow).where(ReleaseRow.step.in_(steps), ReleaseRow.audience == "facilitator"))
