"""The door for a helper without an account: a one-time link, made on the lead's console and taken by one button."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sessions import access, broadcast, cookies, helpers, invitation
from sessions.helper_secrets import SHAPE
from sessions.helpers import NoSuchLink
from sessions.limits import limits
from sessions.states import Wrong
from workshop.access import public, shared
from workshop.words import gettext as _

doors = Blueprint("helper_link", __name__)


@doors.get("/h/<secret>")
@public
def link(secret: str) -> ResponseReturnValue:
    """The same page for anything of 22 characters: a link preview must neither use it up nor learn anything."""
    return render_template("helper/link.html") if SHAPE.fullmatch(secret) else _unknown()


@doors.post("/h/<secret>")
@public
def take(secret: str) -> ResponseReturnValue:
    """One browser becomes a helper. Whoever is at that console anyway goes there, and the link stays."""
    ticket = limits.link(request.remote_addr or "")
    if ticket is None:
        said = _("Too many links were tried from here. Wait a minute, then try again.")
        return render_template("helper/link.html", error=said), 429, {"Retry-After": "60"}
    live = access.offered(secret)
    if live is None:
        return _unknown()
    ticket.give_back()
    answer = make_response(redirect(f"/console/{live.id}", 303))
    if access.conducts(live.id):
        return answer
    before = access.helping()
    try:
        own = helpers.accept(live, secret)
    except NoSuchLink:
        return _unknown()
    if before:
        helpers.dismiss(*before)
    answer.headers.extend([cookies.HELPER.line(own, request.is_secure)])
    return answer


@doors.get("/h")
@public
def home() -> ResponseReturnValue:
    """Where a helper's console goes when its right has ended; while it has not, back to it."""
    found = access.helping()
    return redirect(f"/console/{found[0].id}", 303) if found else render_template("helper/over.html")


@doors.get("/console/<int:live_id>/helper")
@shared
def about(live_id: int) -> ResponseReturnValue:
    """For the lead: what a helper may do, and a button that makes a link. For a helper: the same, and how to stop."""
    return _page(access.conductor(live_id))


@doors.post("/console/<int:live_id>/helper")
@shared
def invite(live_id: int) -> ResponseReturnValue:
    """A new link. It is shown on this page alone: only its hash is kept."""
    who = access.conductor(live_id, lead=True)
    try:
        secret = helpers.invite(who.live)
    except Wrong as wrong:
        return _page(who, message=str(wrong)), 409
    url, qr = invitation.for_helper(secret)
    return _page(who.anew(), url=url, qr=qr)


def _page(who: access.Conductor, **more: object) -> str:
    """In the middle of a session: without the way to other pages."""
    values = {"me": None, "live": who.live, "role": who.role, "helper": who.helper, "message": "", "url": "", "qr": ""}
    return broadcast.page(who.live, "helper/page.html", **{**values, **more})


def _unknown() -> ResponseReturnValue:
    return render_template("helper/unknown.html"), 404
