"""What a facilitator does with time and plan while the room runs: a minute more, steps left out, another plan."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from sessions import agenda, broadcast, conduct, lookup, stage
from sessions.change import change, must_run
from sessions.models import LiveSession
from sessions.snapshot import Snapshot
from sessions.states import Wrong
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
    timers.give(live.id, "step", moved, agenda.takes(live, live.step))
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


def bring_back(live: Snapshot, id: str) -> None:
    """Bring in a step ahead that was left out, or was off from the start."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        _must_be_loose(old, id)
        conduct.bring_in(row, id)

    change(live, work)


def switch(live: Snapshot, variant: str) -> None:
    """Another plan from here on. What was shown stays as it was asked, the present step stays the present one."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        if variant not in old.pack.workshop.variants.plans:
            raise Wrong(_("This workshop has no such plan."))
        if old.now and old.now.unfinished:
            raise Wrong(_("Close the question first."))
        asked = {**dict.fromkeys(old.rounds, old.variant), **row.rules.get("asked", {})}
        row.rules, row.variant = {**row.rules, "asked": asked}, variant
        ids = [step.id for step in old.pack.route(variant, asked)]
        row.position = ids.index(old.step.id) if old.step else row.position

    change(live, work, pages=())
    now = lookup.of(live.id)
    plan = agenda.plan(now) if now else None
    if plan:
        vault.note(live.handle, "planned", plan.expected_end)
    broadcast.changed(live.id)


def _must_be_loose(live: Snapshot, id: str) -> None:
    step = live.plan[conduct.place(live, id)]
    if id not in live.loose:
        raise Wrong(_("This step stays: %(title)s") % {"title": step.title})
