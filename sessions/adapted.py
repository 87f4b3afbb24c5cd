"""Door: the workshop of a session adapted while it runs, by its lead; for this session, and for next time if wanted."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from sessions import access, broadcast, planning, revising
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop import aside, shelf, workbench
from workshop.access import still_theirs
from workshop.adapting import Unfit
from workshop.typed import whole
from workshop.words import gettext as _
from workshop.workbench import Edit

doors = Blueprint("adapted_live", __name__)

MOST = 9999


class NotKept(Exception):
    """The session was changed; the copy on the shelf was not, for the reason that this says."""


@doors.get("/console/<int:live_id>/adapt")
def bench(live_id: int) -> ResponseReturnValue:
    """Every step that the room has not seen, with its buttons. `at`: the one that was pressed last."""
    return _bench(_lead(live_id))


@doors.post("/console/<int:live_id>/adapt")
def press(live_id: int) -> ResponseReturnValue:
    live, form = _lead(live_id), request.form
    try:
        edit = workbench.pressed(form, live.variant)
        _do(live, form.get("do", ""), form.get("id", ""), edit)
        _keep(live, edit)
    except (Wrong, Unfit, NotKept) as why:
        return _bench(_lead(live_id), str(why), 409)
    further = "&next=1" if form.get("next") == "1" else ""
    return redirect(f"/console/{live_id}/adapt?at={form.get('at', '')}{further}", 303)


@doors.get("/console/<int:live_id>/adapt/<what>/<thing>")
def words(live_id: int, what: str, thing: str) -> ResponseReturnValue:
    """The texts of a step, a story or a role card that the room has not seen, to be said in other words."""
    return _words(_lead(live_id), what, thing)


@doors.post("/console/<int:live_id>/adapt/<what>/<thing>")
def reword(live_id: int, what: str, thing: str) -> ResponseReturnValue:
    live, form = _lead(live_id), request.form
    _thing(live, what, thing)
    edit = workbench.reworded(form, live.variant, what, thing)
    try:
        revising.revise(live, edit, _edition())
        _keep(live, edit)
    except (Wrong, Unfit) as why:
        return _words(_lead(live_id), what, thing, why)
    except NotKept as why:
        return _bench(_lead(live_id), str(why), 409)
    further = "&next=1" if form.get("next") == "1" else ""
    return redirect(f"/console/{live_id}/adapt?at=words-{thing}{further}", 303)


def _lead(live_id: int) -> Snapshot:
    return access.conductor(live_id, lead=True).live


def _do(live: Snapshot, do: str, id: str, edit: Edit) -> None:
    """Steps are left out and brought back as on the console; everything else changes the session's pack."""
    if do == "drop":
        planning.drop(live, revising.halves(live, id) or [id])
    elif do == "bring-back":
        planning.bring_back(live, *(revising.halves(live, id) or [id]))
    else:
        revising.revise(live, edit, _edition())


def _keep(live: Snapshot, edit: Edit) -> None:
    """The same on the facilitator's own copy, where that is wanted and still fits."""
    workshop = still_theirs(live.workshop_id) if request.form.get("next") == "1" else None
    if workshop is None:
        return
    try:
        shelf.keep(workshop, aside.run(edit, shelf.opened(workshop)))
    except (Unfit, shelf.Outdated) as why:
        said = _("Done for this session. It could not be kept for next time: %(why)s")
        raise NotKept(said % {"why": why}) from why


def _edition() -> int:
    """The edition that a button was drawn for; one that nobody has where it says none."""
    typed = whole(request.form.get("edition", ""), most=MOST)
    return -1 if typed is None else typed


def _bench(live: Snapshot, message: str = "", status: int = 200) -> ResponseReturnValue:
    behind = {step.id for step in live.plan[: live.position + 1]}
    asked = request.form or request.args
    page = broadcast.page(
        live,
        "adapt/bench.html",
        running=True,
        base=f"/console/{live.id}/adapt",
        back=f"/console/{live.id}",
        title=live.title,
        plan=live.variant,
        edition=live.edition,
        keeps=still_theirs(live.workshop_id) is not None,
        next="1" if asked.get("next") == "1" else "",
        bench=workbench.of(live.pack, live.variant, live.off, set(live.rounds), behind),
        at=asked.get("at", ""),
        message=message,
    )
    return page, status


def _words(live: Snapshot, what: str, id: str, why: Exception | None = None) -> ResponseReturnValue:
    thing = _thing(live, what, id)
    page = broadcast.page(
        live,
        "adapt/words.html",
        base=f"/console/{live.id}/adapt",
        plan=live.variant,
        edition=live.edition,
        keeps=still_theirs(live.workshop_id) is not None,
        next=(request.form or request.args).get("next") == "1",
        what=what,
        thing=thing,
        groups=workbench.texts(thing),
        typed=request.form,
        why=why,
    )
    return page, 409 if why else 200


def _thing(live: Snapshot, what: str, id: str) -> BaseModel:
    try:
        return workbench.thing(live.pack, live.variant, what, id)
    except Unfit:
        abort(404)
