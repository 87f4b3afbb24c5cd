"""The only way from a URL to a Workshop: yours, or 404. And which doors stand open to people without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from flask import abort, g

from workshop.database import db
from workshop.models import Facilitator, Workshop

P = ParamSpec("P")
R = TypeVar("R")

LARGEST = 2**63 - 1
"""The largest id a database can be asked for; a URL can hold any number."""


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open a door to everybody. Whatever is not marked needs a facilitator: a forgotten mark locks, never opens."""
    view.public = True  # type: ignore[attr-defined]
    return view


def is_public(view: object) -> bool:
    return getattr(view, "public", False) is True


def shared(view: Callable[P, R]) -> Callable[P, R]:
    """Open a door to helpers without an account too. Whom it really lets in, its gate says."""
    view.shared = True  # type: ignore[attr-defined]
    return view


def is_shared(view: object) -> bool:
    return getattr(view, "shared", False) is True


def facilitator() -> Facilitator:
    """Whoever is signed in."""
    who = g.get("facilitator")
    return cast(Facilitator, who) if who else abort(401)


def workshop(workshop_id: int) -> Workshop:
    """A workshop of the facilitator's own. Another's is answered like one that does not exist."""
    who = facilitator()
    if workshop_id > LARGEST:
        abort(404)
    with db.read() as session:
        found = session.get(Workshop, workshop_id)
    return found if found and found.owner_id == who.id else abort(404)


def still_theirs(workshop_id: int | None) -> Workshop | None:
    """A workshop of the facilitator's own, for whoever was at it before; None once it is gone from their shelf."""
    who = facilitator()
    with db.read() as session:
        found = session.get(Workshop, workshop_id) if workshop_id is not None else None
    return found if found and found.owner_id == who.id else None
