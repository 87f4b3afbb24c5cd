"""The facilitator's console: every press is a form; the answer is the desk as it stands, or why nothing happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sessions import (
    access,
    broadcast,
    care,
    closing,
    conduct,
    desk,
    held,
    invitation,
    notes,
    progress,
    room,
    stage,
    texts,
)
from sessions.access import Conductor
from sessions.quiet import quiet
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop.access import workshop as own_workshop
from workshop.request import FRAGMENT
from workshop.storage import Unsaved
from workshop.typed import whole
from workshop.words import gettext as _

doors = Blueprint("console", __name__)


Verb = Callable[[Snapshot], None]


@doors.post("/workshops/<int:workshop_id>/open")
def open_session(workshop_id: int) -> ResponseReturnValue:
    workshop = own_workshop(workshop_id)
    form = request.form
    raised = whole(form.get("raised_k", "") or "0", most=50)
    if raised is None:
        return _sentence(_("k can be raised to a whole number up to 50, never lowered."), 422)
    try:
        live_id = room.start(
            workshop,
            workshop.owner_id,
            form.get("variant", ""),
            raised_k=raised,
            practice=form.get("practice") == "1",
            today=date.today(),
        )
    except Wrong as wrong:
        return _sentence(str(wrong), 422)
    return redirect(f"/console/{live_id}", 303)


@doors.get("/console/<int:live_id>")
def console(live_id: int) -> ResponseReturnValue:
    return _page(access.conductor(live_id))


@doors.get("/console/<int:live_id>.json")
def as_json(live_id: int) -> ResponseReturnValue:
    """The session for a facilitator's own scripts."""
    who = access.conductor(live_id)
    live, counts, join = who.live, progress.meter(who.live, who.page, 0), invitation.of(who.live)
    button = desk.next_action(live)
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
def press(live_id: int, verb: str) -> ResponseReturnValue:
    """One verb. Support may do what looks after people; moving the room is the lead's."""
    moving = verb not in SUPPORT or (verb == "resume" and bool({"to", "skip"} & set(request.form)))
    who = access.conductor(live_id, lead=moving)
    if verb not in VERBS:
        return _sentence(_("There is no such button."), 404)
    if verb in ONCE and _outdated(who.live):
        return _answer(who)
    sentence = _ask_first(who.live, verb)
    if sentence:
        return _answer(who, message=sentence, sure=verb, status=409)
    try:
        VERBS[verb](who.live)
    except Wrong as wrong:
        return _answer(who, message=str(wrong), status=409)
    except Unsaved as unsaved:
        return _answer(who.anew(), message=str(unsaved), status=503)
    return _answer(who.anew())


@doors.post("/console/<int:live_id>/view")
def view(live_id: int) -> ResponseReturnValue:
    """Simple or full: remembered by this browser."""
    access.conductor(live_id)
    answer = make_response(redirect(f"/console/{live_id}", 303))
    chosen = "full" if request.form.get("view") == "full" else "simple"
    answer.set_cookie("view", chosen, max_age=400 * 86400, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def _show(live: Snapshot) -> None:
    conduct.show(live, request.form.get("step", ""))


def _close(live: Snapshot) -> None:
    closing.close(live, now=request.form.get("now") == "1", then_show=request.form.get("show") == "1")


def _resume(live: Snapshot) -> None:
    care.resume(live, to=request.form.get("to", ""), past_tender=request.form.get("skip") == "tender")


def _text(live: Snapshot) -> None:
    what, text_id = request.form.get("do", ""), request.form.get("id", "")
    if what == "unmarked":
        return texts.show_unmarked(live)
    if what == "edit":
        return texts.edit(live, text_id, request.form.get("text", ""))
    if what not in ("show", "hide"):
        raise Wrong(_("There is no such button."))
    return (texts.show if what == "show" else texts.hide)(live, text_id)


def _quiet(live: Snapshot) -> None:
    quiet.seen_to(live.id, request.form.get("id", ""))
    broadcast.counted(live)


def _forward(live: Snapshot) -> None:
    """The natural next action, for presenter keys and clickers."""
    button = desk.next_action(live)
    if button is None or button.verb == "end":
        raise Wrong(_("That was the last step. End the session on the console."))
    if button.verb == "undo":
        raise Wrong(_("The last seconds are running. To go on taking answers, press Undo on the console."))
    if button.verb == "close":
        return closing.close(live, now=button.fields.get("now") == "1", then_show=button.fields.get("show") == "1")
    return VERBS[button.verb](live)


VERBS: dict[str, Verb] = {
    "show": _show,
    "open": conduct.open_question,
    "close": _close,
    "reveal": conduct.reveal,
    "next": conduct.next_step,
    "back": conduct.back,
    "again": conduct.again,
    "undo": closing.undo,
    "act": lambda live: conduct.act(live, request.form.get("action", "")),
    "forward": _forward,
    "care": lambda live: room.pause(live, care=True),
    "pause": room.pause,
    "resume": _resume,
    "lock": lambda live: room.lock(live, locked=True),
    "unlock": lambda live: room.lock(live, locked=False),
    "code": room.new_code,
    "end": lambda live: room.end(live, date.today()),
    "text": _text,
    "quiet": _quiet,
    "kind-note": notes.send_kind_note,
}
SUPPORT = {"care", "pause", "resume", "text", "quiet", "kind-note", "view"}
"""What a facilitator who only helps may do."""

ONCE = {"next", "back", "forward", "show", "close", "reveal", "open", "again", "undo", "act"}
"""Verbs that a second press of the same button must not do twice."""


def _outdated(live: Snapshot) -> bool:
    """True when the button was drawn for an earlier state: pressed twice, or on another console meanwhile."""
    drawn = request.form.get("mark")
    return drawn is not None and drawn != live.mark


def _ask_first(live: Snapshot, verb: str) -> str:
    """A sentence when a press should be meant: closing early, ending for everybody."""
    form = request.form
    if form.get("sure") == "1":
        return ""
    if _closes(live, verb) and progress.of(live).few:
        return stage.say(live)("console_few_answers")
    if _shows(live, verb) and any(text.status == "held" for text in held.waiting(live)):
        return _("Some texts are unread, and would be deleted. Show without them? Press once more.")
    if verb == "end" and form.get("mark"):
        return _("End the session for everybody? Press once more.")
    return ""


def _closes(live: Snapshot, verb: str) -> bool:
    """True when a press would end an open question; a script that says `now` means it, a button may be a slip."""
    meant = request.form.get("now") == "1" and "mark" not in request.form
    return not meant and stage.state_of(live) == "open" and verb in ("close", "forward")


def _shows(live: Snapshot, verb: str) -> bool:
    button = desk.next_action(live)
    return verb == "reveal" or (verb == "forward" and button is not None and button.verb == "reveal")


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
        care=desk.care(live, 0),
    )
    return page, status


def _sentence(said: str, status: int) -> ResponseReturnValue:
    return render_template("error.html", title=_("That did not work"), sentence=said, status=status), status
