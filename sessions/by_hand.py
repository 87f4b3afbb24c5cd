"""Door: folded ballots, counted by hand and typed by whoever leads, and looked at before they are entered for good."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sessions import access, broadcast, paper, stage
from sessions.ballots import BALLOTS, Sheet
from sessions.states import Wrong
from workshop.kinds.kind import Invalid
from workshop.release import Release

doors = Blueprint("by_hand", __name__)

PLACE = "/console/<int:live_id>/ballots/<step_id>/<int:number>/<int:phase>"


@doors.get(PLACE)
def look(live_id: int, step_id: str, number: int, phase: int) -> ResponseReturnValue:
    return _page(_sheet(live_id, step_id, number, phase))


@doors.post(PLACE)
def enter(live_id: int, step_id: str, number: int, phase: int) -> ResponseReturnValue:
    """What the room would see of the numbers; with `sure`, they are entered."""
    sheet, form = _sheet(live_id, step_id, number, phase), request.form
    if sheet.why_not:
        return _page(sheet, status=409)
    try:
        tally = sheet.counted(form)
        seen = sheet.shown(tally)
    except Invalid as refusal:
        return _page(sheet, refusal, status=422)
    if form.get("sure") != "1":
        return _page(sheet, seen=None if "change" in form else seen, status=409)
    try:
        paper.enter(sheet.asked.live, sheet, tally)
    except Wrong:
        return _page(_sheet(live_id, step_id, number, phase), status=409)
    return redirect(f"/console/{live_id}", 303)


def _sheet(live_id: int, step_id: str, number: int, phase: int) -> Sheet:
    """The sheet of a question that was asked in a session they lead, and can be answered on paper."""
    sheet = Sheet.of(access.conductor(live_id, lead=True).live, step_id, number, phase)
    return sheet or abort(404)


def _page(
    sheet: Sheet, refused: Invalid | None = None, *, seen: Release | None = None, status: int = 200
) -> ResponseReturnValue:
    """The fields with what was typed; or, with `seen`, what the room would see of it."""
    asked = sheet.asked
    page = broadcast.page(
        asked.live,
        "ballots/page.html",
        live=asked.live,
        sheet=sheet,
        step=asked.step,
        config=asked.step.config,
        question=asked.question,
        path=dict(asked.state.path),
        page="console",
        state="revealed",
        typed=request.form,
        whole=BALLOTS,
        refused=refused,
        seen=seen,
        t=stage.say(asked.live),
    )
    return page, status
