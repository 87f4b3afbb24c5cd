"""Words that are the same to people are one word, counted in people."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.kind import Invalid
from workshop.kinds.word_cloud import Entries, WordCloud, WordCloudConfig
from workshop.tally import Words

cloud = WordCloud()
CONFIG = WordCloudConfig(max_entries=2, max_chars=24)


def counted(*answers: tuple[str, ...]) -> Words:
    question = cloud.question(CONFIG, [])
    assert question is not None
    (words,) = cloud.count([Entries(entries=answer) for answer in answers], question)
    assert isinstance(words, Words)
    return words


def test_it_takes_a_few_words_and_leaves_out_blanks() -> None:
    assert answered(cloud, CONFIG, form({"entry": [" fresh  air ", "", "\u200b"]})) == Entries(entries=("fresh air",))


def test_blanks_alone_are_empty() -> None:
    assert refused(cloud, CONFIG, form({"entry": ["", "  ", "\u200b\u2060"]})).code == "empty"
    assert refused(cloud, CONFIG, form()).field == "entry"


def test_too_long_and_too_many_are_refused() -> None:
    assert refused(cloud, CONFIG, form(entry="a" * 25)).code == "too_long"
    refusal = refused(cloud, CONFIG, form({"entry": ["a", "b", "c"]}))
    assert (refusal.code, refusal.message) == ("bad_option", "Please send no more than 2.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Relief", "relief"),
        ("RELIEF!", "relief"),
        ("café", "Cafe"),
        ("a wall", "wall"),
        ("The Wall", "walls"),
        ("boundaries", "boundary"),
        ("ｗａｌｌ", "wall"),
        ("“safe”", "safe..."),
        ("STRASSE", "Straße"),
    ],
)
def test_simple_variants_are_one_word(one: str, other: str) -> None:
    assert counted((one,), (other,), (other,)).entries == ((other, 3),)


@pytest.mark.parametrize(
    ("one", "other"),
    [("stress", "stres"), ("bus", "bu"), ("this", "thi"), ("wall", "walk"), ("की", "का"), ("it", "its")],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert len(counted((one,), (other,)).entries) == 2


def test_it_shows_the_spelling_that_most_people_used() -> None:
    assert counted(("Wall",), ("Wall",), ("wall",), ("walls",)).entries == (("Wall", 4),)


def test_two_spellings_from_one_phone_are_one_person() -> None:
    words = counted(("Wall", "walls"), ("wall",))
    assert [number for _word, number in words.entries] == [2]
    assert words.answerers == 2


def test_words_of_punctuation_are_words_too() -> None:
    assert counted(("!!!",), ("the",), ("?",)).answerers == 3


SAID = st.lists(st.sampled_from(["Wall", "wall", "walls", "a wall", "air", "Air"]), max_size=2).map(tuple)


@given(st.lists(SAID, max_size=6))
def test_no_word_has_more_people_than_there_are(answers: list[tuple[str, ...]]) -> None:
    words = counted(*answers)
    assert words.answerers == len(answers)
    assert all(0 < number <= len(answers) for _word, number in words.entries)


@given(nonsense("entry"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        assert isinstance(answered(cloud, CONFIG, posted), Entries)
