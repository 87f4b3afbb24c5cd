"""Of a plan the server is asked for one part alone, by choice, and a person reads it first."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from pydantic import ValidationError

from tests.contract.test_kind_templates import drawn
from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.intention import Blank, Confidence, Intention, IntentionConfig, Share, Shared
from workshop.kinds.kind import Invalid
from workshop.tally import Texts

intention = Intention()
WHEN, WILL = Blank(id="when", label="When ...", max_chars=60), Blank(id="will", label="I will ...", max_chars=80)
WHO = Blank(id="who", label="Someone on my side", max_chars=30, optional=True)
CONFIG = IntentionConfig(fields=(WHEN, WILL, WHO))


def complaints(*starters: str) -> list[str]:
    said: list[str] = []
    intention.check(
        CONFIG.model_copy(update={"starters": starters}), lambda field, sentence: said.append(f"{field}: {sentence}")
    )
    return said


def test_it_asks_for_the_shared_part_alone_and_a_person_reads_it() -> None:
    question = intention.question(CONFIG, [])
    assert question
    assert question.moderated
    assert answered(intention, CONFIG, form(share="ask", when="secret", who="Sam")) == Shared(text="I will ask")


def test_a_plan_that_is_not_shared_asks_nothing() -> None:
    assert intention.question(IntentionConfig(fields=(WHEN,), share=Share(enabled=False)), []) is None


@pytest.mark.parametrize("typed", ["ask for a day", "I will ask for a day", "  i will ask for a day "])
def test_what_is_shared_is_a_whole_sentence(typed: str) -> None:
    answer = answered(intention, CONFIG, form(share=typed))
    assert isinstance(answer, Shared)
    assert answer.text.casefold() == "i will ask for a day"


def test_it_is_no_longer_than_its_field() -> None:
    assert refused(intention, CONFIG, form(share="a" * 81)).code == "too_long"
    assert refused(intention, CONFIG, form(share=" \u200b")).code == "empty"


def test_sentences_are_kept_in_an_order_that_says_nothing() -> None:
    question = intention.question(CONFIG, [])
    assert question
    (texts,) = intention.count([Shared(text="b"), Shared(text="a")], question)
    assert isinstance(texts, Texts)
    assert (texts.entries, texts.answerers) == (("a", "b"), 2)


@pytest.mark.parametrize(
    ("starter", "parts"),
    [
        ("When it rains, I will ask: out, or in?", {"when": "it rains", "will": "ask: out, or in?"}),
        ("When I willingly wait, I will rest.", {"when": "I willingly wait", "will": "rest"}),
        ("when it rains, i will go.", {"when": "it rains", "will": "go"}),
        ("I will rest.", {"will": "rest"}),
        ("Rest, when you can.", {}),
    ],
)  # fmt: skip
def test_a_starter_goes_into_the_fields_by_their_labels(starter: str, parts: dict[str, str]) -> None:
    assert CONFIG.parts(starter) == parts


def test_labels_may_be_in_any_language() -> None:
    fields = (WHEN.model_copy(update={"label": "Wenn …"}), WILL.model_copy(update={"label": "werde ich …"}))
    config = IntentionConfig(fields=fields)
    assert config.parts("Wenn es regnet, werde ich gehen.") == {"when": "es regnet", "will": "gehen"}


def test_a_starter_that_does_not_fit_is_an_error() -> None:
    assert complaints("When it rains, I will go.") == []
    assert complaints("Just go.") == ["starters: 'Just go.' does not begin with 'When'"]
    long = f"When {'x' * 61}, I will go."
    assert complaints(long) == [f"starters: '{long}' does not fit into the fields"]
    assert complaints("When it rains, I will.") == ["starters: 'When it rains, I will.' does not fit into the fields"]


@pytest.mark.parametrize(("low", "high", "small"), [(1, 5, 3), (0, 10, 5), (1, 4, 3)])
def test_a_smaller_plan_is_suggested_below_the_middle(low: int, high: int, small: int) -> None:
    assert Confidence(prompt="How sure?", min=low, max=high, low="Not", high="Very").small == small


@pytest.mark.parametrize(
    "fields",
    [
        {"share": {"on_at_start": True}},
        {"share": {"moderation": "none"}},
        {"storage": "server"},
        {"take_home": {"email": True}},
        {"take_home": {"account": True}},
        {"take_home": {"default": ["save_as_image"]}},
        {"fields": [{"id": "when", "label": "When ...", "max_chars": 60}]},
        {"confidence": {"prompt": "How sure?", "min": 5, "max": 1, "low": "Not", "high": "Very"}},
    ],
)
def test_nothing_about_it_can_be_loosened(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        IntentionConfig.model_validate({**CONFIG.model_dump(), **fields})


@given(nonsense("share"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    question = intention.question(CONFIG, [])
    assert question
    with suppress(Invalid):
        assert isinstance(intention.read(posted, question), Shared)


def test_a_plan_that_is_not_shared_has_no_form(app: Flask) -> None:
    config = CONFIG.model_copy(update={"share": Share(enabled=False)})
    page = drawn(app, intention, "answer", config=config, question=None)
    assert "<form" not in page
    assert page.count("<textarea") == 3
