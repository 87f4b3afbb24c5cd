"""Intention: one small when-then plan, which stays on the phone; its "I will" part goes to the wall by choice.

What is asked, and posted, is that part alone. The rest of the plan is in the page's memory and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from workshop.kinds import kind
from workshop.kinds._fields import Flag, Id, Label, Line, StageLabel, unique_ids
from workshop.kinds._fields import Question as Prompt
from workshop.kinds._sizes import bucket, letters
from workshop.kinds._text import cleaned
from workshop.kinds.kind import BEGINNING, Form, Invalid, Path, Question
from workshop.release import Release
from workshop.tally import Tally, Texts
from workshop.values import Frozen
from workshop.words import N_
from workshop.words import gettext as _

SHARED = "will"
"""The field that may be shared."""

_MARKS = " .…,;:!"


class Blank(Frozen):
    """A field of the plan. Its label opens the sentence that it completes, such as "When ..."."""

    id: Id
    label: Label
    max_chars: Annotated[int, Field(strict=True, ge=10, le=140)]
    hint: Annotated[str, StringConstraints(max_length=80)] = ""
    optional: Flag = False

    @property
    def opening(self) -> str:
        """The label without its dots."""
        return self.label.rstrip(_MARKS)


Point = Annotated[int, Field(strict=True, ge=0, le=10)]


class Confidence(Frozen):
    """How sure somebody is; for themselves alone."""

    prompt: Prompt
    min: Point = 1
    max: Point = 5
    low: Label
    high: Label

    @property
    def points(self) -> range:
        return range(self.min, self.max + 1)

    @property
    def small(self) -> int:
        """Below this, a smaller plan is suggested."""
        return (self.min + self.max + 1) // 2

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.max <= self.min:
            raise ValueError(_("max must be above min"))
        return self


class TakeHome(Frozen):
    """Ways to take the plan along. A picture only behind a warning; by e-mail or with an account, never."""

    default: tuple[Literal["remember", "copy_on_paper"], ...] = ("remember", "copy_on_paper")
    behind_warning: tuple[Literal["save_as_image"], ...] = ()
    warning: Line | None = None
    email: Literal[False] = False
    account: Literal[False] = False


class Share(Frozen):
    """Whether a part of the plan may go to the wall: always by choice, always read by a person first."""

    enabled: Flag = True
    on_at_start: Literal[False] = False
    label: StageLabel | None = None
    moderation: Literal["before_display"] = "before_display"


class IntentionConfig(kind.Config):
    """`starters`: whole sentences, which fill the fields by their labels."""

    fields: Annotated[tuple[Blank, ...], Field(min_length=1, max_length=5), AfterValidator(unique_ids)]
    starters: Annotated[tuple[Prompt, ...], Field(max_length=10)] = ()
    confidence: Confidence | None = None
    storage: Literal["never_leaves_phone"] = "never_leaves_phone"
    take_home: TakeHome = TakeHome()
    share: Share = Share()

    @property
    def shared(self) -> Blank | None:
        """The field that may be shared; None where nothing may."""
        return next((blank for blank in self.fields if self.share.enabled and blank.id == SHARED), None)

    def parts(self, starter: str) -> Mapping[str, str]:
        """What a starter puts into each field, by the field's id; empty where it does not begin with a label."""
        found, rest, last = dict[str, str](), starter, ""
        for blank in self.fields:
            opening = re.search(rf"(?<!\w){re.escape(blank.opening)}(?!\w)", rest, re.IGNORECASE)
            if opening is None:
                continue
            if last:
                found[last] = rest[: opening.start()].strip(_MARKS)
            elif opening.start() > 0:
                return {}
            rest, last = rest[opening.end() :], blank.id
        return {**found, last: rest.strip(" .…")} if last else {}

    @model_validator(mode="after")
    def _has_what_is_shared(self) -> Self:
        if self.share.enabled and self.shared is None:
            raise ValueError(_("a field called '{id}' is missing: it is the part that may be shared").format(id=SHARED))
        return self


class Shared(kind.Answer):
    """The part of a plan that somebody chose to share, as a whole sentence."""

    text: str


class Intention(kind.Kind):
    slug = "intention"
    label = N_("Intention")
    Config = IntentionConfig

    def question(self, config: IntentionConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        blank = config.shared
        if past or blank is None:
            return None
        values = {"opening": blank.opening, "max_chars": blank.max_chars}
        size = bucket(letters(len(blank.opening) + 1 + blank.max_chars))
        return Question(answer=Shared, bucket=size, moderated=True, values=values)

    def read(self, form: Form, question: Question) -> Shared:
        text = cleaned("share", form.get("share", ""), question.values["max_chars"])
        if not text:
            raise Invalid("share", "empty", _("Write something first, or tap Pass."))
        opening = question.values["opening"]
        whole = text.casefold().startswith(opening.casefold())
        return Shared(text=text if whole else f"{opening} {text}")

    def count(self, answers: Iterable[Shared], question: Question) -> Tally:
        # Sorted: the order in which people wrote must not be seen in what is kept.
        lines = tuple(sorted(answer.text for answer in answers))
        return [Texts(name="share", entries=lines, answerers=len(lines))]

    def check(self, config: IntentionConfig, say: Callable[[str, str], None]) -> None:
        """A starter that is tapped must go into the fields, and fit them."""
        most = {blank.id: blank.max_chars for blank in config.fields}
        for starter in config.starters:
            parts = config.parts(starter)
            if not parts:
                sentence = _("'{starter}' does not begin with '{opening}'")
                say("starters", sentence.format(starter=starter, opening=config.fields[0].opening))
            elif any(not text or len(text) > most[name] for name, text in parts.items()):
                say("starters", _("'{starter}' does not fit into the fields").format(starter=starter))

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        config = IntentionConfig(
            fields=(
                Blank(id="when", label="When ...", max_chars=60, hint="my sister asks me to cover for her"),
                Blank(id="will", label="I will ...", max_chars=80),
                Blank(id="who", label="Someone on my side", max_chars=30, optional=True),
            ),
            starters=("When I want to say yes too fast, I will ask for a day.",),
            confidence=Confidence(prompt="How sure are you?", low="Not very", high="Very"),
            take_home=TakeHome(behind_warning=("save_as_image",)),
        )
        return config, [{"share": ["ask for a day"]}, {"share": ["I will call a friend first"]}]
