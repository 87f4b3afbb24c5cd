"""After the end: what the room saw, on a page, to print, to take home; the headcount; running it again; deletion."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sessions import access, broadcast, exports, forget, opening, report, room, stage
from sessions.models import LiveSession
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop import setup, shelf
from workshop.access import facilitator, still_theirs
from workshop.typed import whole
from workshop.words import gettext as _

doors = Blueprint("results", __name__)

MOST = 9999


@doors.get("/sessions")
def sessions() -> ResponseReturnValue:
    mine = access.conducted(facilitator().id)
    running = [report.facts(live) for live in mine if live.state != "ended"]
    past = [report.facts(live) for live in mine if live.state == "ended" and not live.practice]
    return render_template("results/list.html", running=running, past=past, led=access.led(facilitator().id))


@doors.get("/sessions/<int:live_id>")
def session(live_id: int) -> ResponseReturnValue:
    return _page("results/session.html", live_id)


@doors.get("/sessions/<int:live_id>/summary")
def summary(live_id: int) -> ResponseReturnValue:
    return _page("results/summary.html", live_id)


@doors.get("/sessions/<int:live_id>/export.csv")
def as_csv(live_id: int) -> ResponseReturnValue:
    live, _row = _ended(live_id)
    return _file(exports.as_csv(live), "text/csv; charset=utf-8", "csv")


@doors.get("/sessions/<int:live_id>/export.json")
def as_json(live_id: int) -> ResponseReturnValue:
    live, row = _ended(live_id)
    return _file(exports.as_json(live, row), "application/json", "json")


@doors.post("/sessions/<int:live_id>/headcount")
def headcount(live_id: int) -> ResponseReturnValue:
    live, _row = _ended(live_id, lead=True)
    people = whole(request.form.get("headcount", ""), most=MOST)
    if people is None:
        return _page("results/session.html", live_id, _("The headcount is a whole number, such as 24."), 422)
    room.type_headcount(live, people)
    return redirect(f"/sessions/{live_id}", 303)


@doors.post("/sessions/<int:live_id>/again")
def again(live_id: int) -> ResponseReturnValue:
    """A new room for the same workshop, as it is on the shelf today, with the plan and the rules of this session."""
    live, row = _ended(live_id, lead=True)
    kept, today = row.rules.get("help", {}), date.today()
    workshop = still_theirs(live.workshop_id)
    if workshop is None:
        said = _("This workshop is not on your shelf any more, so there is nothing to run again. These results stay.")
        return _page("results/session.html", live_id, said, 409)
    try:
        opened = room.start(
            workshop,
            live.variant,
            raised_k=live.raised_k,
            today=today,
            setup=setup.read(shelf.opened(workshop).facilitator_pack, live.setup.kept),
            help_page=opening.help_page(
                workshop,
                today,
                emergency_only=kept.get("only") == "emergency",
                number=kept.get("number", ""),
                room=kept.get("room", ""),
            ),
        )
    except Wrong as wrong:
        return _page("results/session.html", live_id, str(wrong), 409)
    return redirect(f"/console/{opened}", 303)


@doors.post("/sessions/<int:live_id>/delete")
def delete(live_id: int) -> ResponseReturnValue:
    _live, _row = _ended(live_id, lead=True)
    if request.form.get("sure") != "1":
        return _page("results/session.html", live_id, _("Deleting cannot be taken back. Press once more."), 409)
    forget.delete(live_id)
    return redirect("/sessions", 303)


def _ended(live_id: int, *, lead: bool = False) -> tuple[Snapshot, LiveSession]:
    """A session of theirs that is over, and no practice."""
    who = access.conductor(live_id, lead=lead)
    if who.live.state != "ended" or who.live.practice:
        abort(404)
    return who.live, access.row(live_id)


def _changed(live: Snapshot) -> str:
    """Where another room is opened with other settings, these being filled in; empty where the workshop is gone."""
    if still_theirs(live.workshop_id) is None:
        return ""
    yes = set(live.setup.kept["yes"])
    asked = (question.id for question in live.pack.facilitator_pack.setup_questions)
    said = {setup.field(id): "yes" if id in yes else "no" for id in asked}
    fields = {"variant": live.variant, "raised_k": live.raised_k, "expected": live.setup.expected or "", **said}
    return f"/workshops/{live.workshop_id}/open?{urlencode(fields)}"


def _page(template: str, live_id: int, message: str = "", status: int = 200) -> ResponseReturnValue:
    live, row = _ended(live_id)
    page = broadcast.page(
        live,
        template,
        live=live,
        session=report.facts(row),
        sections=report.sections(live, own=template == "results/session.html"),
        stricter=report.stricter(live),
        credits=live.pack.credits,
        led=access.led(facilitator().id),
        changed=_changed(live),
        message=message,
        t=stage.say(live),
    )
    return page, status


def _file(content: bytes, mimetype: str, ending: str) -> ResponseReturnValue:
    """A neutral name: a downloads folder must not tell what the workshop was about."""
    answer = make_response(content)
    answer.headers["Content-Type"] = mimetype
    answer.headers["Content-Disposition"] = f'attachment; filename="workshop-results.{ending}"'
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer
