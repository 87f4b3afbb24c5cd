"""What a facilitator changes of the workshop itself while its session runs: order, words and what is hidden."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from sessions.change import change
from sessions.models import LiveSession
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop import adapting, aside
from workshop.pack import Pack, Step
from workshop.words import gettext as _


def revise(live: Snapshot, edit: Callable[[Pack], Pack], edition: int) -> None:
    """Change the session's own pack. What was shown stays as it was, and the present step the present one.

    `edition`: how often the pack had been changed when the button was drawn. Raises `Wrong` where somebody else was
    faster or the room has seen what would change, and what `edit` raises.
    """
    if edition != live.edition:
        raise Wrong(_("The workshop of this session was changed on another console meanwhile. Look again."))
    pack = aside.run(edit, live.pack)

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        if old.edition != edition:
            raise Wrong(_("The workshop of this session was changed on another console meanwhile. Look again."))
        plan = pack.route(old.variant, row.rules.get("asked", {}), old.setup)
        _must_leave_alone(old, plan)
        _must_play_something(old, pack, plan)
        row.pack = pack.model_dump_json()
        row.rules = {**row.rules, "edition": edition + 1}
        row.position = _position(old, plan)

    if pack is not live.pack:
        change(live, work)


def halves(live: Snapshot, step_id: str) -> list[str]:
    """Ids of a step and of what is asked before or after it, as far as the room can still go without them."""
    return [one.id for one in adapting.together(live.pack, live.variant, step_id) if one.id in live.loose]


def _must_leave_alone(old: Snapshot, plan: tuple[Step, ...]) -> None:
    now = {step.id: step for step in plan}
    for step in old.plan:
        if step.id in old.rounds and now.get(step.id) != step:
            raise Wrong(_("“%(title)s” was shown already, so it stays as it was.") % {"title": step.title})
    order = [step.id for step in plan if step.id in old.rounds]
    before = {step.id for step in old.plan[: old.position + 1]}
    moved_back = {step.id for step in plan[: _position(old, plan) + 1]} - before
    if moved_back or order != [step.id for step in old.plan if step.id in old.rounds]:
        raise Wrong(_("The room is past that point."))


def _must_play_something(old: Snapshot, pack: Pack, plan: tuple[Step, ...]) -> None:
    """What the set-up hides counts as well."""
    for step in plan:
        if pack.bare(step, old.setup.hidden) and not old.pack.bare(step, old.setup.hidden):
            raise Wrong(_("“%(title)s” would have nothing left to play.") % {"title": step.title})


def _position(old: Snapshot, plan: tuple[Step, ...]) -> int:
    present = old.step
    return old.position if present is None else [step.id for step in plan].index(present.id)
