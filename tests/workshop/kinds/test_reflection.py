"""A reflection asks nothing, so nothing of it can be sent."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from workshop.kinds.reflection import Reflection, ReflectionConfig


def test_it_asks_nothing() -> None:
    assert Reflection().question(ReflectionConfig(), []) is None


@pytest.mark.parametrize("fields", [{"tools": []}, {"tools": ["type", "type"]}, {"tools": ["sing"]}])
def test_its_tools_are_known_and_stand_there_once(fields: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError):
        ReflectionConfig.model_validate(fields)


def test_it_cannot_be_told_to_store_anything() -> None:
    with pytest.raises(ValidationError):
        ReflectionConfig.model_validate({"storage": "server"})
