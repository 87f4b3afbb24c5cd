"""Something of a kind, as a file has it: the fields of its kind stand beside its own, and here they are `config`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from workshop import kinds
from workshop.kinds.kind import Config
from workshop.values import Frozen


def _config(given: Any) -> Config:
    slug, fields = given
    return kinds.get(slug).Config.model_validate(fields)


OfItsKind = Annotated[SerializeAsAny[Config], BeforeValidator(_config)]
"""The type of the field `config`."""


class Beside(Frozen):
    """For models with fields `kind` (a slug) and `config`."""

    @model_validator(mode="before")
    @classmethod
    def _take_fields_of_the_kind(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        known = cls.model_fields.keys() - {"config"}
        own = {name: value for name, value in given.items() if name in known}
        rest = {name: value for name, value in given.items() if name not in known}
        return {**own, "config": (str(given.get("kind")), rest)}

    @model_serializer(mode="wrap")
    def _flat(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = handler(self)
        config = fields.pop("config", {})
        return {**fields, **config}
