"""Doors: first account, invitation, sign in, sign out."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from workshop import accounts, identity, invitations
from workshop.access import facilitator, public
from workshop.attempts import Attempts
from workshop.passwords import Busy
from workshop.words import N_

HOME = "/workshops"

doors = Blueprint("signin", __name__)


def register(app: Flask) -> None:
    app.extensions["attempts"] = Attempts()
    app.register_error_handler(Busy, _later)
    app.register_blueprint(doors)


# ---------- sign in, sign out ----------


@doors.get("/signin")
@public
def signin() -> ResponseReturnValue:
    then = own_path(request.args.get("next", ""))
    return redirect(then, 303) if identity.current() else _sign_in_page(None, 200, then)


@doors.post("/signin")
@public
def sign_in() -> ResponseReturnValue:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    then = own_path(request.form.get("next", ""))
    attempts: Attempts = current_app.extensions["attempts"]
    if wait := attempts.take(accounts.plain(email)):
        page, status = _sign_in_page(N_("Too many tries for this account. Wait a minute, then try again."), 429, then)
        return page, status, {"Retry-After": str(wait)}
    try:
        who = accounts.check(email, password)
    except accounts.Refused as refused:
        return _sign_in_page(refused.message, 400, then)
    if who is None:
        return _sign_in_page(N_("This address and password do not go together."), 422, then)
    attempts.forgive(accounts.plain(email))
    identity.enter(who.id)
    return redirect(then, 303)


@doors.post("/signout")
def sign_out() -> ResponseReturnValue:
    accounts.sign_out(facilitator().id)
    identity.leave()
    return redirect("/signin", 303)


# ---------- first account, invitation ----------


@doors.get("/setup/<token>")
@public
def setup(token: str) -> ResponseReturnValue:
    if not invitations.opens(token):
        abort(404)
    return render_template("account/setup.html", typed={}, refused=None)


@doors.post("/setup/<token>")
@public
def set_up(token: str) -> ResponseReturnValue:
    typed = {field: request.form.get(field, "") for field in ("email", "name")}
    try:
        made = invitations.accept(token, **typed, password=request.form.get("password", ""))
    except invitations.NoSuchInvitation:
        abort(404)
    except accounts.Refused as refused:
        return render_template("account/setup.html", typed=typed, refused=refused), 422
    identity.enter(made)
    return redirect(HOME, 303)


# ---------- helpers ----------


def _sign_in_page(refusal: str | None, status: int, then: str) -> tuple[str, int]:
    """The typed address is not drawn again: an unknown one and a known one get the same bytes."""
    return render_template("account/signin.html", refusal=refusal, next=then, nobody=not accounts.any_yet()), status


def _later(_: Busy) -> ResponseReturnValue:
    sentence = N_("Many people are signing in just now. Try again in a few seconds.")
    return current_app.handle_http_exception(ServiceUnavailable(sentence, retry_after=10))


def own_path(wanted: str) -> str:
    """`wanted` if it is a path of this server. Browsers read a backslash as a slash and drop tabs and newlines."""
    odd = "\\" in wanted or " " in wanted or not wanted.isprintable()
    return wanted if wanted.startswith("/") and not wanted.startswith("//") and not odd else HOME
