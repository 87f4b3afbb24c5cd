"""What every kind's templates promise: they draw outside a request, alike for all who look, whatever may be shown."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from sessions.publishing import publish
from tests.workshop.kinds.forms import form
from workshop import kinds, strings
from workshop.kinds.kind import Kind, Question
from workshop.pack import Pack, built_in
from workshop.release import Release

every_kind = pytest.mark.parametrize("kind", kinds.discover().values(), ids=lambda kind: str(kind.slug))
every_care = pytest.mark.parametrize("sensitivity", ["low", "personal", "tender"])


class Anything:
    """A step of which a template may ask what it likes."""

    def __init__(self, kind: Kind) -> None:
        self.kind, self.title, self.prompt = kind.slug, "A title", "What of it?"
        self.body = self.lead_in = self.attribution = ""
        self.paragraphs: tuple[str, ...] = ("One.", "Two.")
        self.sensitivity = "low"


def drawn(app: Flask, kind: Kind, name: str, **more: Any) -> str:
    config, _forms = kind.example()
    config = more.get("config", config)
    values = {
        "page": "phone", "lang": "en", "state": "open", "step": Anything(kind), "config": config, "path": {},
        "question": kind.question(config, []), "question_key": "s/1/0", "round": 1, "closing": False,
        "live": SimpleNamespace(pack=built_in()[0][1], note=""), "seconds_left": 30,
        "picture": kind.picture(config, (), {}), "releases": (), "talk": None, "t": partial(strings.text, {}),
    }  # fmt: skip
    return str(app.jinja_env.get_template(f"kinds/{kind.slug}/{name}.html").render({**values, **more}))


def released(kind: Kind, question: Question, sensitivity: Any) -> Release:
    _config, forms = kind.example()
    answers = [kind.read(form(fields), question) for fields in forms * 4]
    return publish(kind.count(answers, question), step="s", round=1, phase=0, sensitivity=sensitivity, k=3, k_texts=3)


@every_kind
def test_its_form_is_drawn_outside_a_request_and_alike_for_everybody(app: Flask, kind: Kind) -> None:
    once, twice = drawn(app, kind, "answer"), drawn(app, kind, "answer")
    assert once == twice
    assert "{{" not in once
    if kind.question(kind.example()[0], []):
        assert 'name="step" value="s"' in once
        assert 'action="/w/answer"' in once


@every_kind
@every_care
def test_its_results_are_drawn_from_the_release_alone(app: Flask, kind: Kind, sensitivity: str) -> None:
    question = kind.question(kind.example()[0], [])
    if question is None:
        assert drawn(app, kind, "results", release=Release(step="s", round=1, phase=0)).strip() == ""
        return
    release = released(kind, question, sensitivity)
    once = drawn(app, kind, "results", release=release, state="revealed")
    assert once == drawn(app, kind, "results", release=release, state="revealed")
    assert once.strip()


@pytest.mark.parametrize("kind", [kind for kind in kinds.discover().values() if "options" in kind.Config.model_fields])
def test_markup_in_what_an_author_wrote_stays_text(app: Flask, kind: Kind) -> None:
    hostile = "<script>alert(1)</script>"
    config, _forms = kind.example()
    fields = config.model_dump(mode="json")
    fields["options"] = [{**option, "text": hostile} for option in fields["options"]] or [{"id": "a", "text": hostile}]
    spoilt = kind.Config.model_validate(fields)
    page = drawn(app, kind, "answer", config=spoilt, question=kind.question(spoilt, []))
    assert hostile not in page
    assert "&lt;script&gt;" in page


def test_every_pack_that_comes_along_draws_every_step_on_every_page(app: Flask) -> None:
    for _name, pack in built_in():
        assert isinstance(pack, Pack)
        for variant in pack.workshop.variants.plans:
            for step in pack.plan(variant):
                page = drawn(app, kinds.get(step.kind), "answer", step=step, config=step.config,
                             question=kinds.get(step.kind).question(step.config, []))  # fmt: skip
                assert page.strip() or step.kind == "reading", step.id
