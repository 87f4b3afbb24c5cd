"""Kinds are found by walking their package, and a server with a broken one does not start."""

from __future__ import annotations

import pytest

from workshop import kinds
from workshop.kinds.kind import Kind
from workshop.kinds.poll import Poll


def test_it_finds_every_kind_by_its_slug() -> None:
    found = kinds.discover()
    assert set(found) == {
        "agreement", "form", "grid", "intention", "open_text", "poll", "pulse", "ranking",
        "reading", "reflection", "roleplay", "scale", "sorting", "story", "word_cloud",
    }  # fmt: skip
    assert isinstance(kinds.get("poll"), Poll)


def test_two_kinds_with_one_slug_are_refused() -> None:
    class Vote(Kind):
        slug = "poll"

    with pytest.raises(ValueError, match="two kinds are called poll: Poll and Vote"):
        kinds.register([Poll, Vote])


def test_a_kind_that_is_gone_asks_nothing() -> None:
    retired = kinds.get("gone_since")
    config = retired.Config.model_validate({"whatever": [1, 2], "it": "took"})
    assert retired.question(config, []) is None
    assert config.model_dump() == {"whatever": [1, 2], "it": "took"}


@pytest.mark.parametrize("missing", ["poll/answer.html", "scale/results.html", "_retired/answer.html"])
def test_a_kind_without_its_templates_stops_the_server(missing: str) -> None:
    missing = f"kinds/{missing}"
    with pytest.raises(LookupError, match=missing):
        kinds.check_templates(lambda name: name != missing)
    kinds.check_templates(lambda name: True)
