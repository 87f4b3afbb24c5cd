"""G1: after the end, nobody with the whole disk can tell better than by chance which answers belong together."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.privacy import linkability
from tests.privacy.broken import remembers_answers, texts_as_they_came


def test_a_thief_of_the_disk_links_no_answers(tmp_path: Path) -> None:
    """Three sessions; 200 by the command."""
    found = linkability.attack(tmp_path, 3)
    print(found.right, found.pairs)
    assert found.right <= found.bound


def test_it_is_caught_that_answers_are_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembers_answers.install(monkeypatch.setattr)
    found = linkability.attack(tmp_path, 1)
    assert found.right >= 4 * found.pairs


def test_it_is_caught_that_texts_are_shown_as_they_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts_as_they_came.install(monkeypatch.setattr)
    monkeypatch.setattr(linkability, "STEPS", ("lines", "inner"))
    found = linkability.attack(tmp_path, 1)
    assert found.right >= 4 * found.pairs


def test_a_thief_who_guesses_is_right_once_in_each_pair() -> None:
    """What the bound rests on."""
    chance, outcome = random.Random(3), linkability.Outcome()
    nothing = {step: [[b"nowhere"] for _ in range(linkability.PEOPLE)] for step in linkability.STEPS}
    for _ in range(200):
        linkability._rob(nothing, Path("/nonexistent"), chance, outcome)
    assert outcome.pairs == 1000
    assert 0.9 * outcome.pairs <= outcome.right <= outcome.bound
