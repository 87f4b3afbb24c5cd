"""From a tally to a release."""

from __future__ import annotations

from sessions.publishing import figures
from sessions.publishing.alone import apart
from sessions.publishing.ladder import climb, exact, from_least, gist
from sessions.publishing.rules import DEFAULT, Rules, Sensitivity
from sessions.publishing.shift import moved
from sessions.publishing.tender import say
from workshop.release import Release, ShownShift, ShownTable, ShownTexts, ShownWords
from workshop.tally import Shift, Table, Tally, Texts, Words

Part = Table | Words | Texts | Shift
LEAST_PER_WORD: dict[Sensitivity, int] = {"low": 1, "care": 1, "personal": 2, "tender": 3}


def publish(  # noqa: PLR0913 - by name: where a release belongs, and what holds there
    tally: Tally,
    *,
    step: str,
    round: int,
    phase: int,
    sensitivity: Sensitivity,
    k: int,
    k_texts: int | None = None,
    rules: Rules = DEFAULT,
) -> Release:
    """All that may ever be shown of a question.

    Answerers are people. A part that fewer than k people answered is left out; when that leaves nothing, the release is
    withheld, and is the same whatever they answered and however few they were.
    What it keeps: for somebody who knows this code and the release, every option that is not shown by its own number
    has two possible counts at least (`tests/privacy/test_publishing.py` turns it round for all small tables); no option
    is shown to be one person's, nor everybody's.
    In low questions that is kept where something is hidden (upvotes); of a gist, that nobody took an option is told.
    What it cannot keep: numbers are true, so people who put their own answers together and subtract them learn what is
    left. One person alone, who knows their own answer, learns no option's count, unless it is their own or they are
    the one who differs from "nearly everyone".
    """
    parts = [_show(part, sensitivity, k) for part in tally if part.answerers >= _least(part, k, k_texts or k, rules)]
    return Release(step=step, round=round, phase=phase, withheld=not parts, parts=tuple(parts))


def publish_table(table: Table, sensitivity: Sensitivity, k: int = 1) -> ShownTable:
    """A table that enough people, k at least, have answered, as the room may see it."""
    if table.exclusive and sum(table.counts) != table.answerers:
        raise ValueError(f"{table.name}: {sum(table.counts)} choices of {table.answerers} people")
    few = sensitivity == "care" and table.answerers < figures.LEAST
    if sensitivity == "tender" or few or (table.gist and sensitivity == "personal"):
        return say(table)
    if sensitivity == "personal":
        return climb(table) if table.exclusive else apart(table)
    if table.gist:
        return gist(table)
    return from_least(table, k) if table.least > 1 else exact(table)


def _least(part: Part, k: int, k_texts: int, rules: Rules) -> int:
    """How many people must have answered a part."""
    if isinstance(part, Shift):
        return max(k, rules.pairs)
    if isinstance(part, Table):
        return k
    return rules.own_line if isinstance(part, Texts) and part.own_line else k_texts


def _show(part: Part, sensitivity: Sensitivity, k: int) -> ShownTable | ShownWords | ShownTexts | ShownShift:
    if isinstance(part, Table):
        return publish_table(part, sensitivity, k)
    if isinstance(part, Shift):
        return moved(part)
    n = None if sensitivity == "tender" else part.answerers
    if isinstance(part, Texts):
        n = None if part.own_line else n
        return ShownTexts(name=part.name, title=part.title, n=n, entries=part.entries)
    return ShownWords(name=part.name, title=part.title, n=n, entries=_words(part, sensitivity))


def _words(part: Words, sensitivity: Sensitivity) -> tuple[tuple[str, int], ...]:
    """Commonest first; tender ones by letter. Never "all of us", unless the question is low."""
    kept = sorted((word, people) for word, people in part.entries if people >= LEAST_PER_WORD[sensitivity])
    if sensitivity == "tender":
        return tuple((word, 0) for word, _ in kept)
    most = part.answerers - 1 if sensitivity == "personal" else part.answerers
    return tuple(sorted(((word, min(people, most)) for word, people in kept), key=lambda entry: -entry[1]))
