"""Form: up to four small questions in one step, each of a kind of its own and counted by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from workshop import kinds
from workshop.kinds import _chosen, kind
from workshop.kinds._fields import unique_ids
from workshop.kinds._plans import listed
from workshop.kinds._sizes import AROUND, LARGEST, bucket
from workshop.kinds._small import SmallQuestion
from workshop.kinds.kind import BEGINNING, Invalid, Path, Question
from workshop.release import Release
from workshop.tally import Option, Part, Tally, Texts, Words
from workshop.words import N_
from workshop.words import gettext as _

MOST = 4
SmallQuestions = Annotated[tuple[SmallQuestion, ...], AfterValidator(unique_ids)]


class FormConfig(kind.Config):
    """The questions, in the order in which they are asked. A plan lists the ids of those that stay."""

    questions: Annotated[SmallQuestions, Field(min_length=1, max_length=MOST)]

    @property
    def size(self) -> int:
        """Bytes that the answers of one phone can take."""
        return sum(one.most + len(one.id) + len('"":,') for one in self.questions)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.size + AROUND > LARGEST:
            raise ValueError(_("these questions together hold more than a phone can send at once"))
        return self


class Filled(kind.Answer):
    """What one phone gave, by the ids of the questions that it did not leave out."""

    given: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Fields:
    """The part of a posted form that one question may read."""

    form: kind.Form
    before: str

    def get(self, key: str, default: str = "", /) -> str:
        return self.form.get(self.before + key, default)

    def getlist(self, key: str, /) -> list[str]:
        return self.form.getlist(self.before + key)


class Form(kind.Kind):
    slug = "form"
    label = N_("Form")
    Config = FormConfig

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """A plan lists the ids of the questions that stay, in the step's order."""
        every = {one["id"] for one in fields["questions"]}
        kept = listed(overrides, "questions", every, _("there is no question {ids}"))
        if not kept:
            return super().vary(fields, overrides)
        return {**fields, **overrides, "questions": [one for one in fields["questions"] if one["id"] in kept]}

    def question(self, config: FormConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        asked = {one.id: one.asked for one in config.questions}
        return Question(
            answer=Filled,
            options=tuple(Option(id=one.id, text=one.prompt) for one in config.questions),
            bucket=bucket(config.size),
            moderated=any(asked[one.id].moderated and not one.facilitator_only for one in config.questions),
            values={
                "questions": config.questions,
                "asked": asked,
                "texts": any(one.moderated for one in asked.values()),
            },
        )

    def read(self, form: kind.Form, question: Question) -> Filled:
        """Any question may be left out, but not all of them."""
        given, empty = {}, None
        for one in question.values["questions"]:
            try:
                answer = kinds.get(one.kind).read(_Fields(form, f"{one.id}."), question.values["asked"][one.id])
            except Invalid as refusal:
                refused = Invalid(f"{one.id}.{refusal.field}", refusal.code, refusal.message)
                if refusal.code != "empty":
                    raise refused from refusal
                empty = empty or refused
            else:
                given[one.id] = answer.model_dump(mode="json")
        if not given and empty:
            raise _chosen.nothing(empty.field)
        return Filled(given=given)

    def count(self, answers: Iterable[Filled], question: Question) -> Tally:
        """The tally of each question, of those who answered it; names begin with the question's id."""
        filled = [answer.given for answer in answers]
        return [part for one in question.values["questions"] for part in _counted(one, filled, question)]

    def check(self, config: FormConfig, say: Callable[[str, str], None]) -> None:
        for one in config.questions:
            kinds.get(one.kind).check(one.config, lambda _field, sentence: say("questions", sentence))

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        bands = [{"id": "less", "values": [1, 2, 3], "text": "less"}, {"id": "more", "values": [4, 5], "text": "yes"}]
        able = {"kind": "poll", "options": [{"id": "try", "text": "I could try"}, {"id": "not_yet", "text": "Not yet"}]}
        free = {"kind": "scale", "scale": {"low": "Not at all", "high": "Fully", "bands": bands}}
        config = FormConfig.model_validate({"questions": [
            {"id": "able", "prompt": "After today, which fits best?", **able},
            {"id": "free", "prompt": "I felt free to pass.", **free},
            {"id": "change", "prompt": "One thing to change?", "kind": "open_text", "facilitator_only": True},
        ]})  # fmt: skip
        forms = [
            {"able.choice": ["try"], "free.value": ["5"], "change.text": ["More time to talk."]},
            {"able.choice": ["not_yet"], "free.value": ["2"]},
            {"change.text": ["Nothing."]},
        ]
        return config, forms


def _counted(one: SmallQuestion, filled: Sequence[Mapping[str, Any]], question: Question) -> Tally:
    asked: Question = question.values["asked"][one.id]
    answers = [asked.answer.model_validate(given[one.id]) for given in filled if one.id in given]
    parts = [
        replace(part, name=f"{one.id}.{part.name}", title=part.title or one.prompt)
        for part in kinds.get(one.kind).count(answers, asked)
    ]
    return [_for_whom(one, part) for part in parts]


def _for_whom(one: SmallQuestion, part: Part) -> Part:
    if isinstance(part, Words) and one.facilitator_only:
        part = part.as_texts()
    if isinstance(part, Texts):
        return replace(part, facilitator_only=one.facilitator_only, min_show=one.min_show)
    return part
