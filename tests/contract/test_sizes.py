"""How long answers are: of one question all alike, on the wire and on the disk, whatever the kind lets people send."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
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
from workshop.kinds._agreed import AgreementConfig
from workshop.kinds._lines import SortingConfig
from workshop.kinds._small_story import EXAMPLE
from workshop.kinds._telling import StoryConfig
from workshop.kinds.form import FormConfig
from workshop.kinds.grid import GridConfig
from workshop.kinds.intention import Blank, IntentionConfig
from workshop.kinds.kind import Kind
from workshop.kinds.open_text import OpenTextConfig
from workshop.kinds.poll import PollConfig
from workshop.kinds.pulse import Feeling, PulseConfig
from workshop.kinds.ranking import RankingConfig
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


def agreements() -> Iterable[AgreementConfig]:
    for many, letters, own in product((1, 2, 7, 12), (3, 40), (False, 10, 40, 41, 90)):
        items = [{"id": f"a{number:0{letters - 1}}", "text": "We share."} for number in range(many)]
        yield AgreementConfig.model_validate({"items": items, "add_your_own": own and {"max_chars": own}})


def feelings(many: int) -> Iterable[Feeling]:
    return (Feeling(id=f"a{number:039}", text="Steady") for number in range(many))


def sortings() -> Iterable[SortingConfig]:
    for lines, ways, letters in product((1, 2, 6, 12), (3, 5), (3, 40)):
        names = [f"a{number:0{letters - 1}}" for number in range(max(lines, ways))]
        statements = [{"id": name, "text": "A line", "article": names[0]} for name in names[:lines]]
        categories = [{"id": name, "text": "A way"} for name in names[:ways]]
        yield SortingConfig.model_validate({"categories": categories, "statements": statements})


def rankings() -> Iterable[RankingConfig]:
    for many, letters in product(range(2, 13), (3, 40)):
        options = [{"id": f"a{number:0{letters - 1}}", "text": "Apples"} for number in range(many)]
        for top in range(1, many):
            yield RankingConfig.model_validate({"options": options, "rank_top": top})


def told(letters: int) -> dict[str, Any]:
    """A story whose choices have ids of so many letters."""
    fields: dict[str, Any] = deepcopy(dict(EXAMPLE))
    for scene in fields["stories"][0]["nodes"].values():
        for choice, letter in zip(scene["choices"], "abcd", strict=False):
            choice["id"] = letter * letters
    return fields


def grids() -> Iterable[GridConfig]:
    scale = {"min": 0, "max": 10, "low": "Not", "high": "Fully"}
    columns = [{"id": "then", "text": "Then"}, {"id": "now", "text": "Now"}]
    for many, letters in product((1, 2, 5, 12), (3, 40)):
        items = [{"id": f"a{number:0{letters - 1}}", "text": "A line"} for number in range(many)]
        extra = {"id": "b" * letters, "text": "A line"}
        yield GridConfig.model_validate({"items": items, "scale": scale, "extra_item": extra})
        yield GridConfig.model_validate({"items": items, "scale": scale, "mode": "then_and_now", "columns": columns})


def several() -> Iterable[FormConfig]:
    poll = {"kind": "poll", "choose": "many", "options": [{"id": f"a{n:039}", "text": "Apples"} for n in range(8)]}
    scale = {"kind": "scale", "scale": {"low": "Not", "high": "Fully"}}
    text, words = {"kind": "open_text"}, {"kind": "word_cloud"}
    for asked in (
        (poll,),
        (scale,) * 4,
        (poll, poll, scale),
        (poll, scale, scale, text),
        (text, text, words),
        (text,) * 3,
    ):
        questions = [{"id": f"q{n:039}", "prompt": "What?", **one} for n, one in enumerate(asked)]
        yield FormConfig.model_validate({"questions": questions})


CONFIGS: dict[str, list[Any]] = {
    "grid": [*grids()],
    "form": [*several()],
    "sorting": [*sortings()],
    "ranking": [*rankings()],
    "agreement": [*agreements()],
    "poll": [*polls()],
    "scale": [ScaleConfig(scale=Range(min=0, max=10, low="Not", high="Fully"), extra_option="I watched")],
    "word_cloud": [WordCloudConfig(max_entries=n, max_chars=c) for n in range(1, 6) for c in range(3, 41)],
    "open_text": [OpenTextConfig(max_entries=n, max_chars=c) for n in range(1, 6) for c in range(10, 500 // n + 1)],
    "story": [StoryConfig.model_validate(told(letters)) for letters in (1, 40)],
    "pulse": [PulseConfig(options=tuple(feelings(n))) for n in range(2, 13)],
    "intention": [
        IntentionConfig(fields=(Blank(id="will", label=x * c, max_chars=n),))
        for n in range(10, 141)
        for x in ("w", FOUR_BYTES)
        for c in (1, 60)
    ],
}
"""What an author may set, as far as it changes how much people can send."""

every_kind = pytest.mark.parametrize("kind", [kinds.get(slug) for slug in CONFIGS], ids=lambda kind: str(kind.slug))


def fullest(form: Form) -> Fields:
    """All that the form in the page takes."""
    fields = [*form.hidden, ("rev", str(HIGHEST))]
    fields += [(name, max(values, key=len)) for name, values in form.one.items()]
    fields += [(name, value) for name, values in form.many.items() for value, _exclusive in values]
    for name, values in form.lists:
        fields.append((name, max((one for one in values if (name, one) not in fields), key=len)))
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
