"""What a log may say of an error."""

from __future__ import annotations

import logging

import pytest

from workshop.trouble import note


def test_an_error_is_its_class_its_place_and_an_id(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("an answer")
    except KeyError as error:
        name = note(error)
    assert len(name) == 8
    assert len(caplog.records) == 1
    assert caplog.records[0].levelno == logging.ERROR
    assert f"KeyError at test_trouble.py:{line()}, id {name}" == caplog.records[0].getMessage()
    assert "answer" not in caplog.text


def line() -> int:
    return test_an_error_is_its_class_its_place_and_an_id.__code__.co_firstlineno + 2


def test_an_error_that_was_never_raised_has_no_place(caplog: pytest.LogCaptureFixture) -> None:
    note(ValueError("an answer"))
    assert "ValueError at an unknown place" in caplog.text
    assert "answer" not in caplog.text
