"""Door: before a room opens. Who will come, what follows from it, and everything that cannot be changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sessions import foreseen, opening, room
from sessions.publishing import rules_for
from sessions.states import Wrong
from workshop import helping, setup, shelf
from workshop.access import workshop as own_workshop
from workshop.models import Workshop
from workshop.pack import Pack
from workshop.request import FRAGMENT
from workshop.setup import Setup
from workshop.typed import whole
from workshop.words import gettext as _

doors = Blueprint("setting_up", __name__)

Form = Mapping[str, str]

RAISES = (8, 10, 12, 15)
"""From how many people on something may be shown, where the facilitator wants more than the rules do."""

MOST_RAISED = 50
MOST_PEOPLE = 9999


@doors.get("/workshops/<int:workshop_id>/open")
def ask(workshop_id: int) -> ResponseReturnValue:
    """The page of questions; what its address says is filled in."""
    return _page(own_workshop(workshop_id), request.args)


@doors.post("/workshops/<int:workshop_id>/open")
def open_session(workshop_id: int) -> ResponseReturnValue:
    """Opens the room; with `look`, only says what follows from the answers."""
    workshop, form = own_workshop(workshop_id), request.form
    if form.get("look") == "1":
        return _page(workshop, form)
    practice, today = form.get("practice") == "1", date.today()
    try:
        live_id = room.start(
            workshop,
            form.get("variant", ""),
            raised_k=_raised(form),
            practice=practice,
            today=today,
            setup=_setup(shelf.opened(workshop), form, _expected(form)),
            help_page=opening.help_page(
                workshop,
                today,
                practice=practice,
                emergency_only=form.get("help") == "emergency",
                number=form.get("emergency_number", ""),
                room=form.get("room_line", ""),
            ),
        )
    except Wrong as wrong:
        return _page(workshop, form, message=str(wrong), status=422)
    return redirect(f"/console/{live_id}", 303)


def _page(workshop: Workshop, form: Form, *, message: str = "", status: int = 200) -> ResponseReturnValue:
    """The whole page; for our script, only what follows from the answers."""
    pack = shelf.opened(workshop)
    plans, wanted = pack.workshop.variants.plans, form.get("variant", "")
    plan = wanted if wanted in plans else pack.workshop.variants.default
    try:
        expected, raised = _expected(form), _raised(form)
    except Wrong as wrong:
        expected, raised, message, status = None, 0, message or str(wrong), 422
    follows = foreseen.of(pack, plan, _setup(pack, form, expected), raised)
    if FRAGMENT in request.headers.get("Accept", ""):
        return render_template("setting_up/_follows.html", follows=follows, pack=pack, message=message)
    page = render_template(
        "setting_up/page.html",
        workshop=workshop,
        pack=pack,
        plan=plan,
        variant=plans[plan],
        follows=follows,
        typed=form,
        raises=RAISES,
        rules=rules_for(pack),
        help=(help_page := helping.of(workshop.owner_id)),
        help_left=help_page.days_left(pack.help_sheet.confirm.region.valid_days, date.today()),
        message=message,
    )
    return page, status


def _raised(form: Form) -> int:
    raised = whole(form.get("raised_k", "") or "0", most=MOST_RAISED)
    if raised is None:
        raise Wrong(_("k can be raised to a whole number up to 50, never lowered."))
    return raised


def _expected(form: Form) -> int | None:
    """How many people are expected; None where nothing is said of it."""
    text = form.get("expected", "").strip()
    people = whole(text, least=1, most=MOST_PEOPLE)
    if text and people is None:
        raise Wrong(_("How many people you expect is a whole number, such as 12. You can also leave it empty."))
    return people


def _setup(pack: Pack, form: Form, expected: int | None) -> Setup:
    """A question that has no answer counts as a no."""
    asked = [question.id for question in pack.facilitator_pack.setup_questions]
    return setup.of(pack.facilitator_pack, {id for id in asked if form.get(setup.field(id)) == "yes"}, expected)
