"""What is left of a session after its end: its facts, and what the room saw, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sessions import lookup
from sessions.models import LiveSession
from sessions.publishing import Rules, k_for, rules_for
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
        rules=rules(seen),
    )


def rules(live: Snapshot) -> Rules:
    """The thresholds that this session ran under; a step of it may have asked for more: `shown_from`."""
    own, raised = rules_for(live.pack), live.raised_k
    return Rules(
        counts={name: k_for(name, "counts", raised=raised, rules=own) for name in own.counts},
        texts={name: k_for(name, "texts", raised=raised, rules=own) for name in own.texts},
    )


def shown_from(live: Snapshot, step: Step) -> dict[str, int]:
    """From how many people on counts, and texts, of one step were shown."""
    own, least = rules_for(live.pack, step), step.min_show
    return {
        "counts": k_for(step.sensitivity, "counts", min_show=least, raised=live.raised_k, rules=own),
        "texts": k_for(step.sensitivity, "texts", min_show=least, raised=live.raised_k, rules=own),
    }


def stricter(live: Snapshot) -> dict[str, int]:
    """The steps of which something was shown from more people on than of others like them, by id; people."""
    usual = rules(live)
    own = {step.id: max(shown_from(live, step).values()) for step in live.plan}
    return {
        step.id: own[step.id]
        for step in live.plan
        if own[step.id] > max(usual.counts[step.sensitivity], usual.texts[step.sensitivity])
    }


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
