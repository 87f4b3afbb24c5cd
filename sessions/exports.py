"""Results as files, from releases alone: a table in long form and JSON; the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sessions.models import LiveSession
from sessions.report import facts, sections, shown_from
from sessions.snapshot import Snapshot
from workshop.kinds.kind import OUTCOME, Crossing
from workshop.pack import Step
from workshop.release import Cell, Release, ShownShift, ShownTable, ShownTexts, ShownWords

FORMAT = "attune-results/1"
COLUMNS = ("step_id", "item_id", "option_id", "round", "value", "note")
FORMULAS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "＝", "＋", "－", "＠", "'")
"""A cell that begins so would be run by a spreadsheet, or begins with the mark that keeps it from being run."""

NOTES = {
    "coarser": "neighbouring answers added together",
    "merged": "rare answers added together",
    "nearly_everyone": "nearly everyone; how many did not is left out",
    "words": "words instead of numbers",
    "gist": "only whether most did, or anybody",
    "compared": "beside the first round; numbers are left out",
    "only_n": "only how many answered",
    "alone": "each option counted by itself",
    "exact": "",
}

ON_PAPER = "counted by hand from folded ballots"

Row = tuple[str, str, str, str, str, str]


def as_csv(live: Snapshot) -> bytes:
    """UTF-8 with a byte order mark, one row a value; see `COLUMNS`."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for step, releases in sections(live):
        for release in releases:
            table.writerows([_tame(cell) for cell in row] for row in _noted(release, _rows(step, release)))
        table.writerows([_tame(cell) for cell in row] for row in _way(step, live.road(step)))
        table.writerows([step.id, OUTCOME, "", "", _tame(line), "adopted"] for line in live.outcome(step.id))
    return text.getvalue().encode("utf-8-sig")


def as_json(live: Snapshot, row: LiveSession) -> bytes:
    """The session's facts and releases as one JSON object."""
    about, session = live.pack.workshop, facts(row)
    document = {
        "format": FORMAT,
        "workshop": {"id": about.id, "version": about.version, "title": about.title, "language": about.language},
        "credit": about.source.credit_line,
        "plan": session.variant,
        "date": session.date,
        "headcount": session.headcount,
        "shown_from": {"counts": dict(session.rules.counts), "texts": dict(session.rules.texts)},
        "steps": [_step(live, step, releases) for step, releases in sections(live)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _step(live: Snapshot, step: Step, releases: Sequence[Release]) -> dict[str, Any]:
    outcome, road = live.outcome(step.id), live.road(step)
    return {
        "id": step.id,
        "kind": step.kind,
        "title": step.title,
        "prompt": step.prompt,
        "sensitivity": step.sensitivity,
        "shown_from": shown_from(live, step),
        "releases": [release.model_dump(mode="json") for release in releases],
        **({OUTCOME: list(outcome)} if outcome else {}),
        **({"road": [asdict(one) for one in road]} if road else {}),
    }


def _rows(step: Step, release: Release) -> Iterator[Row]:
    round = str(release.round)
    if release.withheld:
        yield step.id, "", "", round, "withheld", "fewer people answered than are needed to show anything"
    for part in release.parts:
        if isinstance(part, ShownTable):
            yield from _table(step, part, round)
        elif isinstance(part, ShownWords):
            yield from ((step.id, part.name, word, round, str(people or "said"), "") for word, people in part.entries)
        elif isinstance(part, ShownTexts):
            yield from ((step.id, part.name, "", round, text, "") for text in part.entries)
        else:
            yield from _shift(step, part, round)


def _noted(release: Release, rows: Iterator[Row]) -> Iterator[Row]:
    """What was counted by hand says so first in its note."""
    for step, item, option, round, value, note in rows:
        by_hand = f"{ON_PAPER}; {note}" if note else ON_PAPER
        yield step, item, option, round, value, by_hand if release.paper else note


def _way(step: Step, road: Sequence[Crossing]) -> Iterator[Row]:
    """Which way the room took: the choice that was taken at each place, and the end it came to."""
    for one in road:
        note = "the choice that was taken" if one.choice else "the end that was reached"
        yield step.id, f"{one.library}.{one.place}", one.choice, "", one.words, note


def _table(step: Step, part: ShownTable, round: str) -> Iterator[Row]:
    if part.n is not None:
        yield step.id, part.name, "", round, str(part.n), "people who answered"
    for cell in part.cells:
        yield step.id, part.name, "+".join(cell.options) or cell.text, round, _value(cell), NOTES.get(part.rung, "")


def _shift(step: Step, part: ShownShift, round: str) -> Iterator[Row]:
    for cell in part.cells:
        yield step.id, part.name, cell.options[0], round, _value(cell), "words for how many went this way"
    if not part.cells:
        yield step.id, part.name, "", round, "withheld", "any words would have pointed at somebody"
    for name, mean in (("before", part.before), ("after", part.after)):
        if mean is not None:
            yield step.id, part.name, name, round, str(mean), f"mean to half a point, from {part.low} to {part.high}"


def _value(cell: Cell) -> str:
    """A number, a range such as `0 to 2`, or a word; never a blank."""
    if isinstance(cell.shown, tuple):
        return f"{cell.shown[0]} to {cell.shown[1]}"
    return str(cell.shown).replace("_", " ")


def _tame(cell: str) -> str:
    return "'" + cell if cell.startswith(FORMULAS) else cell
