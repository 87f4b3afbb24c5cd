"""The workshops a facilitator owns: put one on the shelf, copy it, take it off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from workshop.database import db
from workshop.models import Workshop
from workshop.pack import Pack, built_in
from workshop.words import gettext as _

LONGEST_TITLE = 80


class Outdated(Exception):
    """A workshop was changed by somebody else meanwhile, with the sentence that says so."""


def welcome(session: Session, owner_id: int) -> None:
    """What stands on the shelf of a new account."""
    for _name, pack in built_in():
        session.add(_shelved(owner_id, pack))


def put(owner_id: int, pack: Pack) -> int:
    """The id of a new workshop made of `pack`."""

    def add(session: Session) -> int:
        workshop = _shelved(owner_id, pack)
        session.add(workshop)
        session.flush()
        return workshop.id

    return db.write(add)


def copy(workshop: Workshop) -> int:
    """Another one like it, with a title that says so."""
    pack = opened(workshop)
    title = _("{title} (copy)").format(title=pack.workshop.title)
    about = pack.workshop.model_copy(update={"title": title if len(title) <= LONGEST_TITLE else pack.workshop.title})
    return put(workshop.owner_id, pack.model_copy(update={"workshop": about}))


def keep(workshop: Workshop, pack: Pack) -> None:
    """`pack` in the place of what `workshop` holds; raises `Outdated` where something else stands there by now."""
    row = update(Workshop).where(Workshop.id == workshop.id, Workshop.pack == workshop.pack)
    values = {"title": pack.workshop.title, "version": pack.workshop.version, "pack": pack.model_dump_json()}

    def change(session: Session) -> None:
        if not cast(CursorResult[Any], session.execute(row.values(values))).rowcount:
            raise Outdated(_("This workshop was changed in another window meanwhile. Look again."))

    db.write(change)


def remove(workshop: Workshop) -> None:
    """Sessions that were opened from it keep a copy of their own."""

    def forget(session: Session) -> None:
        session.execute(delete(Workshop).where(Workshop.id == workshop.id))

    db.write(forget)


def of(owner_id: int) -> Sequence[Workshop]:
    with db.read() as session:
        mine = select(Workshop).where(Workshop.owner_id == owner_id)
        return session.scalars(mine.order_by(Workshop.title, Workshop.id)).all()


def opened(workshop: Workshop) -> Pack:
    """The pack inside. It was checked when it was put there."""
    return _read(workshop.pack)


@lru_cache(maxsize=32)
def _read(stored: str) -> Pack:
    return Pack.model_validate_json(stored)


def _shelved(owner_id: int, pack: Pack) -> Workshop:
    about = pack.workshop
    return Workshop(
        owner_id=owner_id, title=about.title, slug=about.id, version=about.version, pack=pack.model_dump_json()
    )
