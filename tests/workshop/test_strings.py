"""What the interface says: the pack's wording, else its own, translated."""

from __future__ import annotations

import re
from gettext import NullTranslations
from pathlib import Path

import pytest

from workshop import words
from workshop.pack import built_in
from workshop.strings import DEFAULTS, places, text


class Shouting(NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()


def test_it_says_the_default() -> None:
    assert text({}, "saved") == "Got it. You can change it until this question closes."


def test_a_pack_says_it_in_its_own_words() -> None:
    assert text({"saved": "Safe with us."}, "saved") == "Safe with us."


def test_an_unknown_id_is_a_key_error_even_when_a_pack_knows_it() -> None:
    with pytest.raises(KeyError):
        text({}, "svaed")
    with pytest.raises(KeyError):
        text({"svaed": "Ha"}, "svaed")


def test_places_are_filled() -> None:
    assert text({}, "pair_find", animal="heron", number=3) == "Find heron 3."
    assert text({"choose_up_to": "At most {n}!"}, "choose_up_to", n=3) == "At most 3!"


def test_a_pack_cannot_reach_into_values() -> None:
    assert text({"choose_up_to": "{n.__class__} {0} {x}"}, "choose_up_to", n=3) == "{n.__class__} {0} {x}"


def test_a_default_is_translated_and_a_pack_is_not() -> None:
    with words.speaking(Shouting()):
        assert text({}, "paused") == "WE'RE TAKING TWO MINUTES. NOTHING TO DO."
        assert text({"paused": "Quiet now."}, "paused") == "Quiet now."
    assert text({}, "paused") == "We're taking two minutes. Nothing to do."


def test_places_are_names_in_braces() -> None:
    assert places("{low} to {high}") == {"low", "high"}


def test_the_built_in_pack_says_only_what_is_known() -> None:
    for _name, pack in built_in():
        assert pack.strings.keys() <= DEFAULTS.keys()


# ---------- nothing is said in vain ----------

ROOT = Path(__file__).resolve().parents[2]
MADE = {"word_few_or_none", "word_some", "word_about_half", "word_most", "word_nearly_all", "word_fewer", "word_more",
        "word_about_the_same"}  # fmt: skip
"""Ids that templates/macros/results.html puts together from what is shown of an option."""

ELSEWHERE = {"console_reach_wait", "console_reach_ok"}
"""Ids whose page is still to come."""


def read_by() -> str:
    """The text of every module and template but the one that lists the sentences."""
    files = [path for folder in ("workshop", "sessions", "templates") for path in (ROOT / folder).rglob("*.*")]
    read = [path for path in files if path.suffix in (".py", ".html") and path.name != "strings.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in read)


def test_every_sentence_is_said_somewhere() -> None:
    named = set(re.findall(r"""["'](\w+)["']""", read_by()))
    assert sorted(DEFAULTS.keys() - named - MADE - ELSEWHERE) == []


def test_what_is_put_together_is_put_together_there() -> None:
    assert '"word_" ~ shown' in (ROOT / "templates/macros/results.html").read_text(encoding="utf-8")
    assert {id for id in DEFAULTS if id.startswith("word_")} == MADE
