"""Who a request is signed in as, and for how long. The only file that knows Flask-Login."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, redirect, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user

from workshop import accounts
from workshop.access import is_public, is_shared
from workshop.models import Facilitator

LONGEST, IN_A_SESSION, IDLE = 12 * 3600, 24 * 3600, 2 * 3600
"""Seconds that a sign-in lasts: at most, at most while a live session of that account runs, and without being used."""
WHO = re.compile(r"(?P<id>[0-9]{1,15}):(?P<epoch>[0-9]{1,15})")
STEP = 60
"""Seconds after which a cookie notes anew that it was used."""


def _never(_: int) -> bool:
    return False


busy: Callable[[int], bool] = _never
"""Set by `sessions`: whether a facilitator has a live session now. Nobody is signed out in front of a room."""


def _nobody() -> bool:
    return False


helps: Callable[[], bool] = _nobody
"""Set by `sessions`: whether a browser says that it helps at a session. A gate finds out whether it does."""


class SignedIn(UserMixin):  # type: ignore[misc]
    """A facilitator as Flask-Login wants one: an older epoch in a cookie belongs to nobody."""

    def __init__(self, who: Facilitator) -> None:
        self.who = who

    def get_id(self) -> str:
        return f"{self.who.id}:{self.who.epoch}"


class Manager(LoginManager):  # type: ignore[misc]
    """Flask-Login without its remember cookie: it raises on a value that is not ASCII, and opens every session."""

    def _load_user_from_remember_cookie(self, value: str) -> None:
        return None

    def _update_remember_cookie(self, answer: Response) -> Response:
        return answer


def register(app: Flask) -> None:
    """Refuse everything that is not marked public to whoever is not signed in."""
    manager = Manager(app, add_context_processor=False)
    manager.session_protection = None  # it would tie the cookie to an address, and laptops change networks
    manager.user_loader(_load)
    app.before_request(_only_facilitators)
    app.context_processor(lambda: {"me": g.get("facilitator")})


def current() -> Facilitator | None:
    """Whoever this request or socket handshake is signed in as. `access.facilitator` is for doors that need one."""
    return current_user.who if isinstance(current_user._get_current_object(), SignedIn) else None


def enter(facilitator_id: int) -> None:
    """Sign this browser in. Whatever its cookie held before is gone, so nobody can plant one."""
    who = accounts.get(facilitator_id)
    cookie.clear()
    login_user(SignedIn(who))
    cookie.pop("_id", None)  # a hash of address and browser
    cookie["since"] = cookie["seen"] = int(time.time())


def leave() -> None:
    """Sign this browser out."""
    cookie.clear()


def _only_facilitators() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or is_public(view):
        return None
    g.facilitator = current()
    if g.facilitator is None:
        return None if is_shared(view) and helps() else _send_to_sign_in()
    if abs(time.time() - cookie["seen"]) >= STEP:
        cookie["seen"] = int(time.time())
    return None


def _send_to_sign_in() -> ResponseReturnValue:
    if "text/html-fragment" in request.headers.get("Accept", "") or request.path.endswith(".json"):
        abort(401)  # a script would take the sign-in page for what it asked
    if request.method != "GET":
        return redirect("/signin", 303)
    wanted = request.full_path if request.query_string else request.path
    return redirect(f"/signin?next={quote(wanted)}", 303)


def _load(value: str) -> SignedIn | None:
    found = WHO.fullmatch(value)
    who = accounts.find(int(found["id"]), int(found["epoch"])) if found else None
    return SignedIn(who) if who and _fresh(who.id) else None


def _fresh(facilitator_id: int) -> bool:
    """A clock that was set back must not sign anybody out, so a negative age is none."""
    now = time.time()
    age, idle = now - cookie.get("since", 0), now - cookie.get("seen", 0)
    if age < LONGEST and idle < IDLE:
        return True
    return age < IN_A_SESSION and busy(facilitator_id)
