"""A form asks a few small questions, each read and counted as its kind does by itself."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop import kinds
from workshop.kinds.form import Filled, Form, FormConfig
from workshop.kinds.kind import Invalid, Question
from workshop.tally import Table, Texts, Words

small = Form()
OPTIONS = [{"id": "try", "text": "I could try"}, {"id": "wait", "text": "Not yet"}, {"id": "no_change", "text": "No"}]
ABLE = {"id": "able", "kind": "poll", "prompt": "What fits?", "options": OPTIONS}
HEARD = {"id": "heard", "kind": "poll", "prompt": "What did you hear?", "choose": "many", "options": OPTIONS}
FREE = {"id": "free", "kind": "scale", "prompt": "I felt free.", "scale": {"low": "No", "high": "Yes"}}
CHANGE = {"id": "change", "kind": "open_text", "prompt": "What to change?"}
WORD = {"id": "word", "kind": "word_cloud", "prompt": "One word?"}


def config(*questions: dict[str, Any]) -> FormConfig:
    return FormConfig.model_validate({"questions": questions})


def asked(given: FormConfig) -> Question:
    question = small.question(given, [])
    assert question is not None
    return question


ALL = config(ABLE, FREE, CHANGE, WORD)


# ---------- what people give ----------


def test_it_reads_each_question_as_its_kind_does() -> None:
    posted = form(
        {"able.choice": ["try"], "free.value": ["5"], "change.text": ["More time"], "word.entry": ["Air", "sky"]}
    )
    assert answered(small, ALL, posted) == Filled(
        given={
            "able": {"choices": ["try"]},
            "free": {"value": "5"},
            "change": {"lines": ["More time"]},
            "word": {"entries": ["Air", "sky"]},
        }
    )


@pytest.mark.parametrize("field", ["able.choice", "free.value", "change.text", "word.entry"])
def test_all_but_one_may_be_left_out(field: str) -> None:
    given = answered(small, ALL, form({field: ["try" if field == "able.choice" else "5"]}))
    assert isinstance(given, Filled)
    assert list(given.given) == [field.partition(".")[0]]


def test_nothing_at_all_is_empty() -> None:
    refusal = refused(small, ALL, form({"change.text": ["  "], "choice": ["try"]}))
    assert (refusal.field, refusal.code) == ("able.choice", "empty")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("able.choice", "else", "bad_option"), ("free.value", "6", "bad_option"), ("change.text", "x" * 141, "too_long")],
)
def test_what_a_kind_refuses_is_refused_at_its_field(field: str, value: str, code: str) -> None:
    refusal = refused(small, ALL, form({"able.choice": ["try"]} | {field: [value]}))
    assert (refusal.field, refusal.code) == (field, code)


@given(nonsense("able.choice", "free.value", "change.text", "word.entry"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        answered(small, ALL, posted)


# ---------- counted ----------


def test_each_question_is_counted_by_itself_of_those_who_answered_it() -> None:
    posted = [
        form({"able.choice": ["try"], "free.value": ["5"]}),
        form({"able.choice": ["wait"], "change.text": ["Slower", "please"]}),
        form({"free.value": ["1"], "word.entry": ["Air"]}),
    ]
    given = config(ABLE, FREE, {**CHANGE, "max_entries": 2}, WORD)
    able, free, change, word = small.count([answered(small, given, one) for one in posted], asked(given))
    assert isinstance(able, Table)
    assert (able.name, able.title, able.counts, able.answerers) == ("able.choice", "What fits?", (1, 1, 0), 2)
    assert isinstance(free, Table)
    assert (free.name, free.title, free.answerers, free.ordinal) == ("free.value", "I felt free.", 2, True)
    assert change == Texts("change.text", ("Slower", "please")[::1], 1, title="What to change?")
    assert word == Words("word.entry", (("Air", 1),), 1, "One word?")


def test_a_text_for_the_facilitator_alone_says_so() -> None:
    given = config({**CHANGE, "facilitator_only": True, "min_show": 3}, {**WORD, "facilitator_only": True})
    answers = [answered(small, given, form({"change.text": ["Slower"], "word.entry": ["Air"]}))]
    change, word = small.count(answers, asked(given))
    assert isinstance(change, Texts)
    assert (change.facilitator_only, change.min_show) == (True, 3)
    assert word == Texts("word.entry", ("Air",), 1, title="One word?", facilitator_only=True)


@pytest.mark.parametrize(
    ("questions", "moderated"),
    [
        ((ABLE, FREE), False),
        ((ABLE, CHANGE), True),
        ((ABLE, {**CHANGE, "facilitator_only": True}), False),
        (({**CHANGE, "facilitator_only": True}, WORD), True),
    ],
)
def test_a_person_reads_first_what_goes_to_the_room(questions: tuple[dict[str, Any], ...], moderated: bool) -> None:
    assert asked(config(*questions)).moderated is moderated


def test_the_wall_names_the_questions() -> None:
    assert [option.text for option in asked(config(ABLE, FREE)).options] == ["What fits?", "I felt free."]


@pytest.mark.parametrize(
    ("questions", "bucket"),
    [((ABLE,), 256), ((HEARD, FREE), 256), ((ABLE, CHANGE), 1024), ((CHANGE, {**CHANGE, "id": "other"}, WORD), 2048)],
)
def test_an_answer_is_padded_to_what_all_of_it_can_take(questions: tuple[dict[str, Any], ...], bucket: int) -> None:
    assert asked(config(*questions)).bucket == bucket


# ---------- what an author sets ----------


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ((), "at least 1"),
        (({**ABLE, "id": f"able_{n}"} for n in range(5)), "at most 4"),
        ((ABLE, ABLE), "'able' is used twice"),
        (({"id": "read", "kind": "reading", "prompt": "Read."},), "a form cannot ask 'reading'; it can ask open_text"),
        (({**ABLE, "kind": "unheard"},), "a form cannot ask 'unheard'"),
        (({**ABLE, "facilitator_only": True},), "are for what people write"),
        (({**FREE, "min_show": 3},), "are for what people write"),
        (({**ABLE, "options": OPTIONS[:1]},), "at least 2"),
        (({**ABLE, "surprise": 1},), "surprise"),
        (({**ABLE, "config": {}},), "config"),
        (({**CHANGE, "upvote": {"per_person": 3}},), "asks twice"),
        (({**CHANGE, "max_chars": 300}, {**CHANGE, "id": "other", "max_chars": 300}), "more than a phone can send"),
    ],
)
def test_a_form_that_does_not_fit_is_refused(questions: Any, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        config(*questions)


def test_a_form_cannot_hold_a_form() -> None:
    with pytest.raises(ValidationError, match="a form cannot ask 'form'"):
        config({"id": "more", "kind": "form", "prompt": "More?", "questions": [ABLE]})


def test_a_plan_keeps_some_questions() -> None:
    varied = FormConfig.model_validate(small.vary(ALL.model_dump(), {"questions": ["free", "able"]}))
    assert [one.id for one in varied.questions] == ["able", "free"]


def test_a_plan_that_names_a_question_which_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no question other"):
        small.vary(ALL.model_dump(), {"questions": ["other"]})


def test_every_kind_that_says_it_is_small_can_be_asked() -> None:
    for slug, kind in kinds.discover().items():
        if kind.small:
            own, forms = kind.example()
            fields = own.model_dump(mode="json") | ({"upvote": None} if slug == "open_text" else {})
            given = config({"id": "one", "kind": slug, "prompt": "What of it?", **fields})
            posted = form({f"one.{name}": values for name, values in forms[0].items()})
            assert answered(small, given, posted)
