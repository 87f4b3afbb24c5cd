"""Door: my account. Change the password, sign out everywhere, invite another facilitator."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from workshop import accounts, identity, invitations
from workshop.access import LARGEST, facilitator
from workshop.config import Settings

doors = Blueprint("account", __name__)


@doors.get("/account")
def show() -> ResponseReturnValue:
    return _page()


@doors.post("/account/password")
def change_password() -> ResponseReturnValue:
    who = facilitator()
    try:
        accounts.change_password(who, request.form.get("old", ""), request.form.get("new", ""))
    except accounts.Refused as refused:
        return _page(refused=refused), 422
    identity.enter(who.id)  # every other browser is signed out now
    return redirect("/account?changed=1", 303)


@doors.post("/account/invitations")
def invite() -> ResponseReturnValue:
    """The link is in this answer and nowhere else."""
    settings: Settings = current_app.extensions["attune"]
    base = settings.public_url or request.host_url.rstrip("/")
    return _page(link=f"{base}/setup/{invitations.invite(facilitator().id)}")


@doors.post("/account/invitations/<int:invitation_id>/withdraw")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    if invitation_id > LARGEST:
        abort(404)
    try:
        invitations.withdraw(facilitator().id, invitation_id)
    except invitations.NoSuchInvitation:
        abort(404)
    return redirect("/account", 303)


def _page(link: str | None = None, refused: accounts.Refused | None = None) -> str:
    return render_template(
        "account/account.html",
        link=link,
        refused=refused,
        changed="changed" in request.args,
        waiting=invitations.waiting(facilitator().id),
        days=invitations.DAYS,
    )
