"""What every kind promises, a throw-away one with two phases included."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from tests.run_off import Picked, RunOff
from tests.workshop.kinds.forms import form
from workshop import kinds
from workshop.kinds.kind import Invalid, Kind, Question
from workshop.release import Cell, Release, ShownTable
from workshop.tally import Table

ALL = [*kinds.discover().values(), kinds.RETIRED, RunOff()]
every_kind = pytest.mark.parametrize("kind", ALL, ids=lambda kind: str(kind.slug))
ASKING = [kind for kind in ALL if kind.question(kind.example()[0], []) is not None]
asking_kind = pytest.mark.parametrize("kind", ASKING, ids=lambda kind: str(kind.slug))


def asked(kind: Kind) -> tuple[Question, list[Any]]:
    """The first question of a kind's example, and the answers in its forms."""
    config, forms = kind.example()
    question = kind.question(config, [])
    assert question is not None
    return question, [kind.read(form(fields), question) for fields in forms]


@every_kind
def test_its_example_survives_yaml_and_json(kind: Kind) -> None:
    config, _forms = kind.example()
    as_json = config.model_dump_json()
    assert kind.Config.model_validate_json(as_json) == config
    stream = StringIO()
    YAML(typ="safe", pure=True).dump(json.loads(as_json), stream)
    assert kind.Config.model_validate(YAML(typ="safe", pure=True).load(stream.getvalue())) == config


@every_kind
def test_it_has_a_name_for_people(kind: Kind) -> None:
    assert kind.label


@every_kind
def test_its_example_has_forms_when_it_asks(kind: Kind) -> None:
    config, forms = kind.example()
    assert bool(forms) == (kind.question(config, []) is not None)


@every_kind
def test_unknown_fields_are_refused_unless_the_kind_is_gone(kind: Kind) -> None:
    config, _forms = kind.example()
    fields = {**config.model_dump(mode="json"), "surprise": 1}
    if kind is kinds.RETIRED:
        assert kind.Config.model_validate(fields).model_dump()["surprise"] == 1
        return
    with pytest.raises(ValueError, match="surprise"):
        kind.Config.model_validate(fields)


@every_kind
def test_its_buttons_are_pure(kind: Kind) -> None:
    config, _forms = kind.example()
    for action in kind.actions(config, [], {}):
        path: dict[str, Any] = {}
        assert action.apply(path) == action.apply(path)
        assert path == {}


@asking_kind
def test_every_form_of_its_example_is_taken(kind: Kind) -> None:
    question, answers = asked(kind)
    assert answers
    assert all(isinstance(answer, question.answer) for answer in answers)


@asking_kind
def test_an_answer_survives_being_stored_and_fits_its_bucket(kind: Kind) -> None:
    question, answers = asked(kind)
    for answer in answers:
        stored = answer.model_dump_json()
        assert question.answer.model_validate_json(stored) == answer
        assert len(stored.encode()) <= question.bucket


@asking_kind
def test_an_empty_form_is_refused_with_a_sentence(kind: Kind) -> None:
    question, _answers = asked(kind)
    with pytest.raises(Invalid) as refusal:
        kind.read(form(), question)
    assert refusal.value.code == "empty"
    assert refusal.value.message.endswith(".")


@asking_kind
def test_nothing_can_be_counted(kind: Kind) -> None:
    question, _answers = asked(kind)
    for part in kind.count([], question):
        assert part.answerers == 0


@asking_kind
def test_the_order_of_answers_does_not_matter(kind: Kind) -> None:
    question, answers = asked(kind)
    first = kind.count(answers, question)
    for shuffled in permutations(answers):
        assert kind.count(shuffled, question) == first


@asking_kind
def test_exclusive_counts_add_up_and_no_count_is_larger_than_the_room(kind: Kind) -> None:
    question, answers = asked(kind)
    for part in kind.count(answers * 3, question):
        assert part.answerers <= len(answers) * 3
        if isinstance(part, Table):
            assert len(part.counts) == len(part.options)
            assert all(0 <= count <= part.answerers for count in part.counts)
            assert sum(part.counts) == part.answerers or not part.exclusive


def test_a_second_phase_asks_from_the_release_of_the_first() -> None:
    kind = RunOff()
    config, _forms = kind.example()
    shown = ShownTable(
        name="pick",
        rung="exact",
        n=6,
        cells=tuple(Cell(options=(name,), text=name, shown=n) for name, n in (("ada", 3), ("bo", 1), ("cy", 2))),
    )
    first = Release(step="s", round=1, phase=0, parts=(shown,))
    question = kind.question(config, [first])
    assert question is not None
    assert [option.id for option in question.options] == ["ada", "cy"]
    with pytest.raises(Invalid):
        kind.read(form(pick="bo"), question)
    (table,) = kind.count([Picked(pick="cy")], question)
    assert isinstance(table, Table)
    assert table.counts == (0, 1)
    assert kind.question(config, [first, Release(step="s", round=1, phase=1)]) is None


def test_a_step_is_over_when_its_first_phase_could_not_be_shown() -> None:
    kind = RunOff()
    assert kind.question(kind.example()[0], [Release(step="s", round=1, phase=0, withheld=True)]) is None


@asking_kind
def test_a_kind_of_one_phase_is_over_after_it(kind: Kind) -> None:
    config, _forms = kind.example()
    past = [Release(step="s", round=1, phase=phase) for phase in range(2)]
    assert kind.question(config, past) is None
