"""Reading asks nothing; its buttons are things that a phone can do alone."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from workshop.kinds.reading import Button, Reading, ReadingConfig


def test_it_asks_nothing() -> None:
    assert Reading().question(ReadingConfig(), []) is None


def test_its_buttons_are_known_to_the_phone() -> None:
    assert Button(id="word", text="I'd like a quiet word first").id == "word"
    with pytest.raises(ValidationError):
        Button.model_validate({"id": "vote", "text": "Vote"})


def test_no_button_is_there_twice() -> None:
    button = Button(id="ok", text="Fine")
    with pytest.raises(ValidationError, match="'ok' is used twice"):
        ReadingConfig(options=(button, button))
