"""Door: my workshops. Look at one before it runs, import one from a file, copy, download, delete."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from workshop import access, aside, checker, outline, shelf
from workshop.manuscript import written
from workshop.pack import Pack, built_in

doors = Blueprint("library", __name__)


@doors.get("/workshops")
def all_of_mine() -> str:
    mine = [(workshop, shelf.opened(workshop)) for workshop in shelf.of(access.facilitator().id)]
    there = {workshop.slug for workshop, _ in mine}
    offered = [(name, pack) for name, pack in built_in() if pack.workshop.id not in there]
    return render_template("library/list.html", mine=mine, offered=offered)


@doors.get("/workshops/<int:workshop_id>")
def look(workshop_id: int) -> str:
    workshop = access.workshop(workshop_id)
    pack = shelf.opened(workshop)
    plans = pack.workshop.variants.plans
    name = request.args.get("variant", pack.workshop.variants.default)
    seen = outline.of(pack, name if name in plans else pack.workshop.variants.default)
    return render_template(
        "library/look.html",
        workshop=workshop,
        pack=pack,
        plans=plans,
        outline=seen,
    )


@doors.get("/workshops/<int:workshop_id>.yaml")
def download(workshop_id: int) -> Response:
    workshop = access.workshop(workshop_id)
    answer = Response(aside.run(written, shelf.opened(workshop)), content_type="application/yaml; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{workshop.slug}.yaml")
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


@doors.post("/workshops/import")
def import_file() -> ResponseReturnValue:
    """All or nothing: a file with an error is listed with everything else that could be better."""
    file = request.files.get("file")
    raw = file.read() if file else b""
    problems = aside.run(checker.report, raw)
    if any(problem.level == "error" for problem in problems):
        return render_template("library/problems.html", problems=problems, name=file and file.filename), 422
    return redirect(f"/workshops/{shelf.put(access.facilitator().id, aside.run(Pack.load, raw))}", 303)


@doors.post("/workshops/built-in/<name>")
def take_built_in(name: str) -> ResponseReturnValue:
    pack = dict(built_in()).get(name) or abort(404)
    return redirect(f"/workshops/{shelf.put(access.facilitator().id, pack)}", 303)


@doors.post("/workshops/<int:workshop_id>/copy")
def copy(workshop_id: int) -> ResponseReturnValue:
    return redirect(f"/workshops/{shelf.copy(access.workshop(workshop_id))}", 303)


@doors.post("/workshops/<int:workshop_id>/delete")
def delete(workshop_id: int) -> ResponseReturnValue:
    shelf.remove(access.workshop(workshop_id))
    return redirect("/workshops", 303)
