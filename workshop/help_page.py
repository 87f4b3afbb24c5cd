"""Door: a facilitator's own help page. Choose a region, change entries, and confirm that each of them works."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from workshop import helping, shelf
from workshop.access import facilitator
from workshop.pack import Pack

doors = Blueprint("help_page", __name__)

FIELDS = ("region", "name", "contact", "for")


@doors.get("/help-page")
def show() -> str:
    return _page(_rows_of(helping.of(facilitator().id)))


@doors.post("/help-page/begin")
def begin() -> ResponseReturnValue:
    """Take over the entries of packs for the regions that were ticked."""
    helping.begin(facilitator().id, _packs(), request.form.getlist("region"))
    return redirect("/help-page", 303)


@doors.post("/help-page")
def keep() -> ResponseReturnValue:
    """All entries as they stand on the page; one that has lost its name and contact is gone."""
    columns = [request.form.getlist(name) for name in FIELDS]
    rows = [row for row in zip(*columns, strict=False) if row[1].strip() or row[2].strip()]
    try:
        helping.keep(facilitator().id, rows)
    except helping.Refused as refused:
        return _page(rows, refused.number), 422
    return redirect("/help-page?kept=1", 303)


@doors.post("/help-page/confirm")
def confirm() -> ResponseReturnValue:
    helping.confirm(facilitator().id, date.today())
    return redirect("/help-page?confirmed=1", 303)


def _page(rows: list[tuple[str, ...]], wrong: int = 0) -> str:
    own, packs = helping.of(facilitator().id), _packs()
    valid = helping.days(packs)
    return render_template(
        "help_page/page.html",
        rows=rows,
        wrong=wrong,
        own=own,
        days=valid,
        left=own.days_left(valid, date.today()),
        regions=helping.regions(packs),
        asks=list(dict.fromkeys(pack.help_sheet.confirm.region.asks for pack in packs)),
        told="confirmed" if "confirmed" in request.args else "kept" if "kept" in request.args else "",
    )


def _rows_of(own: helping.OwnPage) -> list[tuple[str, ...]]:
    return [(entry.region, entry.name, entry.contact, entry.use) for entry in own.entries]


def _packs() -> list[Pack]:
    return [shelf.opened(workshop) for workshop in shelf.of(facilitator().id)]
