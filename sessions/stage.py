"""What the room should see now, on phones and screen: a template and its values, the same for all who look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sessions import invitation
from sessions.interim import interim
from sessions.snapshot import Snapshot, Start
from sessions.timers import timers
from workshop import strings
from workshop.kinds.kind import Release

Values = Mapping[str, Any]

LAST_SECONDS = 5
ROUNDS = ("first_time", "second_time")


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
    planned = staged(live)
    return timers.left(live.id, "stage", planned) if planned is not None else None


def staged(live: Snapshot) -> int | None:
    """Seconds that the present stage is planned to take; None where it is not timed."""
    if not live.step or not live.now or not live.kind:
        return None
    state = live.now.state if live.question else "reading"
    return live.kind.seconds(live.step.config, live.now.path, state, live.now.releases)


def _values(live: Snapshot, page: str, lang: str) -> dict[str, Any]:
    state, step, now = state_of(live), live.step, live.now
    releases, picture, start = _releases(live, state), live.picture, _start(live, state)
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
        "picture": picture,
        "question_key": live.question_key,
        "round": now.round if now else 1,
        "closing": state == "closing",
        "seconds_left": seconds_left(live),
        "releases": releases,
        "start": start,
        "columns": _columns(start, len(releases)),
        "talk": (picture.talk or step.talk_instead) if step and any(one.withheld for one in releases) else None,
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


def _start(live: Snapshot, state: str) -> Start | None:
    """Once revealed: what the room saw when it was asked the same at the start, to stand beside it."""
    return live.start(live.step, live.now.phase) if live.now and state == "revealed" else None


def _columns(start: Start | None, rounds: int) -> tuple[str, ...]:
    """The strings that stand over what is shown side by side; none over what stands alone."""
    own = ROUNDS[:rounds] if rounds > 1 else ("now_label",)
    return ("start_label", *own) if start and rounds else own if rounds > 1 else ()
