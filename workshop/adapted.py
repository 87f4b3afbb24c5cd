"""Door: a workshop adapted to one's own room; its steps in another order or left out, its words, what is hidden."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from workshop import access, aside, shelf, workbench
from workshop.adapting import Unfit
from workshop.models import Workshop
from workshop.pack import Pack
from workshop.workbench import Edit

doors = Blueprint("adapted", __name__)


@doors.get("/workshops/<int:workshop_id>/adapt")
def bench(workshop_id: int) -> ResponseReturnValue:
    """Every step of a plan (`variant`) with its buttons. `at`: the one that was pressed last."""
    return _bench(access.workshop(workshop_id))


@doors.post("/workshops/<int:workshop_id>/adapt")
def press(workshop_id: int) -> ResponseReturnValue:
    workshop = access.workshop(workshop_id)
    plan = _plan(shelf.opened(workshop))
    try:
        _keep(workshop, workbench.pressed(request.form, plan))
    except (Unfit, shelf.Outdated) as why:
        return _bench(workshop, str(why), 409)
    return redirect(f"/workshops/{workshop_id}/adapt?variant={plan}&at={request.form.get('at', '')}", 303)


@doors.get("/workshops/<int:workshop_id>/adapt/<what>/<thing>")
def words(workshop_id: int, what: str, thing: str) -> ResponseReturnValue:
    """The texts of a step, a story or a role card, to be said in other words."""
    return _words(access.workshop(workshop_id), what, thing)


@doors.post("/workshops/<int:workshop_id>/adapt/<what>/<thing>")
def reword(workshop_id: int, what: str, thing: str) -> ResponseReturnValue:
    workshop = access.workshop(workshop_id)
    plan = _plan(shelf.opened(workshop))
    _thing(shelf.opened(workshop), plan, what, thing)
    try:
        _keep(workshop, workbench.reworded(request.form, plan, what, thing))
    except (Unfit, shelf.Outdated) as why:
        return _words(workshop, what, thing, why)
    return redirect(f"/workshops/{workshop_id}/adapt?variant={plan}&at=words-{thing}", 303)


def _keep(workshop: Workshop, edit: Edit) -> None:
    before = shelf.opened(workshop)
    after = aside.run(edit, before)
    if after is not before:
        shelf.keep(workshop, after)


def _bench(workshop: Workshop, message: str = "", status: int = 200) -> ResponseReturnValue:
    pack = shelf.opened(workshop)
    plan = _plan(pack)
    page = render_template(
        "adapt/bench.html",
        base=f"/workshops/{workshop.id}/adapt",
        back=f"/workshops/{workshop.id}?variant={plan}",
        title=workshop.title,
        plans=pack.workshop.variants.plans,
        plan=plan,
        bench=workbench.of(pack, plan, workbench.off(pack, plan)),
        at=(request.form or request.args).get("at", ""),
        message=message,
    )
    return page, status


def _words(workshop: Workshop, what: str, id: str, why: Exception | None = None) -> ResponseReturnValue:
    pack = shelf.opened(workshop)
    plan = _plan(pack)
    thing = _thing(pack, plan, what, id)
    page = render_template(
        "adapt/words.html",
        base=f"/workshops/{workshop.id}/adapt",
        plan=plan,
        what=what,
        thing=thing,
        groups=workbench.texts(thing),
        typed=request.form,
        why=why,
    )
    return page, 422 if why else 200


def _thing(pack: Pack, plan: str, what: str, id: str) -> BaseModel:
    try:
        return workbench.thing(pack, plan, what, id)
    except Unfit:
        abort(404)


def _plan(pack: Pack) -> str:
    """The plan that is asked for, or the pack's first choice."""
    name = (request.form or request.args).get("variant", "")
    return name if name in pack.workshop.variants.plans else pack.workshop.variants.default
