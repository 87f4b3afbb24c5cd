"""How long answers are: of one question all alike, on the wire and on the disk, whatever the kind lets people send."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from sessions.answers import HIGHEST
from sessions.forms import Form, forms_in
from tests.contract.test_kind_templates import drawn
from tests.contract.test_kinds import ASKING
from tests.workshop.kinds.forms import Posted
from workshop import kinds
from workshop.kinds.kind import Kind
from workshop.kinds.open_text import OpenTextConfig
from workshop.kinds.poll import PollConfig
from workshop.kinds.scale import Range, ScaleConfig
from workshop.kinds.word_cloud import WordCloudConfig

KEY = f"{'s' * 40}/2/9"
"""The longest name that a question can have."""
FOUR_BYTES = "\U0001f331"

Fields = list[tuple[str, str]]


def polls() -> Iterable[PollConfig]:
    for many, letters in product(range(2, 21), (3, 40)):
        options = [{"id": f"a{number:0{letters - 1}}", "text": "Apples"} for number in range(many)]
        yield from (PollConfig.model_validate({"choose": choose, "options": options}) for choose in ("one", "many"))


CONFIGS: dict[str, list[Any]] = {
    "poll": [*polls()],
    "scale": [ScaleConfig(scale=Range(min=0, max=10, low="Not", high="Fully"), extra_option="I watched")],
    "word_cloud": [WordCloudConfig(max_entries=n, max_chars=c) for n in range(1, 6) for c in range(3, 41)],
    "open_text": [OpenTextConfig(max_entries=n, max_chars=c) for n in range(1, 6) for c in range(10, 500 // n + 1)],
}
"""What an author may set, as far as it changes how much people can send."""

every_kind = pytest.mark.parametrize("kind", [kinds.get(slug) for slug in CONFIGS], ids=lambda kind: str(kind.slug))


def fullest(form: Form) -> Fields:
    """All that the form in the page takes."""
    fields = [*form.hidden, ("rev", str(HIGHEST))]
    fields += [(name, max(values, key=len)) for name, values in form.one.items()]
    fields += [(name, value) for name, values in form.many.items() for value, _exclusive in values]
    return fields + [(name, FOUR_BYTES * most) for name, most in form.texts]


def on_the_wire(fields: Fields) -> int:
    return len(urlencode([*fields, ("pad", "")]))


def test_no_kind_is_left_out() -> None:
    assert CONFIGS.keys() == {kind.slug for kind in ASKING} & kinds.discover().keys()


@every_kind
def test_the_fullest_form_fits_the_length_that_all_forms_are_padded_to(app: Flask, kind: Kind) -> None:
    """A pass, the shortest form of all, is therefore as long as any other."""
    for config in CONFIGS[kind.slug]:
        question = kind.question(config, [])
        assert question
        page = drawn(app, kind, "answer", config=config, question=question, question_key=KEY)
        (form,) = forms_in(page)
        assert f'data-bucket="{question.wire}"' in page
        assert {"step", "round", "phase"} <= {name for name, _ in form.hidden}
        assert on_the_wire([*form.hidden, ("rev", "1"), ("pass", "1")]) < on_the_wire(fullest(form)) <= question.wire


@every_kind
def test_the_fullest_answer_fits_the_length_that_all_are_stored_with(app: Flask, kind: Kind) -> None:
    for config in CONFIGS[kind.slug]:
        question = kind.question(config, [])
        assert question
        (form,) = forms_in(drawn(app, kind, "answer", config=config, question=question, question_key=KEY))
        answer = kind.read(Posted(fullest(form)), question)
        assert len(answer.model_dump_json().encode()) <= question.bucket
