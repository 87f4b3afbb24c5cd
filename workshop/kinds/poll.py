"""Poll: a question with options, of which each person takes one or several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from workshop.kinds import _chosen, kind
from workshop.kinds._fields import Choice, Choices, Count, Id
from workshop.kinds._sizes import bucket
from workshop.kinds.kind import BEGINNING, Form, Invalid, Path, Question
from workshop.release import Release
from workshop.tally import Table, Tally
from workshop.words import N_
from workshop.words import gettext as _

Groups = Annotated[tuple[Annotated[tuple[Id, ...], Field(min_length=2)], ...], Field(max_length=10)]


class PollConfig(kind.Config):
    """`groups`: ids of options that may be shown as one where single ones would tell too much."""

    choose: Literal["one", "many"] = "one"
    options: Annotated[Choices, Field(min_length=2)]
    max_choices: Count | None = None
    groups: Groups = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        ids = {option.id for option in self.options}
        unknown = sorted({i for group in self.groups for i in group} - ids)
        if unknown:
            raise ValueError(_("groups name options that are not there: {ids}").format(ids=", ".join(unknown)))
        if self.choose == "one" and self.max_choices is not None:
            raise ValueError(_("max_choices is for 'choose: many'"))
        return self


class Chosen(kind.Answer):
    """The options that one phone took, in the order of the question."""

    choices: tuple[str, ...]


class Poll(kind.Kind):
    slug = "poll"
    label = N_("Poll")
    Config = PollConfig
    small = True

    def question(self, config: PollConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        most = 1 if config.choose == "one" else config.max_choices or len(config.options)
        values = {"choose": config.choose, "most": most, "groups": config.groups}
        size = sum(len(option.id) + len('"",') for option in config.options)
        return Question(answer=Chosen, options=config.options, bucket=bucket(size), size=size, values=values)

    def read(self, form: Form, question: Question) -> Chosen:
        taken = _chosen.several(form, "choice", question.options, question.values["most"])
        alone = next((option.text for option in question.options if option.exclusive and option.id in taken), None)
        if alone and len(taken) > 1:
            raise Invalid("choice", "bad_option", _("'{option}' stands alone.").format(option=alone))
        return Chosen(choices=taken)

    def count(self, answers: Iterable[Chosen], question: Question) -> Tally:
        taken = [answer.choices for answer in answers]
        times = Counter(choice for choices in taken for choice in choices)
        return [
            Table(
                name="choice",
                options=question.options,
                counts=tuple(times[option.id] for option in question.options),
                answerers=len(taken),
                exclusive=question.values["choose"] == "one",
                groups=question.values["groups"],
                picks=(1, question.values["most"]),
            )
        ]

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        options = (
            Choice(id="family", text="Family"),
            Choice(id="friend", text="A friend who meant well"),
            Choice(id="none", text="None of these", exclusive=True),
        )
        forms = [{"choice": ["family", "friend"]}, {"choice": ["friend"]}, {"choice": ["none"]}]
        return PollConfig(choose="many", options=options), forms
