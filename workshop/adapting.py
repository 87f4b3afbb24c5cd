"""A pack made fit for one's own room: steps left out, brought in and moved, stories and role cards hidden.

Pure: a pack goes in, another comes out, or `Unfit` is raised. What comes out is never one that the checker refuses.
"""

from __future__ import annotations

from collections.abc import Iterable

from workshop import kinds
from workshop.fitting import Unfit, fitted, with_plan
from workshop.pack import Pack
from workshop.steps import Change, Step
from workshop.words import gettext as _

__all__ = ["Unfit", "hide", "keep", "known_plan", "move", "replaced", "step_of", "together"]


def keep(pack: Pack, plan: str, step_id: str, on: bool) -> Pack:
    """A plan with a step, or without it. The other half of what is asked before and after goes and comes with it."""
    ids = {one.id for one in together(pack, plan, step_id)}
    needed = [one for one in pack.steps if one.id in ids & pack.stays(plan)]
    if needed and not on:
        said = _("“{title}” stays: people need the care pages, the agreement and the end.")
        raise Unfit(said.format(title=needed[0].title))
    out = set(pack.workshop.variants[plan].left_out)
    changed = pack
    for one in (one for one in pack.steps if one.id in ids):
        changed = _brought_in(changed, plan, one) if on else changed
    if not on:
        out |= {one.id for one in pack.steps if one.id in ids and pack.runs(one, plan)}
    changed = with_plan(changed, plan, left_out=_in_order(pack, out - ids if on else out))
    return pack if changed == pack else fitted(pack, changed)


def together(pack: Pack, plan: str, step_id: str) -> tuple[Step, ...]:
    """A step as it is in the file, and the one that asks the same before or after it in a plan, if there is one."""
    step, known = step_of(pack, step_id), known_plan(pack, plan)
    pair = _half(step, known)
    others = (one for one in pack.steps if pair and one.id != step.id)
    return (step, *(one for one in others if _half(one, known) == pair))


def move(pack: Pack, step_id: str, before: str | None) -> Pack:
    """A step in front of another one, in every plan; None: behind all others. The end stays the end."""
    step = step_of(pack, step_id)
    rest = [one for one in pack.steps if one.id != step_id]
    ids = [one.id for one in rest]
    if before is not None and before not in ids:
        raise Unfit(_("There is no such step."))
    at = len(rest) if before is None else ids.index(before)
    around = {one.phase for one in rest[max(at - 1, 0) : at + 1]}
    phase = around.pop() if len(around) == 1 else step.phase
    moved = (*rest[:at], step.model_copy(update={"phase": phase}), *rest[at:])
    changed = pack.model_copy(update={"steps": moved})
    for plan in pack.workshop.variants.plans:
        if [one.id for one in pack.plan(plan)[-1:]] != [one.id for one in changed.plan(plan)[-1:]]:
            raise Unfit(_("The last step stays the last one: it is how a workshop ends."))
    return fitted(pack, changed)


def hide(pack: Pack, id: str, on: bool) -> Pack:
    """Without a story or a role card; `on` False: with it again. A step's time follows the story that it then plays."""
    known = {one.id: one.title for one in pack.stories} | {one.id: one.title for one in pack.role_cards}
    if id not in known:
        raise Unfit(_("There is no such story or card."))
    hidden = {*pack.hidden, id} if on else {*pack.hidden} - {id}
    for step in pack.steps:
        if pack.bare(step, hidden) and not pack.bare(step):
            said = _("“{title}” is all that “{step}” has left to play. Leave the step out instead.")
            raise Unfit(said.format(title=known[id], step=step.title))
    changed = pack.model_copy(update={"hidden": tuple(one for one in known if one in hidden)})
    return pack if changed.hidden == pack.hidden else fitted(pack, _retimed(pack, changed))


def step_of(pack: Pack, step_id: str) -> Step:
    """A step of the file; raises `Unfit`."""
    found = next((step for step in pack.steps if step.id == step_id), None)
    if found is None:
        raise Unfit(_("There is no such step."))
    return found


def known_plan(pack: Pack, plan: str) -> str:
    """The name of a plan; raises `Unfit` where there is none."""
    if plan not in pack.workshop.variants.plans:
        raise Unfit(_("This workshop has no such plan."))
    return plan


def replaced(pack: Pack, step_id: str, step: Step) -> Pack:
    """The pack with another step in the place of one, nothing checked."""
    return pack.model_copy(update={"steps": tuple(step if one.id == step_id else one for one in pack.steps)})


# ---------- which steps ----------


def _belongs(step: Step, plan: str) -> bool:
    return step.variants[plan].keep


def _half(step: Step, plan: str) -> str:
    """The measure that a step asks before or after in a plan; empty: none."""
    measure = (step.varied(plan) if _belongs(step, plan) else step).measure
    return measure.pair if measure and measure.role != "then_and_now" else ""


def _brought_in(pack: Pack, plan: str, step: Step) -> Pack:
    """With a step that a plan does not have, or that is off at first in all plans: it stays off in the others."""
    changed = step
    if not _belongs(step, plan):
        own = Change(keep=True, seconds=step.seconds)
        changed = changed.model_copy(update={"variants": {**step.variants, plan: own}})
    if step.default_off:
        changed = changed.model_copy(update={"default_off": False})
        for other in pack.workshop.variants.plans:
            if other != plan and _belongs(step, other):
                out = {*pack.workshop.variants[other].left_out, step.id}
                pack = with_plan(pack, other, left_out=_in_order(pack, out))
    return replaced(pack, step.id, changed)


def _in_order(pack: Pack, ids: Iterable[str]) -> tuple[str, ...]:
    wanted = set(ids)
    return tuple(step.id for step in pack.steps if step.id in wanted)


# ---------- time ----------


def _retimed(old: Pack, new: Pack) -> Pack:
    """Where a step plays another story than before, a plan gives it the time of that one."""
    for plan in old.workshop.variants.plans:
        for before, after in zip(old.route(plan, {}), new.route(plan, {}), strict=True):
            kind = kinds.get(before.kind)
            took, takes = kind.length(before.config), kind.length(after.config)
            if took is not None and takes is not None and took != takes:
                new = _given(new, plan, before.id, takes - took)
    return new


def _given(pack: Pack, plan: str, step_id: str, seconds: int) -> Pack:
    step = step_of(pack, step_id)
    change = step.variants[plan]
    more = change.model_copy(update={"seconds": (change.seconds or step.seconds) + seconds})
    return replaced(pack, step_id, step.model_copy(update={"variants": {**step.variants, plan: more}}))
