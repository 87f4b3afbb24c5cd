"""Find live sessions by what they are known by. A snapshot is kept until its session changes, and then made anew."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from sessions.models import LiveHelper, LiveSession, LiveStep, ReleaseRow
from sessions.snapshot import Helper, Snapshot, StepState
from workshop import setup as setups
from workshop.database import db
from workshop.leaflets import opened
from workshop.pack import Pack, Step
from workshop.release import Release
from workshop.setup import Setup

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
HELPERS = (
    select(LiveHelper.number, LiveHelper.taken)
    .where(LiveHelper.live_id == bindparam("live"))
    .order_by(LiveHelper.number)
)

_kept: dict[int, Snapshot] = {}
_handles: dict[bytes, int] = {}
_packs: dict[int, tuple[tuple[object, ...], Pack, tuple[Step, ...], Setup]] = {}
"""Of a session: its plan, which steps were shown under another one, and its set-up; and what follows from them."""
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
    pack, plan, setup = _pack(row)
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
        brought=frozenset(row.rules.get("on", ())),
        setup=setup,
        off=_off(pack, plan, row, setup),
        edition=int(row.rules.get("edition", 0)),
        skipped=row.rules.get("skipped", {}),
        help=opened(pack.help_sheet, row.rules.get("help", {})),
        rounds=_rounds(session, row.id),
        helpers=tuple(Helper(number, taken) for number, taken in session.execute(HELPERS, {"live": row.id})),
        quiet_to=int(row.rules.get("quiet_to", 0)),
    )


def _pack(row: LiveSession) -> tuple[Pack, tuple[Step, ...], Setup]:
    """The pack, the steps and the set-up of a session, read again where its plan has changed."""
    asked: dict[str, str] = row.rules.get("asked", {})
    said: dict[str, Any] = row.rules.get("setup", {})
    wanted, kept = (row.variant, asked, said, row.rules.get("edition", 0)), _packs.get(row.id)
    if kept is None or kept[0] != wanted:
        pack = _parsed(row.pack)
        setup = setups.read(pack.facilitator_pack, said)
        kept = _packs[row.id] = (wanted, pack, pack.route(row.variant, asked, setup), setup)
    return kept[1:]


def _off(pack: Pack, plan: tuple[Step, ...], row: LiveSession, setup: Setup) -> frozenset[str]:
    """What is left out: by the pack or the set-up at first, or by a person; not what a person brought in."""
    out = setup.off | {*pack.workshop.variants[row.variant].left_out}
    first = {step.id for step in plan if step.default_off or step.id in out or pack.bare(step, setup.hidden)}
    return frozenset((first | set(row.rules.get("off", ()))) - set(row.rules.get("on", ())))


@lru_cache(maxsize=16)
def _parsed(text: str) -> Pack:
    """All sessions of an unchanged workshop share one: a facilitator may have had hundreds."""
    return Pack.model_validate_json(text)


def _rounds(session: Session, live_id: int) -> dict[str, tuple[StepState, ...]]:
    releases = _published(session, live_id)
    rounds: dict[str, tuple[StepState, ...]] = {}
    for row, step_id, number, state, phase, path in session.execute(STEPS, {"live": live_id}):
        kept = [release for (step, _), release in releases.items() if step == row]
        shown, paper = (tuple(one for one in kept if one.paper is by_hand) for by_hand in (False, True))
        rounds[step_id] = (*rounds.get(step_id, ()), StepState(row, step_id, number, state, phase, path, shown, paper))
    return rounds


def _published(session: Session, live_id: int) -> dict[Asked, Release]:
    """The releases of a session in order. None ever changes, so each is parsed once."""
    parsed = _releases.setdefault(live_id, {})
    rows = session.execute(RELEASES, {"live": live_id}).all()
    for step, phase, published in rows:
        if (step, phase) not in parsed or parsed[step, phase][0] != published:
            parsed[step, phase] = published, Release.model_validate_json(published)
    return {(step, phase): parsed[step, phase][1] for step, phase, _ in rows}
