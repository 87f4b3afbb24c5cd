"""From a tally to a release."""

from __future__ import annotations

from sessions.publishing.alone import apart
from sessions.publishing.ladder import climb, exact
from sessions.publishing.rules import Sensitivity
from sessions.publishing.tender import say
from workshop.kinds.kind import Release, ShownTable, ShownTexts, ShownWords, Table, Tally, Texts, Words

Part = Table | Words | Texts
LEAST_PER_WORD: dict[Sensitivity, int] = {"low": 1, "care": 1, "personal": 2, "tender": 3}


def publish(
    tally: Tally, *, step: str, round: int, phase: int, sensitivity: Sensitivity, k: int, k_texts: int | None = None
) -> Release:
    """All that may ever be shown of a question.

    Answerers are people. A part that fewer than k people answered is left out; when that leaves nothing, the release is
    withheld, and is the same whatever they answered and however few they were.
    What it keeps: for somebody who knows this code and the release, every option that is not shown by its own number
    has two possible counts at least (`tests/privacy/test_publishing.py` turns it round for all small tables); no option
    is shown to be one person's, nor everybody's.
    What it cannot keep: numbers are true, so people who put their own answers together and subtract them learn what is
    left. One person alone, who knows their own answer, learns no option's count, unless it is their own or they are
    the one who differs from "nearly everyone".
    """
    parts = [
        _show(part, sensitivity) for part in tally if part.answerers >= (k if isinstance(part, Table) else k_texts or k)
    ]
    return Release(step=step, round=round, phase=phase, withheld=not parts, parts=tuple(parts))


def publish_table(table: Table, sensitivity: Sensitivity) -> ShownTable:
    """A table that enough people have answered, as the room may see it."""
    if table.exclusive and sum(table.counts) != table.answerers:
        raise ValueError(f"{table.name}: {sum(table.counts)} choices of {table.answerers} people")
    if sensitivity == "tender":
        return say(table)
    if sensitivity == "personal":
        return climb(table) if table.exclusive else apart(table)
    return exact(table)


def _show(part: Part, sensitivity: Sensitivity) -> ShownTable | ShownWords | ShownTexts:
    if isinstance(part, Table):
        return publish_table(part, sensitivity)
    n = None if sensitivity == "tender" else part.answerers
    if isinstance(part, Texts):
        return ShownTexts(name=part.name, n=n, entries=part.entries)
    return ShownWords(name=part.name, n=n, entries=_words(part, sensitivity))


def _words(part: Words, sensitivity: Sensitivity) -> tuple[tuple[str, int], ...]:
    """Commonest first; tender ones by letter. Never "all of us", unless the question is low."""
    kept = sorted((word, people) for word, people in part.entries if people >= LEAST_PER_WORD[sensitivity])
    if sensitivity == "tender":
        return tuple((word, 0) for word, _ in kept)
    most = part.answerers - 1 if sensitivity == "personal" else part.answerers
    return tuple(sorted(((word, min(people, most)) for word, people in kept), key=lambda entry: -entry[1]))
