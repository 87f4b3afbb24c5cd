"""What happens live. No table has a participant; no column beside an answer holds a time, an address or an order."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.database import Base


class LiveSession(Base):
    """One run of a workshop with a group. The pack is copied at start: editing a workshop never changes a session.

    `version` rises in the transaction that changes what an audience sees. `position`: index into the plan, -1 in the
    lobby. `care`: paused because somebody needs a moment. `rekeyed`: how often its key was lost and made anew.
    """

    __tablename__ = "live_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id", ondelete="SET NULL"))
    title: Mapped[str]
    pack: Mapped[str] = mapped_column(deferred=True)  # a hundred kilobytes that are read once
    variant: Mapped[str]
    handle: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    join_secret: Mapped[str | None] = mapped_column(unique=True)
    screen_token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="lobby")
    version: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=-1)
    care: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    practice: Mapped[bool] = mapped_column(default=False)
    rekeyed: Mapped[int] = mapped_column(default=0)
    opened_on: Mapped[date]
    ended_on: Mapped[date | None]
    headcount: Mapped[int | None]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class LiveRole(Base):
    """Who conducts a live session: `lead` moves it, `support` moderates, cares and pauses."""

    __tablename__ = "live_roles"
    __table_args__ = (UniqueConstraint("live_id", "facilitator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    live_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitators.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]


class LiveHelper(Base):
    """Somebody who helps without an account, or a one-time link for it that nobody has used; gone with the end.

    `number`: from 1, what a helper is called. `secret_hash`: of the link; once it is `taken`, of a cookie's secret.
    """

    __tablename__ = "live_helpers"
    __table_args__ = (UniqueConstraint("live_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    live_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    number: Mapped[int]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    taken: Mapped[bool] = mapped_column(default=False)


class LiveStep(Base):
    """A step asked once: the row that answers hang on while its question is open."""

    __tablename__ = "live_steps"
    __table_args__ = (UniqueConstraint("live_id", "step_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    live_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"), index=True)
    step_id: Mapped[str]
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default="shown")
    phase: Mapped[int] = mapped_column(default=0)
    path: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class OpenAnswer(Base):
    """An answer while its question is open: a pseudonym of this question alone, and a payload under its key.

    A trigger refuses rows of questions that are not open.
    """

    __tablename__ = "open_answers"
    __table_args__ = ({"sqlite_with_rowid": False},)

    step: Mapped[int] = mapped_column(ForeignKey("live_steps.id"), primary_key=True)
    phase: Mapped[int] = mapped_column(primary_key=True)
    p: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    rev: Mapped[int]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class HeldText(Base):
    """A text between close and release, encrypted; its random id says nothing of when or from whom it came."""

    __tablename__ = "held_texts"

    id: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(ForeignKey("live_steps.id", ondelete="CASCADE"), index=True)
    phase: Mapped[int]
    people: Mapped[int]
    status: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ReleaseRow(Base):
    """What may be shown of one question: stored once, final; a trigger refuses every update.

    `phase`: what was counted by hand stands beside its question, at the phase turned round, `~phase`: below zero.
    """

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("step", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(ForeignKey("live_steps.id", ondelete="CASCADE"), index=True)
    phase: Mapped[int]
    audience: Mapped[str]
    published: Mapped[str]
