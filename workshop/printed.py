"""Door: a workshop on paper; its run sheet by the clock, role cards and ballots to cut, and the facilitator's guide."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from workshop import access, outline, shelf
from workshop.typed import time_of_day

doors = Blueprint("printed", __name__)


@doors.get("/workshops/<int:workshop_id>/print/<plan>")
def run_sheet(workshop_id: int, plan: str) -> str:
    """Every step of a plan with what is said and done, and the whole of its stories. `at`: when the doors open."""
    workshop = access.workshop(workshop_id)
    pack = shelf.opened(workshop)
    if plan not in pack.workshop.variants.plans:
        abort(404)
    at = time_of_day(request.args.get("at", ""))
    seen = outline.of(pack, plan)
    return render_template("paper/sheet.html", workshop=workshop, pack=pack, outline=seen, at=at)


@doors.get("/workshops/<int:workshop_id>/cards")
def cards(workshop_id: int) -> str:
    """What a plan (`variant`) needs to be cut out: a card for each role, and ballots for steps that can be on paper."""
    workshop = access.workshop(workshop_id)
    pack = shelf.opened(workshop)
    name, plans = request.args.get("variant", ""), pack.workshop.variants.plans
    seen = outline.of(pack, name if name in plans else pack.workshop.variants.default)
    return render_template("paper/cards.html", workshop=workshop, pack=pack, outline=seen)


@doors.get("/workshops/<int:workshop_id>/guide")
def guide(workshop_id: int) -> str:
    """What a facilitator reads before the day, keeps at hand, and needs afterwards."""
    workshop = access.workshop(workshop_id)
    pack = shelf.opened(workshop)
    return render_template("paper/guide.html", workshop=workshop, pack=pack, names=outline.names(pack))
