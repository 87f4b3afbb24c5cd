"""Interface sentences in the language of whoever reads them; without a catalogue they stay as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"

_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039


def N_(sentence: str) -> str:  # noqa: N802
    """Mark a sentence for translation where it stands; `gettext` translates it where it is said."""
    return sentence


def gettext(sentence: str) -> str:
    """The sentence in the language spoken here."""
    return _spoken.get().gettext(sentence)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` things in the language spoken here."""
    return _spoken.get().ngettext(one, many, n)


@cache
def translations(lang: str) -> NullTranslations:
    """The catalogue of a language; an empty one, which leaves sentences as they are written, where there is none."""
    return translation("attune", LOCALES, [lang.replace("-", "_")], fallback=True)


@contextmanager
def speaking(translations: NullTranslations) -> Iterator[None]:
    """Say everything inside the block in the language of these translations."""
    token = _spoken.set(translations)
    try:
        yield
    finally:
        _spoken.reset(token)
