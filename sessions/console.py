"""The facilitator's console: every press is a form; the answer is the desk as it stands, or why nothing happened."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sessions import access, broadcast, buttons, desk, foreseen, invitation, presses, progress, stage
from sessions.access import Conductor
from sessions.states import Wrong
from workshop import outline
from workshop.access import shared
from workshop.request import FRAGMENT
from workshop.storage import Unsaved
from workshop.words import gettext as _

doors = Blueprint("console", __name__)


@doors.get("/console/<int:live_id>")
@shared
def console(live_id: int) -> ResponseReturnValue:
    return _page(access.conductor(live_id))


@doors.get("/console/<int:live_id>/guide")
@shared
def guide(live_id: int) -> str:
    """What the pack of this session says to whoever conducts it, whatever has become of the workshop."""
    live = access.conductor(live_id).live
    return broadcast.page(live, "paper/guide.html", pack=live.pack, names=outline.names(live.pack))


@doors.get("/console/<int:live_id>.json")
@shared
def as_json(live_id: int) -> ResponseReturnValue:
    """The session for a facilitator's own scripts."""
    who = access.conductor(live_id)
    live, counts, join = who.live, progress.meter(who.live, who.page, 0), invitation.of(who.live)
    button = buttons.next_action(live)
    return jsonify(
        state=live.state,
        version=live.version,
        step=live.step.id if live.step else None,
        step_state=stage.state_of(live),
        round=live.now.round if live.now else None,
        phase=live.now.phase if live.now else None,
        joined=counts.joined,
        answered=counts.answered,
        answered_in_words=counts.words,
        next=button.verb if button else None,
        join_url=join.url,
        code=live.code,
        screen_url=f"{invitation.base()}/screen/{live.screen_token}",
        practice=live.practice,
    )


@doors.post("/console/<int:live_id>/<verb>")
@shared
def press(live_id: int, verb: str) -> ResponseReturnValue:
    """One verb. Support may do what looks after people; moving the room is the lead's."""
    form = request.form
    who = access.conductor(live_id, lead=presses.moves(verb, form))
    if verb not in presses.VERBS:
        return _sentence(_("There is no such button."), 404)
    if presses.outdated(who.live, verb, form):
        return _answer(who)
    sentence = presses.ask_first(who.live, verb, form)
    if sentence:
        return _answer(who, message=sentence, sure=verb, status=409)
    try:
        presses.VERBS[verb](who.live, form)
    except Wrong as wrong:
        return _answer(who, message=str(wrong), status=409)
    except Unsaved as unsaved:
        return _answer(who.anew(), message=str(unsaved), status=503)
    return _answer(who.anew())


@doors.post("/console/<int:live_id>/view")
@shared
def view(live_id: int) -> ResponseReturnValue:
    """Simple or full: remembered by this browser."""
    access.conductor(live_id)
    answer = make_response(redirect(f"/console/{live_id}", 303))
    chosen = "full" if request.form.get("view") == "full" else "simple"
    answer.set_cookie("view", chosen, max_age=400 * 86400, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def _answer(who: Conductor, *, message: str | None = None, sure: str = "", status: int = 200) -> ResponseReturnValue:
    """The desk as it stands now: as a fragment, or as the page."""
    if FRAGMENT in request.headers.get("Accept", ""):
        values = desk.values(who.live, who.role, who.view, message=message, sure=sure)
        return broadcast.draw("console/_console.html", values, who.live.lang), status
    if status == 200:
        return redirect(f"/console/{who.live.id}", 303)
    return _page(who, message=message, sure=sure, status=status)


def _page(who: Conductor, *, message: str | None = None, sure: str = "", status: int = 200) -> ResponseReturnValue:
    live = who.live
    page = broadcast.page(
        live,
        "console/page.html",
        **desk.values(live, who.role, who.view, message=message, sure=sure),
        progress=progress.meter(live, who.page, 0),
        care=desk.care(live, who.person, 0),
        helper=who.helper,
        late=desk.late(live, who.role, 0),
        foreseen=foreseen.in_the_lobby(live, 0),
    )
    return page, status


def _sentence(said: str, status: int) -> ResponseReturnValue:
    return render_template("error.html", title=_("That did not work"), sentence=said, status=status), status
