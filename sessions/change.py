"""One change to a live session: a transaction that raises the version, told to the room once it is committed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from sessions import broadcast, checkpoints, lookup
from sessions.models import LiveSession
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from sessions.timers import timers
from workshop.database import db
from workshop.words import gettext as _

Work = Callable[[Session, LiveSession, Snapshot], None]
"""What happens inside: the transaction, the session's row, and the session as it stands there."""


def change(
    live: Snapshot,
    work: Work,
    pages: Sequence[str] = broadcast.PAGES,
    *,
    begins: Sequence[str] = (),
    even_ended: bool = False,
) -> None:
    """Do `work` and tell these pages of the session; what `work` raises leaves everything as it was.

    `begins`: stopwatches that start with it. Raises `Wrong` when the session has ended: what the room saw is final.
    """

    def transaction(session: Session) -> None:
        row = session.get_one(LiveSession, live.id)
        if row.state == "ended" and not even_ended:
            raise Wrong(_("This session is over."))
        work(session, row, lookup.within(session, row))
        row.version += 1

    db.write(transaction)
    checkpoints.reached("changed")
    lookup.forget(live.id)
    for name in begins:
        timers.start(live.id, name)
    broadcast.changed(live.id, pages)


def must_run(live: Snapshot) -> None:
    """Raises `Wrong` unless the room is going on."""
    if live.state == "paused":
        raise Wrong(_("The room is paused. Go on first."))
    if live.state == "ended":
        raise Wrong(_("This session is over."))


def may_leave(live: Snapshot) -> None:
    """A role is stepped out of before the room goes anywhere else; no verb goes around it."""
    if live.holds:
        raise Wrong(live.holds)
