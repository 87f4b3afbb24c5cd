"""What is prepared: facilitators, their invitations, their help pages and their workshops."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from workshop.database import Base


class Facilitator(Base):
    """A person with an account. `epoch` rises with each sign-out everywhere: older cookies and sockets are dead."""

    __tablename__ = "facilitators"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=1)
    role: Mapped[str] = mapped_column(default="facilitator")
    disabled: Mapped[bool] = mapped_column(default=False)


class Invitation(Base):
    """A one-time link to an account; only its hash is kept. `first`: it makes the first account of this server."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    first: Mapped[bool] = mapped_column(default=False)
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("facilitators.id", ondelete="CASCADE"))
    made_on: Mapped[date]


class HelpPage(Base):
    """Whom a facilitator's participants can turn to, as `HelpEntry`, and when each entry was last tried."""

    __tablename__ = "help_pages"

    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id", ondelete="CASCADE"), primary_key=True)
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    confirmed_on: Mapped[date | None]


class Workshop(Base):
    """A pack that a facilitator owns."""

    __tablename__ = "workshops"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    slug: Mapped[str]
    version: Mapped[str]
    pack: Mapped[str]
