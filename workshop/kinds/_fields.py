"""Types of the fields that authors fill: ids, and texts no longer than a phone or a back row can take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Protocol, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from workshop.tally import Option
from workshop.words import gettext as _

_READ_AS_SOMETHING_ELSE = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def _plain_id(value: str) -> str:
    # Many YAML readers take these words for true, false or nothing; a pack must mean the same in all of them.
    if value in _READ_AS_SOMETHING_ELSE:
        raise ValueError(_("'{id}' cannot be an id: YAML readers take it for true, false or null").format(id=value))
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40), AfterValidator(_plain_id)]

Label = Annotated[str, StringConstraints(min_length=1, max_length=60)]
StageLabel = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Question = Annotated[str, StringConstraints(min_length=1, max_length=140)]
Card = Annotated[str, StringConstraints(min_length=1, max_length=240)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=320)]

Count = Annotated[int, Field(strict=True, ge=1)]
Seconds = Annotated[int, Field(strict=True, ge=1, le=7200)]
Flag = Annotated[bool, Field(strict=True)]


class Choice(Option):
    """An option as an author writes it."""

    id: Id
    text: Label
    exclusive: Flag = False


def faults(title: str, found: Iterable[tuple[tuple[str | int, ...], str]]) -> ValidationError:
    """Several things that are wrong with one value, each at its place."""
    details = [
        InitErrorDetails(type=PydanticCustomError("value_error", "{said}", {"said": said}), loc=loc, input=None)
        for loc, said in found
    ]
    return ValidationError.from_exception_data(title, details)


class Named(Protocol):
    """Whatever is told apart by its id."""

    @property
    def id(self) -> str: ...


C = TypeVar("C", bound=Named)


def unique_ids(things: tuple[C, ...]) -> tuple[C, ...]:
    """Refuse options that share an id."""
    ids = [thing.id for thing in things]
    twice = [((i, "id"), _("'{id}' is used twice").format(id=id_)) for i, id_ in enumerate(ids) if id_ in ids[:i]]
    if twice:
        raise faults("options", twice)
    return things


Choices = Annotated[tuple[Choice, ...], Field(max_length=20), AfterValidator(unique_ids)]
