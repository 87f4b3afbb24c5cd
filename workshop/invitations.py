"""One-time links that make accounts: the server's first, and those that facilitators send to each other."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from workshop import accounts
from workshop.database import db
from workshop.models import Facilitator, Invitation

DAYS = 14
"""How long an invitation opens. The first link has no date: it dies at the next start of the server."""


class NoSuchInvitation(Exception):
    """Unknown, used, withdrawn or too old: nobody is told which."""


def first_link_token() -> str | None:
    """A fresh token for the first account, while there is none; those printed at earlier starts die."""

    def make(session: Session) -> str | None:
        session.execute(delete(Invitation).where(Invitation.first))
        return None if _any_account(session) else _make(session, first=True)

    return db.write(make)


def invite(inviter: int | None) -> str:
    """The token of a new invitation. It is shown once: only its hash is kept."""
    return db.write(lambda session: _make(session, inviter_id=inviter))


def opens(token: str) -> bool:
    """Whether `token` still makes an account."""
    with db.read() as session:
        return _find(session, token) is not None


def accept(token: str, email: str, name: str, password: str) -> int:
    """Use a link up and make its account, in one transaction; raises `NoSuchInvitation` or `accounts.Refused`."""
    if not opens(token):
        raise NoSuchInvitation  # before argon2 works for a stranger
    fields = accounts.prepare(email, name, password)

    def make(session: Session) -> int:
        invitation = _find(session, token)
        if invitation is None:
            raise NoSuchInvitation
        session.delete(invitation)
        return accounts.insert(session, fields)

    return db.write(make)


def waiting(inviter: int) -> Sequence[Invitation]:
    """What this facilitator has sent out and nobody has used."""
    with db.read() as session:
        mine = select(Invitation).where(Invitation.inviter_id == inviter, _in_time())
        return session.scalars(mine.order_by(Invitation.id)).all()


def withdraw(inviter: int, invitation_id: int) -> None:
    """Raises `NoSuchInvitation`, for somebody else's as for none."""
    mine = delete(Invitation).where(Invitation.id == invitation_id, Invitation.inviter_id == inviter)
    if db.write(lambda session: session.execute(mine.returning(Invitation.id)).scalar()) is None:
        raise NoSuchInvitation


def _make(session: Session, *, first: bool = False, inviter_id: int | None = None) -> str:
    token = secrets.token_urlsafe(32)
    session.add(Invitation(token_hash=_hash(token), first=first, inviter_id=inviter_id, made_on=_today()))
    return token


def _find(session: Session, token: str) -> Invitation | None:
    found = session.scalar(select(Invitation).where(Invitation.token_hash == _hash(token), _in_time()))
    # A first link that outlived the first account (made by command meanwhile) must not make a second.
    return None if found is None or (found.first and _any_account(session)) else found


def _in_time() -> ColumnElement[bool]:
    return or_(Invitation.first, Invitation.made_on > _today() - timedelta(days=DAYS))


def _any_account(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Facilitator.id.is_not(None)))))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _today() -> date:
    return datetime.now(UTC).date()
