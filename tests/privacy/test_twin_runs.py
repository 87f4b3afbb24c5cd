"""G4: until an answer is shown, nobody is sent a byte that depends on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.privacy import twins
from tests.privacy.broken import passes_look_different, words_that_tell
from tests.privacy.twins import Given, Run, differing

CHOICES = "aabbcaa"
Twins = Callable[..., tuple[Run, Run]]


@pytest.fixture
def both(tmp_path: Path) -> Twins:
    """The two runs of one story, told with one answer and with another."""

    def make(story: Callable[[Given], Callable[[Run], None]], one: Given, other: Given) -> tuple[Run, Run]:
        runs = []
        for name, given in (("one", one), ("other", other)):
            with pytest.MonkeyPatch.context() as patch:
                runs.append(twins.run(tmp_path / name, patch, story(given)))
        return runs[0], runs[1]

    return make


def _until_closed(*steps: str, reveal: bool = False) -> Callable[[Given], Callable[[Run], None]]:
    """At each step everybody answers, and one changes their mind; what the first says is what differs."""

    def story(given: Given) -> Callable[[Run], None]:
        def act(run: Run) -> None:
            for step in steps:
                run.ada.shows(step)
                if run.ada.desk["step_state"] == "shown":
                    run.ada.asks()
                run.hears()
                _answer(run, given)
                run.ada.closes(now=True)
                run.looks_away()
            run.keep("leaving", run.phones.pop().leaves())
            if reveal:
                run.ada.reveals()
            run.hears_the_room()

        return act

    return story


def _answer(run: Run, given: Given) -> None:
    for who, choice in enumerate(CHOICES):
        run.answers(who, given if who == 0 else {"choice": choice})
        if who % 3 == 0:
            run.hears()
    run.answers(3, {"choice": "c"})
    run.hears()


def test_nobody_is_sent_a_byte_that_depends_on_an_answer_before_it_is_shown(both: Twins) -> None:
    one, other = both(_until_closed("easy", "near", "deep", "many"), {"choice": "a"}, {"choice": "b"})
    assert sum(map(len, one.sent.values())) > 300
    assert differing(one, other) == []


def test_a_pass_is_sent_the_same_bytes_as_an_answer(both: Twins) -> None:
    one, other = both(_until_closed("near"), {"choice": "a"}, {"pass": "1"})
    assert differing(one, other) == []


def test_texts_change_nothing_before_the_close(both: Twins) -> None:
    def story(given: Given) -> Callable[[Run], None]:
        def act(run: Run) -> None:
            run.ada.shows("lines")
            for who in range(4):
                run.answers(who, given if who == 0 else {"text": "a line"})
                run.hears()

        return act

    one, other = both(story, {"text": "short"}, {"text": "a line that is a good deal longer than the other"})
    assert differing(one, other) == []


def test_the_answer_does_count_once_it_is_shown(both: Twins) -> None:
    """Twins that never differ would prove nothing."""
    one, other = both(_until_closed("easy", reveal=True), {"choice": "a"}, {"choice": "b"})
    assert {"screen", "socket phone", "socket screen"} <= set(differing(one, other))


def _without_bars(sent: bytes) -> bytes:
    """What is sent without the bars of a low live step and its length."""
    text = re.sub(rb'<li class=\\?"bar-line.*?</li>', b"", sent, flags=re.S)
    return re.sub(rb"content-length: \d+", b"", text)[_head(text) :]


def _head(frame: bytes) -> int:
    """A frame's length stands before its message."""
    return frame.index(b"42/") if b"42/" in frame[:14] else 0


def test_bars_of_a_low_live_step_are_the_only_bytes_that_depend_on_its_answers(both: Twins) -> None:
    def story(given: Given) -> Callable[[Run], None]:
        def act(run: Run) -> None:
            run.ada.shows("hello")
            for who in range(6):
                run.answers(who, given if who == 0 else {"choice": "foot" if who % 2 else "bus"})
                run.hears()

        return act

    one, other = both(story, {"choice": "foot"}, {"choice": "bus"})
    assert "socket screen" in differing(one, other), "no bar was shown"
    for run in (one, other):
        run.sent = {name: [_without_bars(sent) for sent in all] for name, all in run.sent.items()}
    assert differing(one, other) == []


# ---------- what must be caught ----------


def test_it_is_caught_that_progress_tells(both: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    words_that_tell.install(monkeypatch.setattr)
    one, other = both(_until_closed("near"), {"choice": "a"}, {"choice": "b"})
    assert "screen" in differing(one, other)


def test_it_is_caught_that_a_pass_looks_different(both: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    passes_look_different.install(monkeypatch.setattr)
    one, other = both(_until_closed("near"), {"choice": "a"}, {"pass": "1"})
    assert differing(one, other) == ["reply 0"]
