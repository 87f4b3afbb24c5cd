"""One small question among others on a form: its id and prompt, and beside them the fields of its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from workshop import kinds
from workshop.kinds._beside import Beside, OfItsKind
from workshop.kinds._fields import Flag, Id
from workshop.kinds._fields import Question as Prompt
from workshop.kinds._sizes import AROUND
from workshop.kinds.kind import Question
from workshop.release import Release, ShownTexts
from workshop.words import gettext as _

_LINES = ShownTexts(name="text", n=None, entries=tuple("abcdefghijkl"))
_A_FIRST_RELEASE = Release(step="", round=1, phase=0, parts=(_LINES,))


class SmallQuestion(Beside):
    """`facilitator_only`: what people write goes to the facilitator alone, after the end, if `min_show` of them did."""

    id: Id
    kind: str = Field(max_length=40)
    prompt: Prompt
    facilitator_only: Flag = False
    min_show: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    config: OfItsKind

    @property
    def asked(self) -> Question:
        """What it asks."""
        question = kinds.get(self.kind).question(self.config, ())
        if question is None:
            raise ValueError(_("'{kind}' asks nothing").format(kind=self.kind))
        return replace(question, prompt=self.prompt)

    @property
    def most(self) -> int:
        """Bytes that an answer to it can take."""
        question = self.asked
        return min(question.size + AROUND, question.bucket) if question.size else question.bucket

    @model_validator(mode="after")
    def _fits(self) -> Self:
        sort = kinds.get(self.kind)
        if not sort.small:
            fit = ", ".join(sorted(slug for slug, known in kinds.discover().items() if known.small))
            raise ValueError(_("a form cannot ask '{kind}'; it can ask {fit}").format(kind=self.kind, fit=fit))
        if sort.question(self.config, (_A_FIRST_RELEASE,)) is not None:
            raise ValueError(_("asks twice, and in a form each question is asked once"))
        if (self.facilitator_only or self.min_show) and not self.asked.moderated:
            raise ValueError(_("facilitator_only and min_show are for what people write"))
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """In a file the fields of its kind stand beside its own."""
        return {
            "type": "object",
            "description": cls.__doc__,
            "properties": {
                "id": {"type": "string"},
                "kind": {"enum": sorted(slug for slug, known in kinds.discover().items() if known.small)},
                "prompt": {"type": "string", "minLength": 1, "maxLength": 140},
                "facilitator_only": {"type": "boolean", "default": False},
                "min_show": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 0},
            },
            "required": ["id", "kind", "prompt"],
            "additionalProperties": True,
        }
