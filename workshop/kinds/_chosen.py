"""What was chosen in a form, held against what there was to choose from; all kinds refuse in the same words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workshop.kinds.kind import Form, Invalid
from workshop.tally import Option
from workshop.words import gettext as _


def one(form: Form, field: str, options: Sequence[Option]) -> str:
    """The id of the one option that was taken; raises `Invalid`."""
    (taken,) = several(form, field, options, 1)
    return taken


def several(form: Form, field: str, options: Sequence[Option], most: int) -> tuple[str, ...]:
    """The ids of up to `most` options that were taken, in the order of the question; raises `Invalid`."""
    taken = form.getlist(field)
    if not taken:
        raise nothing(field)
    refuse_unknown(field, taken, {option.id for option in options})
    if len(taken) > most or len(set(taken)) < len(taken):
        sentence = _("Choose one.") if most == 1 else _("Choose up to {n}.")
        raise Invalid(field, "bad_option", sentence.format(n=most))
    return tuple(option.id for option in options if option.id in taken)


def nothing(field: str) -> Invalid:
    """Nothing was chosen."""
    return Invalid(field, "empty", _("Choose something first, or tap Pass."))


def refuse_unknown(field: str, taken: Collection[str], known: Collection[str]) -> None:
    """Raise `Invalid` for what is not, or not any more, among what there is to choose."""
    if not all(one in known for one in taken):
        raise Invalid(field, "bad_option", _("That choice isn't there any more. Please choose again."))
