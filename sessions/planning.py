"""What a facilitator does with time and plan while the room runs: a minute more, steps left out, another plan."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from sessions import broadcast, conduct, forget, lookup, schedule, stage
from sessions.change import change, must_run
from sessions.models import LiveSession
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from sessions.timers import minute as minute_now
from sessions.timers import timers
from sessions.vault import vault
from workshop.words import gettext as _

MINUTE = 60


def minute(live: Snapshot, by: int) -> None:
    """A minute more or less for the present step and its stage; the last seconds of a question stay as they are."""
    must_run(live)
    if live.step is None:
        raise Wrong(_("No step is shown yet."))
    moved, planned = float(by * MINUTE), stage.staged(live)
    if planned is not None:
        moved = timers.give(live.id, "stage", moved, planned)
    timers.give(live.id, "step", moved, schedule.takes(live, live.step))
    vault.note(live.handle, "step", vault.minutes(live.handle).get("step", minute_now()) + round(moved / MINUTE))
    change(live, lambda session, row, old: None)


def drop(live: Snapshot, ids: Collection[str]) -> None:
    """Leave steps out that lie ahead; refused for what the room never goes without."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        for id in ids:
            _must_be_loose(old, id)
        row.rules = {
            **row.rules,
            "off": sorted(set(row.rules.get("off", ())) | set(ids)),
            "on": sorted(set(row.rules.get("on", ())) - set(ids)),
        }

    if not ids:
        raise Wrong(_("Nothing to leave out was named."))
    change(live, work)


def bring_back(live: Snapshot, *ids: str) -> None:
    """Bring in steps ahead that were left out, or were off from the start."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        for id in ids:
            _must_be_loose(old, id)
            conduct.bring_in(row, id)

    change(live, work)


def switch(live: Snapshot, variant: str) -> None:
    """Another plan from here on. What was shown stays as it was asked, the present step stays the present one.

    The planned end stays as well: the hall is booked until then, whatever the room does.
    """

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        if variant not in old.pack.workshop.variants.plans:
            raise Wrong(_("This workshop has no such plan."))
        if old.now and old.now.unfinished:
            raise Wrong(_("Close the question first."))
        asked = {**dict.fromkeys(old.rounds, old.variant), **row.rules.get("asked", {})}
        row.rules, row.variant = {**row.rules, "asked": asked}, variant
        ids = [step.id for step in old.pack.route(variant, asked)]
        row.position = ids.index(old.step.id) if old.step else row.position

    change(live, work)


def new_end(live: Snapshot) -> None:
    """The end that is expected now is the planned one from here on."""
    must_run(live)
    if schedule.plan(live) is None:
        raise Wrong(_("No step is shown yet."))
    vault.note(live.handle, "planned", schedule.expected_end(live))
    change(live, lambda session, row, old: None, pages=tuple(broadcast.CONSOLES))


def find_the_time_again() -> None:
    """After a restart: the step that is shown goes on from the minute in which it began."""
    for live_id in forget.running():
        live = lookup.of(live_id)
        began = vault.minutes(live.handle).get("step") if live else None
        if live and began is not None:
            timers.start(live_id, "step", max(0.0, float(minute_now() - began) * MINUTE))
            if live.state == "paused":
                timers.hold(live_id)


def _must_be_loose(live: Snapshot, id: str) -> None:
    step = live.plan[conduct.place(live, id)]
    if id not in live.loose:
        raise Wrong(_("This step stays: %(title)s") % {"title": step.title})
