"""People who help without an account: one-time links, whoever took one, and to whom quiet words go."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sessions import broadcast, realtime
from sessions.change import change
from sessions.helper_secrets import hashed, make
from sessions.models import LiveHelper, LiveSession
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop.words import gettext as _

MOST = 9
"""Helpers of a session, links that nobody has used yet among them."""

CONSOLES = tuple(broadcast.CONSOLES)


class NoSuchLink(Exception):
    """Unknown, used, taken back or of a session that is over: nobody is told which."""


def invite(live: Snapshot) -> str:
    """The secret of a new link. It is told once: only its hash is kept. Raises `Wrong` when there are enough."""
    secret = make()

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        free = set(range(1, MOST + 1)) - {helper.number for helper in old.helpers}
        if not free:
            raise Wrong(_("There are nine helpers and links already. Take one back first."))
        session.add(LiveHelper(live_id=row.id, number=min(free), secret_hash=hashed(secret)))

    change(live, work, CONSOLES)
    return secret


def accept(live: Snapshot, secret: str) -> str:
    """Use a link up; the secret that its taker is known by from now on. Raises `NoSuchLink`."""
    own = make()

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        link = LiveHelper.secret_hash == hashed(secret), LiveHelper.taken.is_(False), LiveHelper.live_id == row.id
        helper = session.scalar(select(LiveHelper).where(*link))
        if helper is None:  # somebody else was faster
            raise NoSuchLink
        helper.secret_hash, helper.taken = hashed(own), True

    change(live, work, CONSOLES)
    return own


def dismiss(live: Snapshot, number: int) -> None:
    """A helper's right ends now, sockets included, or a link that nobody has used; the lead gets the quiet words."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        found = delete(LiveHelper).where(LiveHelper.live_id == row.id, LiveHelper.number == number)
        if session.execute(found.returning(LiveHelper.id)).scalar() is None:
            raise Wrong(_("This helper is not here any more."))
        if old.quiet_to == number:
            _send_quiet_words(row, 0)

    change(live, work, CONSOLES)
    realtime.close_helper(live.id, number)


def hear(live: Snapshot, number: int) -> None:
    """Quiet words go to this helper alone from here on, those that wait included; 0: to the lead."""

    def work(session: Session, row: LiveSession, old: Snapshot) -> None:
        if number and number not in {helper.number for helper in old.helpers if helper.taken}:
            raise Wrong(_("This helper is not here any more."))
        _send_quiet_words(row, number)

    change(live, work, CONSOLES)


def _send_quiet_words(row: LiveSession, number: int) -> None:
    kept = {name: value for name, value in row.rules.items() if name != "quiet_to"}
    row.rules = {**kept, "quiet_to": number} if number else kept
