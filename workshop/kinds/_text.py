"""Text that people typed: made plain before anything else sees it, and folded so that like finds like."""

from __future__ import annotations

import re
import unicodedata

from workshop.kinds.kind import Form, Invalid
from workshop.words import gettext as _

LONGEST = 500

_MARKS_IN_A_ROW = 4
_LOOKS_EMPTY = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_ARTICLES = re.compile(r"^(?:the|an|a)\s+")


def cleaned(field: str, text: str, most: int) -> str:
    """`text` without what cannot be seen, on one line; "" when nothing is left.

    Raises `Invalid`: `bad_option` for U+0000 and lone surrogates, `too_long` for more than `most` characters.
    """
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        raise Invalid(field, "bad_option", _("Some of these letters can't be used. Please write it another way."))
    plain = _few_marks(_visible(unicodedata.normalize("NFKC", text)))
    plain = unicodedata.normalize("NFC", " ".join(plain.split()))
    if len(plain) > most:
        raise Invalid(field, "too_long", _("That's a little too long. Please shorten it."))
    return plain


def entries(form: Form, field: str, most: int, chars: int) -> tuple[str, ...]:
    """The texts that a form repeats under `field`, cleaned; at least one, at most `most`. Raises `Invalid`."""
    texts = [text for text in (cleaned(field, raw, chars) for raw in form.getlist(field)) if text]
    if not texts:
        raise Invalid(field, "empty", _("Write something first, or tap Pass."))
    if len(texts) > most:
        raise Invalid(field, "bad_option", _("Please send no more than {n}.").format(n=most))
    return tuple(texts)


def folded(text: str) -> str:
    """What stays of a word when case, accents, articles, outer punctuation and a plural s do not count."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not "\u0300" <= char <= "\u036f")
    bare = _ARTICLES.sub("", _without_outer_marks(unicodedata.normalize("NFKC", bare)))
    return _singular(bare) or text.casefold()


def _visible(text: str) -> str:
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char.isspace() or category in ("Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cc", "Cf", "Cn") and char not in _LOOKS_EMPTY:
            kept.append(char)
    return "".join(kept)


def _few_marks(text: str) -> str:
    # A letter under a tower of marks covers the lines around it.
    kept, row = [], 0
    for char in text:
        row = row + 1 if unicodedata.combining(char) else 0
        if row <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


def _without_outer_marks(text: str) -> str:
    # By category: what a regular expression calls a word leaves out the vowel signs of many scripts.
    marks = "".join({char for char in text if unicodedata.category(char)[0] in "PSZ"})
    return text.strip(marks) if marks else text


def _singular(text: str) -> str:
    if len(text) > 4 and text.endswith("ies"):
        return text[:-3] + "y"
    if len(text) > 3 and text.endswith("s") and not text.endswith(("ss", "us", "is")):
        return text[:-1]
    return text
