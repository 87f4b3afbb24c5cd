"""What the interface says: the pack's wording, else its own, translated."""

from __future__ import annotations

from gettext import NullTranslations

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
    assert (
        text({}, "screen_join", address="room.local", code="4817 2093")
        == "Join on your phone: room.local, code 4817 2093"
    )
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
