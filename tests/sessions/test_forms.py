"""Simulated phones fill in whatever a kind asks, as people could."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from sessions.forms import filled, forms_in
from tests.contract.test_kind_templates import drawn
from tests.contract.test_kinds import ASKING
from tests.workshop.kinds.forms import Posted
from workshop import kinds
from workshop.kinds.kind import Kind

THERE = [kind for kind in ASKING if kind.slug in kinds.discover()]
LIST = (
    '<select name="place"><option value="">-</option><option value="a">A</option><option value="b">B</option></select>'
)


@pytest.mark.parametrize("kind", THERE, ids=lambda kind: str(kind.slug))
def test_what_they_send_is_an_answer(app: Flask, kind: Kind) -> None:
    question = kind.question(kind.example()[0], [])
    assert question is not None
    for seed in range(12):
        (form,) = [form for form in forms_in(drawn(app, kind, "answer")) if form.action == "/w/answer"]
        assert kind.read(Posted(filled(form, random.Random(seed))), question)


def test_two_places_are_for_two_different_things() -> None:
    (form,) = forms_in(f'<form action="/w/answer">{LIST}{LIST}</form>')
    sent = [filled(form, random.Random(seed)) for seed in range(8)]
    assert {tuple(value for _name, value in fields) for fields in sent} == {("a", "b"), ("b", "a")}
