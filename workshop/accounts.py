"""Accounts of facilitators: make one, check a password, sign out everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from blinker import Signal
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workshop import shelf
from workshop.database import db
from workshop.models import Facilitator
from workshop.passwords import LONGEST, SHORTEST, passwords
from workshop.words import N_

signed_out = Signal("every sign-in of a facilitator has ended; the sender is the facilitator's id")
"""Sent after the commit. Whoever holds a socket of that account closes it."""


class Refused(Exception):
    """Something typed that cannot be taken: the field it is about, and the sentence for the person."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class NoSuchFacilitator(Exception):
    """No account has this address."""


def add(email: str, name: str, password: str) -> int:
    """Make an account, with the built-in workshop in its library; raises `Refused`."""
    fields = prepare(email, name, password)
    return db.write(lambda session: insert(session, fields))


def check(email: str, password: str) -> Facilitator | None:
    """The facilitator whose password this is. An unknown address takes the same time as a wrong password."""
    refuse_endless(password, "password")
    found = _by_email(email)
    stored = found.password if found and not found.disabled else None
    if not passwords.check(stored, password) or found is None:
        return None
    if passwords.outdated(found.password):
        _change(found.id, password=passwords.hash(password))
    return found


def find(facilitator_id: int, epoch: int) -> Facilitator | None:
    """The facilitator, unless something has signed this epoch out."""
    with db.read() as session:
        found = session.get(Facilitator, facilitator_id)
    return found if found and found.epoch == epoch and not found.disabled else None


def get(facilitator_id: int) -> Facilitator:
    with db.read() as session:
        return session.get_one(Facilitator, facilitator_id)


def by_email(email: str) -> Facilitator:
    """Raises `NoSuchFacilitator`."""
    found = _by_email(email)
    if found is None:
        raise NoSuchFacilitator(email)
    return found


def any_yet() -> bool:
    """Whether this server has an account at all."""
    with db.read() as session:
        return session.scalar(select(Facilitator.id).limit(1)) is not None


def everyone() -> Sequence[Facilitator]:
    with db.read() as session:
        return session.scalars(select(Facilitator).order_by(Facilitator.email)).all()


def change_password(who: Facilitator, old: str, new: str) -> None:
    """Replace the password and sign out everywhere; raises `Refused`."""
    refuse_endless(old, "old")
    if not passwords.check(who.password, old):
        raise Refused("old", N_("That is not your present password."))
    set_password(who.id, new)


def set_password(facilitator_id: int, new: str) -> None:
    """For somebody who forgot theirs; signs out everywhere. Raises `Refused`."""
    _end_sign_ins(facilitator_id, password=passwords.hash(_fit(new, "new")))


def sign_out(facilitator_id: int) -> None:
    """End every sign-in of this account, sockets included."""
    _end_sign_ins(facilitator_id)


def disable(facilitator_id: int) -> None:
    """Nobody signs in to this account any more; what it owns stays."""
    _end_sign_ins(facilitator_id, disabled=True)


def enable(facilitator_id: int) -> None:
    """Undo `disable`; older cookies stay dead."""
    _change(facilitator_id, disabled=False)


# ---------- for whoever makes an account inside a transaction of its own ----------


def prepare(email: str, name: str, password: str) -> dict[str, str]:
    """The columns of a new account, its password hashed; raises `Refused`."""
    email, name = plain(email), " ".join(name.split())
    local, _, domain = email.rpartition("@")
    if not (local and domain and email.isprintable()) or " " in email or len(email) > 254:
        raise Refused("email", N_("This does not look like an e-mail address."))
    if len(name) > 80 or not name.isprintable():
        raise Refused("name", N_("A name has at most 80 characters."))
    return {"email": email, "name": name or local, "password": passwords.hash(_fit(password, "password"))}


def insert(session: Session, fields: dict[str, str]) -> int:
    """Add what `prepare` gave. The unique address decides races; raises `Refused`."""
    facilitator = Facilitator(**fields)
    try:
        with session.begin_nested():
            session.add(facilitator)
    except IntegrityError as error:
        raise Refused("email", N_("There is an account with this address already.")) from error
    shelf.welcome(session, facilitator.id)
    return facilitator.id


def plain(email: str) -> str:
    """One spelling for one address."""
    return email.strip().casefold()


def refuse_endless(password: str, field: str) -> None:
    """Raises `Refused` before argon2 is handed a password made to keep it busy."""
    if len(password.encode("utf-8", "surrogatepass")) > LONGEST:
        raise Refused(field, N_("A password has at most 1024 bytes."))


def _fit(password: str, field: str) -> str:
    refuse_endless(password, field)
    if len(password) < SHORTEST or not password.strip():
        raise Refused(field, N_("A password has at least 8 characters. A few words in a row work well."))
    return password


def _by_email(email: str) -> Facilitator | None:
    with db.read() as session:
        return session.scalar(select(Facilitator).where(Facilitator.email == plain(email)))


def _end_sign_ins(facilitator_id: int, **columns: object) -> None:
    _change(facilitator_id, epoch=Facilitator.epoch + 1, **columns)
    signed_out.send(facilitator_id)


def _change(facilitator_id: int, **columns: object) -> None:
    def change(session: Session) -> None:
        session.execute(update(Facilitator).where(Facilitator.id == facilitator_id).values(**columns))

    db.write(change)
