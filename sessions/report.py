"""What is left of a session after its end: its facts, and what the room saw, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sessions import lookup
from sessions.models import LiveSession
from sessions.publishing import DEFAULT, Rules, k_for
from sessions.retention import Retention, retention
from sessions.snapshot import Snapshot
from workshop.pack import Step
from workshop.release import Release, ShownTexts


@dataclass(frozen=True)
class Facts:
    """A session in a list or at the head of a report; dates, never times."""

    id: int
    title: str
    variant: str
    date: str
    headcount: int | None
    practice: bool
    kept_until: str
    days: Retention
    rules: Rules


def facts(live: LiveSession) -> Facts:
    """Of a session that is stored; raises `LookupError` when it is not any more."""
    seen = lookup.of(live.id)
    if seen is None:
        raise LookupError(live.id)
    last = (live.ended_on or live.opened_on) + timedelta(days=retention.releases)
    return Facts(
        id=live.id,
        title=live.title,
        variant=seen.pack.workshop.variants[live.variant].label,
        date=live.opened_on.isoformat(),
        headcount=live.headcount,
        practice=live.practice,
        kept_until=last.isoformat(),
        days=retention,
        rules=rules(int(live.rules.get("raised_k", 0))),
    )


def rules(raised: int) -> Rules:
    """The thresholds that this session ran under."""
    return Rules(
        counts={name: k_for(name, "counts", raised=raised) for name in DEFAULT.counts},
        texts={name: k_for(name, "texts", raised=raised) for name in DEFAULT.texts},
    )


def sections(live: Snapshot, *, own: bool = False) -> list[tuple[Step, tuple[Release, ...]]]:
    """Each step that was asked, in the order of the plan, with its releases by round and phase.

    `own`: with what people wrote for the facilitator alone, which is on one page and in nothing that is taken away.
    """
    found = []
    for step in live.plan:
        rounds = live.rounds.get(step.id, ())
        every = (release for state in rounds for release in state.every)
        releases = tuple(every) if own else tuple(release for one in every if (release := _shared(one)))
        if releases:
            found.append((step, releases))
    return found


def _shared(release: Release) -> Release | None:
    """A release without what is for the facilitator alone; None where that was all."""
    parts = tuple(part for part in release.parts if not (isinstance(part, ShownTexts) and part.facilitator_only))
    return release.model_copy(update={"parts": parts}) if parts or not release.parts else None
