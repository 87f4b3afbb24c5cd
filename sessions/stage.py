"""What the room should see now, on phones and screen: a template and its values, the same for all who look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sessions import invitation
from sessions.asked import Asked
from sessions.interim import interim
from sessions.snapshot import Snapshot
from sessions.timers import timers
from workshop import strings
from workshop.kinds.kind import Config
from workshop.release import Release

Values = Mapping[str, Any]

LAST_SECONDS = 5
ROUNDS = ("first_time", "second_time")


@dataclass(frozen=True)
class Column:
    """One release as it is drawn beside others. `labels`: strings that stand over it; none where it stands alone."""

    labels: tuple[str, ...]
    release: Release
    config: Config


@dataclass(frozen=True)
class Note:
    """What the room is told besides its step.

    `string`: what it says. `seconds`: how long it is for, counted down on phones and screen; 0: no time.
    """

    string: str
    seconds: int = 0


NOTES: Mapping[str, Note] = {
    "feels": Note("kind_note_all"),
    "rephrase": Note("text_rephrase_all"),
    "offer": Note("open_offer_all"),
    "alone": Note("alone_first", 60),
    "pairs": Note("in_pairs", 120),
}


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


def note_left(live: Snapshot) -> int | None:
    """Seconds of what the room is told besides its step; None where that has no time."""
    note = NOTES.get(live.note)
    return timers.left(live.id, "note", note.seconds) if note and note.seconds else None


def staged(live: Snapshot) -> int | None:
    """Seconds that the present stage is planned to take; None where it is not timed."""
    if not live.step or not live.now or not live.kind:
        return None
    state = live.now.state if live.question else "reading"
    return live.kind.seconds(live.step.config, live.now.path, state, live.now.releases)


def _values(live: Snapshot, page: str, lang: str) -> dict[str, Any]:
    state, step, now = state_of(live), live.step, live.now
    releases, picture = _releases(live, state), live.picture
    asked = Asked.of(live, now.row) if now else None
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
        "own_from": asked.k_own if asked else None,
        "question_key": live.question_key,
        "round": now.round if now else 1,
        "closing": state == "closing",
        "seconds_left": seconds_left(live),
        "note": NOTES.get(live.note),
        "note_left": note_left(live),
        "releases": releases,
        "columns": tuple(_columns(live, releases)) if state == "revealed" else (),
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


def _columns(live: Snapshot, releases: Sequence[Release]) -> Iterator[Column]:
    """What stands side by side: the start, where the same was asked there, each round, and what was counted by hand."""
    now, step = live.now, live.step
    if not now or not step or not releases:
        return
    start = live.start(step, now.phase)
    if start:
        yield Column(("start_label",), start.release, start.config)
    rounds = live.rounds[now.step_id]
    for place, release in enumerate(releases):
        paper = rounds[release.round - 1].on_paper(now.phase)
        when = (ROUNDS[place],) if len(releases) > 1 else ("now_label",) if start else ()
        yield Column((*when, "on_phones") if paper else when, release, step.config)
        yield from (Column((*when, "on_paper"), one, step.config) for one in paper)
