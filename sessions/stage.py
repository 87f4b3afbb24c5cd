"""What the room should see now, on phones and screen: a template and its values, the same for all who look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sessions import invitation
from sessions.interim import interim
from sessions.snapshot import Snapshot
from sessions.timers import timers
from workshop import strings
from workshop.kinds.kind import Release

Values = Mapping[str, Any]

LAST_SECONDS = 5


def phone(live: Snapshot, lang: str) -> tuple[str, Values]:
    """The stage of every phone. It says nothing of any one of them."""
    return "phone/_stage.html", _values(live, "phone", lang)


def screen(live: Snapshot, lang: str) -> tuple[str, Values]:
    """The stage of the presenter screen: only what the room may see."""
    return "screen/_stage.html", {**_values(live, "screen", lang), "join": invitation.of(live)}


def say(live: Snapshot) -> Callable[..., str]:
    """The pack's wording of an interface string."""
    return partial(strings.text, live.pack.strings)


def state_of(live: Snapshot) -> str:
    """One word for what an audience sees."""
    if live.state in ("lobby", "paused", "ended"):
        return live.state
    if live.now is None or live.question is None:
        return "reading"
    return live.now.state


def seconds_left(live: Snapshot) -> int | None:
    """Of the last seconds, of a stage, or of the step; None where nothing is timed."""
    if not live.step or not live.now or live.state in ("lobby", "ended"):
        return None
    if live.now.state == "closing":
        return timers.left(live.id, "closing", LAST_SECONDS)
    staged = live.kind.seconds(live.step.config, live.now.path) if live.kind else None
    return timers.left(live.id, "stage", staged) if staged is not None else None


def _values(live: Snapshot, page: str, lang: str) -> dict[str, Any]:
    state, step, now = state_of(live), live.step, live.now
    releases = _releases(live, state)
    return {
        "page": page,
        "lang": lang,
        "live": live,
        "state": state,
        "step": step,
        "now": now,
        "config": step.config if step else None,
        "question": live.question,
        "path": dict(now.path) if now else {},
        "question_key": live.question_key,
        "round": now.round if now else 1,
        "closing": state == "closing",
        "seconds_left": seconds_left(live),
        "releases": releases,
        "talk": step.talk_instead if step and any(release.withheld for release in releases) else None,
        "needs": "interruption" if live.past_interruption else "",
        "t": say(live),
    }


def _releases(live: Snapshot, state: str) -> tuple[Release, ...]:
    """Once revealed, the release, a first round's before it; while live bars are open, the interim one."""
    now = live.now
    if now is None:
        return ()
    if state == "revealed":
        first = live.rounds[now.step_id][0]
        before = first.releases[now.phase : now.phase + 1] if now.round > 1 else ()
        return (*before, *now.releases[now.phase : now.phase + 1])
    early = interim.of(now.row, now.phase) if state in ("open", "closing") else None
    return (early,) if early else ()
