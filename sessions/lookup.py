"""Find live sessions by what they are known by. A snapshot is kept until its session changes, and then made anew."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from sessions.models import LiveSession, LiveStep, ReleaseRow
from sessions.snapshot import Snapshot, StepState
from workshop.database import db
from workshop.kinds.kind import Release
from workshop.leaflets import opened
from workshop.pack import Pack, Step

Asked = tuple[int, int]
"""A row of `live_steps`, and a phase."""

STEPS = (
    select(LiveStep.id, LiveStep.step_id, LiveStep.round, LiveStep.state, LiveStep.phase, LiveStep.path)
    .where(LiveStep.live_id == bindparam("live"))
    .order_by(LiveStep.step_id, LiveStep.round)
)
RELEASES = (
    select(ReleaseRow.step, ReleaseRow.phase, ReleaseRow.published)
    .join(LiveStep, ReleaseRow.step == LiveStep.id)
    .where(LiveStep.live_id == bindparam("live"))
    .order_by(ReleaseRow.step, ReleaseRow.phase)
)

_kept: dict[int, Snapshot] = {}
_handles: dict[bytes, int] = {}
_packs: dict[int, tuple[str, dict[str, str], Pack, tuple[Step, ...]]] = {}
"""Of a session: its plan, and which steps were shown under another one; and what follows from it."""
_releases: dict[int, dict[Asked, tuple[str, Release]]] = {}
"""As stored, and parsed: what is stored is compared, since the numbers of rows may come again."""


def forget(live_id: int | None = None) -> None:
    """Make the next `of` read the database again; after every commit that changes a session. None: all."""
    if live_id is None:
        for kept in (_kept, _handles, _packs, _releases):
            kept.clear()
    else:
        _kept.pop(live_id, None)


def of(live_id: int) -> Snapshot | None:
    """The session with this id, or None."""
    kept = _kept.get(live_id)
    return kept or _load(LiveSession.id == live_id)


def by_handle(handle: bytes) -> Snapshot | None:
    live_id = _handles.get(handle)
    return of(live_id) if live_id is not None else _load(LiveSession.handle == handle)


def by_join_secret(secret: str) -> Snapshot | None:
    return _load(LiveSession.join_secret == secret)


def by_code(code: str) -> Snapshot | None:
    return _load(LiveSession.code == code)


def by_screen_token(token: str) -> Snapshot | None:
    return _load(LiveSession.screen_token == token)


def _load(where: ColumnElement[bool]) -> Snapshot | None:
    with db.read() as reader:
        row = reader.scalar(select(LiveSession).where(where))
        if row is None:
            return None
        live = _kept.get(row.id)
        if live is None or live.version != row.version:
            live = _read(reader, row)
            _kept[live.id], _handles[live.handle] = live, live.id
        return live


def within(session: Session, row: LiveSession) -> Snapshot:
    """The session as it stands in the caller's transaction."""
    kept = _kept.get(row.id)
    return kept if kept and kept.version == row.version else _read(session, row)


def _read(session: Session, row: LiveSession) -> Snapshot:
    pack, plan = _pack(row)
    return Snapshot(
        id=row.id,
        workshop_id=row.workshop_id,
        title=row.title,
        handle=row.handle,
        pack=pack,
        plan=plan,
        variant=row.variant,
        state=row.state,  # type: ignore[arg-type]
        version=row.version,
        position=row.position,
        care=row.care,
        locked=row.locked,
        practice=row.practice,
        code=row.code,
        join_secret=row.join_secret,
        screen_token=row.screen_token,
        raised_k=int(row.rules.get("raised_k", 0)),
        headcount=row.headcount,
        rekeyed=row.rekeyed > 0,
        note=str(row.rules.get("note", "")),
        calm=bool(row.rules.get("calm")),
        off=_off(plan, row.rules),
        skipped=row.rules.get("skipped", {}),
        help=opened(pack.help_sheet, row.rules.get("help", {})),
        rounds=_rounds(session, row.id),
    )


def _pack(row: LiveSession) -> tuple[Pack, tuple[Step, ...]]:
    """The pack and the steps of a session, read again where its plan has changed."""
    asked: dict[str, str] = row.rules.get("asked", {})
    kept = _packs.get(row.id)
    if kept is None or kept[:2] != (row.variant, asked):
        pack = _parsed(row.pack)
        kept = _packs[row.id] = (row.variant, asked, pack, pack.route(row.variant, asked))
    return kept[2:]


def _off(plan: tuple[Step, ...], rules: Mapping[str, Any]) -> frozenset[str]:
    """What is left out: what the pack has off at first, and what a person dropped; not what a person brought in."""
    first = {step.id for step in plan if step.default_off}
    return frozenset((first | set(rules.get("off", ()))) - set(rules.get("on", ())))


@lru_cache(maxsize=16)
def _parsed(text: str) -> Pack:
    """All sessions of an unchanged workshop share one: a facilitator may have had hundreds."""
    return Pack.model_validate_json(text)


def _rounds(session: Session, live_id: int) -> dict[str, tuple[StepState, ...]]:
    releases = _published(session, live_id)
    rounds: dict[str, tuple[StepState, ...]] = {}
    for row, step_id, number, state, phase, path in session.execute(STEPS, {"live": live_id}):
        shown = tuple(release for (step, _), release in releases.items() if step == row)
        rounds[step_id] = (*rounds.get(step_id, ()), StepState(row, step_id, number, state, phase, path, shown))
    return rounds


def _published(session: Session, live_id: int) -> dict[Asked, Release]:
    """The releases of a session in order. None ever changes, so each is parsed once."""
    parsed = _releases.setdefault(live_id, {})
    rows = session.execute(RELEASES, {"live": live_id}).all()
    for step, phase, published in rows:
        if (step, phase) not in parsed or parsed[step, phase][0] != published:
            parsed[step, phase] = published, Release.model_validate_json(published)
    return {(step, phase): parsed[step, phase][1] for step, phase, _ in rows}
