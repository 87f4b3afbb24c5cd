"""Draw a region once for each audience, and send it to everybody in it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import count
from typing import Any

from flask import Flask, render_template

from sessions import desk, foreseen, lookup, progress, realtime, stage
from sessions.mine import Mine, V
from sessions.rooms import Listener
from sessions.snapshot import STEPS, Snapshot
from workshop.words import speaking, translations

Region = tuple[str, int, str]
"""Target, version, HTML of the region's whole element."""

CONSOLES = {f"{role}-{view}": (role, view) for role in ("lead", "support") for view in ("simple", "full")}
"""A console is drawn for a role and a view."""

PAGES = ("phone", "screen", *CONSOLES)

KEPT = 64
"""Drawings of one state of a session: a few, and one for each second of a clock."""

_app: list[Flask] = []
_ticks: dict[int, count[int]] = {}


def open(app: Flask) -> None:
    _app[:] = [app]
    _ticks.clear()


def draw(template: str, values: Mapping[str, Any], lang: str) -> str:
    """A template outside any request: it knows nothing of who will look."""
    with speaking(translations(lang)):
        return _app[0].jinja_env.get_template(template).render(values)


def page(live: Snapshot, template: str, /, **values: Any) -> str:
    """A whole page for whoever asks, in the language of the room."""
    with speaking(translations(live.lang)):
        return render_template(template, **{"lang": live.lang, **values})


def once(live: Snapshot, key: Hashable, template: str, values: Mapping[str, Any], lang: str) -> str:
    """`draw`, for what a whole room is told phone by phone: drawn once, until the session changes."""
    if (key, lang) not in live.drawn:
        if len(live.drawn) >= KEPT:
            live.drawn.clear()
        live.drawn[key, lang] = draw(template, values, lang)
    return live.drawn[key, lang]


def own(live: Snapshot, mine: Mine, lang: str) -> str:
    """The region of one phone: drawn once for all that differ in their version and their group's name alone."""
    shape = mine.shape
    values = {"mine": shape, "v": V, "t": stage.say(live)}
    return mine.filled(once(live, shape, "phone/_mine.html", values, lang))


def phone_stage(live: Snapshot, lang: str) -> str:
    """The stage of every phone."""
    template, values = stage.phone(live, lang)
    return once(live, ("stage", values["seconds_left"], values["note_left"]), template, values, lang)


def regions(live: Snapshot, page: str, lang: str) -> list[Region]:
    """All regions of a page as they stand, but for quiet words: see `whisper`."""
    return [_stage(live, page, lang), *_counts(live, page, lang)]


def changed(live_id: int, pages: Sequence[str] = PAGES) -> None:
    """Send everything that the last commit may have changed."""
    live = lookup.of(live_id)
    if live:
        for page in pages:
            for lang in realtime.languages(page, live_id):
                _send(live, page, lang, regions(live, page, lang))
                _whisper_to_all(live, page, lang)


def counted(live_id: int) -> None:
    """Send how many have joined and answered, in the session as it stands by now."""
    live = lookup.of(live_id)
    if live:
        for page in PAGES[1:]:
            for lang in realtime.languages(page, live_id):
                _send(live, page, lang, _counts(live, page, lang))
                _whisper_to_all(live, page, lang)


def whisper(live: Snapshot, listener: Listener) -> None:
    """Quiet words to whom they go, and to every other console how many there are."""
    if listener.page in CONSOLES:
        version = _tick(live)
        values = {"live": live, "care": desk.care(live, listener.person, version), "t": stage.say(live)}
        realtime.send_to(listener, "care", version, draw("console/_care.html", values, listener.lang))


def bye(live_id: int) -> None:
    """The session is over: phones leave by themselves."""
    realtime.bye(live_id)


def _whisper_to_all(live: Snapshot, page: str, lang: str) -> None:
    for listener in realtime.listeners(page, live.id, lang) if page in CONSOLES else ():
        whisper(live, listener)


def _tick(live: Snapshot) -> int:
    """The version of what changes without a commit."""
    return live.version * STEPS + next(_ticks.setdefault(live.id, count()))


def _send(live: Snapshot, page: str, lang: str, drawn: Sequence[Region]) -> None:
    for target, version, html in drawn:
        realtime.send(page, live.id, lang, target, version, html)


def _stage(live: Snapshot, page: str, lang: str) -> Region:
    if page in CONSOLES:
        return "console", live.version, draw("console/_console.html", desk.values(live, *CONSOLES[page]), lang)
    if page == "phone":
        return "stage", live.version, phone_stage(live, lang)
    return "stage", live.version, draw(*stage.screen(live, lang), lang)


def _counts(live: Snapshot, page: str, lang: str) -> list[Region]:
    if page == "phone":
        return []
    version = _tick(live)
    values = {"live": live, "progress": progress.meter(live, page, version), "t": stage.say(live)}
    if page == "screen":
        return [("progress", version, draw("screen/_progress.html", values, lang))]
    late = {**values, "late": desk.late(live, CONSOLES[page][0], version)}
    before = {**values, "foreseen": foreseen.in_the_lobby(live, version)}
    return [
        ("progress", version, draw("console/_progress.html", values, lang)),
        ("late", version, draw("console/_late.html", late, lang)),
        ("foreseen", version, draw("console/_foreseen.html", before, lang)),
    ]
