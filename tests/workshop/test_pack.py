"""A pack is read whole or refused with every reason, and says what each plan makes of it."""

from __future__ import annotations

import json

import pytest

from tests.workshop.small_pack import SMALL, line_of, spoiled
from workshop import kinds
from workshop.kinds.roleplay import RoleplayConfig
from workshop.pack import Pack, PackError
from workshop.problems import Problem


def problems(text: str | bytes) -> list[Problem]:
    with pytest.raises(PackError) as refusal:
        Pack.load(text)
    return refusal.value.problems


def said(text: str | bytes) -> str:
    return "\n".join(str(problem) for problem in problems(text))


def test_it_reads_the_smallest_useful_pack() -> None:
    pack = Pack.load(SMALL)
    assert pack.workshop.title == "My first workshop"
    assert [step.id for step in pack.steps] == ["care", "hello", "talk"]
    assert pack.steps[0].paragraphs == ("Pass is always there.", "So is Help.")
    assert pack.workshop.variants.default == "core"
    assert pack.workshop.variants["core"].minutes == 30


def test_it_survives_storing() -> None:
    pack = Pack.load(SMALL)
    assert Pack.model_validate_json(pack.model_dump_json()) == pack
    assert Pack.load(pack.model_dump_json()) == pack


def test_a_plan_keeps_its_steps_in_order_with_its_own_words() -> None:
    care, hello, talk = Pack.load(SMALL).plan("core")
    assert (care.id, hello.id, talk.id) == ("care", "hello", "talk")
    assert (hello.seconds, hello.prompt) == (90, "How did you come here today?")
    assert (hello.facilitator.say, hello.facilitator.do) == ("One easy question.", ("Wait.",))


def test_a_plan_drops_steps_and_stages() -> None:
    care, talk = Pack.load(SMALL).plan("short")
    assert (care.seconds, talk.seconds) == (30, 120)
    assert isinstance(talk.config, RoleplayConfig)
    assert [(stage.id, stage.seconds) for stage in talk.config.stages] == [("prep", 30), ("play", 60), ("derole", 30)]


def test_a_plan_puts_role_cards_into_the_steps_that_name_them() -> None:
    talk = Pack.load(SMALL).plan("core")[-1]
    assert isinstance(talk.config, RoleplayConfig)
    assert [card.title for card in talk.config.cards] == ["One clear ask"]


def test_a_step_that_is_off_at_first_is_in_no_plan() -> None:
    pack = Pack.load(spoiled(("    min_show: 3\n", "    min_show: 3\n    default_off: true\n")))
    assert [step.id for step in pack.plan("core")] == ["care", "talk"]


def test_an_unknown_plan_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Pack.load(SMALL).plan("long")


def test_all_problems_are_named_at_once_with_place_and_line() -> None:
    text = spoiled(
        ("format: workshop/1", "format: workshop/9"),
        ("prompt: How did you get here?", f"prompt: {'a' * 141}"),
        ("{id: bus, text: By bus}", f"{{id: bus, text: {'b' * 61}}}"),
        ("seconds: 210", "seconds: soon"),
        ("    min_show: 3", "    min_shwo: 3"),
        ("caption: Listen", f"caption: {'c' * 71}"),
        ("id: C01", "id: c-1"),
    )
    found = {(problem.place, problem.line) for problem in problems(text)}
    assert found == {
        ("format", 1),
        ("steps › hello › prompt", line_of("aaaa", text)),
        ("steps › hello › options[1].text", line_of("bbbb", text)),
        ("steps › hello › min_shwo", line_of("min_shwo", text)),
        ("steps › talk › seconds", line_of("soon", text)),
        ("steps › talk › presenter.caption", line_of("cccc", text)),
        ("concepts › c-1 › id", line_of("c-1", text)),
    }


def test_a_problem_reads_as_a_sentence() -> None:
    text = spoiled(("{id: bus, text: By bus}", f"{{id: bus, text: {'b' * 61}}}"))
    line = line_of("bbbb", text)
    assert said(text) == f"line {line}: steps › hello › options[1].text: is 61 characters long; at most 60"


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("    sensitivity: low", "    sensitivty: low", "'sensitivity'"),
        ("    options:\n      - {id: foot", "    optoins:\n      - {id: foot", "'options'"),
        ("  audience: Adults.", "  audiance: Adults.", "'audience'"),
        ("      flex_order:", "      flex_ordr:", "'flex_order'"),
        ("    debrief: What", "    debref: What", "'debrief'"),
        ("text: By bus", "txt: By bus", "'text'"),
        ("verified:", "verifed:", "'verified'"),
        ("role_cards:", "role_crads:", "'role_cards'"),
    ],
)
def test_an_unknown_field_is_refused_with_what_may_be_meant(old: str, new: str, hint: str) -> None:
    assert f"Did you mean {hint}?" in said(spoiled((old, new)))


def test_an_unknown_kind_is_refused_with_a_sentence() -> None:
    sentence = said(spoiled(("kind: poll", "kind: pol")))
    assert "this version has no kind 'pol'; it has " in sentence
    assert " open_text, poll, " in sentence
    assert "Did you mean 'poll'?" in said(spoiled(("kind: poll", "kind: pol")))


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "n", "true", "null"])
def test_an_id_that_others_read_as_something_else_is_refused(word: str) -> None:
    text = spoiled(("{id: bus,", f"{{id: {word},"))
    assert any(problem.place == "steps › hello › options[1].id" for problem in problems(text))


def test_doubled_ids_are_named_with_both_lines() -> None:
    text = spoiled(("id: talk", "id: hello"))
    assert f"'hello' is used twice, first in line {line_of('id: hello')}" in said(text)


def test_doubled_option_ids_are_refused() -> None:
    assert "'foot' is used twice" in said(spoiled(("{id: bus,", "{id: foot,")))


def test_every_plan_says_of_every_step_whether_it_is_kept() -> None:
    text = spoiled(("      short: {keep: false}\n", ""))
    assert "steps › hello › variants: nothing is said for short" in said(text)
    assert "the workshop has no such plan" in said(spoiled(("      short: {keep: false}", "      shrt: {keep: false}")))
    assert "needs its seconds" in said(spoiled(("core: {keep: true, seconds: 60}", "core: {keep: true}")))
    assert "nothing else to say" in said(spoiled(("short: {keep: false}", "short: {keep: false, seconds: 20}")))


def test_what_a_plan_changes_must_fit_the_step() -> None:
    at = "steps › hello › variants.core"
    assert f"{at}.prompt: is 150 characters long" in said(
        spoiled(("prompt: How did you come here today?", f"prompt: {'a' * 150}"))
    )
    assert "a plan cannot change sensitivity" in said(spoiled(("say: One easy question.", "sensitivity: personal")))
    assert f"{at}.opptions: unknown field 'opptions'. Did you mean 'options'?" in said(
        spoiled(("say: One easy question.", "opptions: []"))
    )


def test_no_plan_can_drop_the_stepping_out_of_a_role() -> None:
    assert "steps › talk › variants.short.stages: a stage 'derole' is missing" in said(spoiled((", derole: 30}", "}")))
    assert "there is no stage ply" in said(spoiled(("play: 60, derole", "ply: 60, derole")))


def test_the_talk_afterwards_cannot_come_before_stepping_out() -> None:
    lines = SMALL.splitlines(keepends=True)
    i = next(i for i, line in enumerate(lines) if "id: derole" in line)
    lines[i], lines[i + 1] = lines[i + 1], lines[i]
    assert "steps › talk › stages: 'derole' comes before 'debrief'" in said("".join(lines))


def test_names_of_things_that_are_not_there_are_refused() -> None:
    assert "there is no role card p77" in said(spoiled(("cards_ref: [p01]", "cards_ref: [p77]")))
    assert "workshop.interruption: there is no step 'car'. Did you mean 'care'?" in said(
        spoiled(("interruption: care", "interruption: car"))
    )
    assert "default names a plan that is not there" in said(spoiled(("default: core", "default: cor")))


STORY = """\
stories:
  - id: tale
    title: A tale
    caption: What now?
    about: Two friends.
    cast: {lead: Mika}
    content_note: Debt.
    say: Two friends.
    turns: 2
    start: n1
    nodes:
      n1: {turn: 1, scene: Dani calls., ask: What now?, choices: [
        {id: a, text: Help, to: n2, lean: help}, {id: b, text: Wait, to: n2, lean: limit}]}
      n2: {turn: 2, scene: Later., ask: And now?, choices: [
        {id: a, text: Help, to: well, lean: help}, {id: b, text: Wait, to: badly, lean: limit}]}
    endings:
      well: {title: Well, tone: kind, text: Good., kindly: Fine., debrief: Why?}
      badly: {title: Badly, tone: costly, text: Hard., kindly: Fine., debrief: Why?}
    derole: You are you.
"""


def test_a_story_without_faults_is_read() -> None:
    assert Pack.load(SMALL + STORY).stories[0].endings["well"].tone == "kind"


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("to: well", "to: n1", "nodes.n2.choices[0].to", "goes from turn 2 to turn 1"),
        ("to: well", "to: n1", "nodes.n2.choices[0].to", "leads round in a circle: n1 → n2 → n1"),
        ("to: n2, lean: help", "to: n1, lean: help", "nodes.n1.choices[0].to", "leads round in a circle: n1 → n1"),
        ("{id: b, text: Wait, to: n2", "{id: a, text: Wait, to: n2", "nodes.n1.choices[1].id", "'a' is used twice"),
        ("n1: {turn: 1", "n1: {turn: 2", "nodes.n1.turn", "a story begins with turn 1"),
        ("to: well", "to: gone", "nodes.n2.choices[0].to", "leads to gone, which is not there"),
        ("to: well", "to: badly", "endings.well", "no road leads here"),
        ("to: n2, lean: limit", "to: badly, lean: limit", "nodes.n1.choices[1].to", "ends in turn 1 of 2"),
        (
            "choices: [\n        {id: a, text: Help, to: n2, lean: help}, ",
            "choices: [",
            "nodes.n1.choices",
            "at least 2",
        ),
        (
            "{id: a, text: Help, to: well, lean: help}, {id: b, text: Wait, to: badly, lean: limit}]",
            "]",
            "nodes.n2.choices",
            "a dead end: a scene needs at least 2 choices",
        ),
        ("start: n1", "start: n9", "start", "there is no scene n9"),
    ],
)
def test_a_story_that_would_strand_the_room_is_refused(old: str, new: str, place: str, sentence: str) -> None:
    found = problems(SMALL + STORY.replace(old, new, 1))
    assert any(problem.place == f"stories › tale › {place}" and sentence in problem.message for problem in found)


def test_faults_of_every_sort_are_named_together() -> None:
    text = spoiled(("format: workshop/1", "format: workshop/0"), ("id: talk", "id: hello"), ("min: 4", "min: [4]"))
    text += STORY.replace("to: well", "to: n1", 1)
    places = {problem.place for problem in problems(text)}
    assert places >= {
        "format",
        "steps › hello › id",
        "workshop.group_size.min",
        "stories › tale › nodes.n2.choices[0].to",
    }


def test_a_title_of_a_megabyte_is_refused_without_repeating_it() -> None:
    answer = said(spoiled(("title: My first workshop", f"title: {'a' * 1_000_000}")))
    assert "workshop.title: is 1000000 characters long; at most 80" in answer
    assert len(answer) < 500


def test_ten_thousand_steps_are_refused_before_anything_else() -> None:
    text = SMALL[: SMALL.index("steps:")] + "steps:\n" + "  - {id: a}\n" * 10_000
    (problem,) = problems(text)
    assert "a list may have 1000 entries" in problem.message
    assert problem.line == line_of("steps:") + 1001


def test_of_very_many_problems_the_first_are_named_and_the_rest_counted() -> None:
    text = SMALL + "".join(f"unknown{i}: 1\n" for i in range(250))
    assert len(problems(text)) == 201
    assert "and 50 more" in said(text)


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list", "null", "5"])
def test_what_is_not_a_group_of_fields_is_refused(text: str) -> None:
    assert "a pack begins with fields" in said(text)


def test_wrong_sorts_of_values_are_named_not_raised() -> None:
    text = spoiled(
        ("concepts:\n  - {id: C01, section: S1, name: leaning, idea: Leaning is human.}", "concepts: {a: 1}")
    )
    assert "concepts: must be a list" in said(text)
    assert "must be a group of fields" in said(spoiled(("presenter: {caption: Listen}", "presenter: [Listen]")))
    assert "must be text" in said(spoiled(("title: Being heard", "title: [1, {a: 2}]")))
    assert "must be true or false" in said(spoiled(("core: {keep: true, seconds: 60}", "core: {keep: 1, seconds: 60}")))
    assert said("steps: 5\nstories: x\nrole_cards: [1]\nworkshop: []\nformat: []")
    assert said("steps: [1, {id: [], kind: {}, variants: 4}]\nworkshop: {variants: [], interruption: {}}")


def test_a_stored_step_whose_kind_is_gone_asks_nothing() -> None:
    stored = json.loads(Pack.load(SMALL).model_dump_json())
    stored["steps"][1]["kind"] = "gone_since"
    pack = Pack.model_validate_json(json.dumps(stored))
    step = pack.plan("core")[1]
    assert (step.id, step.kind, step.asks) == ("hello", "_retired", False)
    assert Pack.model_validate_json(pack.model_dump_json()) == pack


def test_the_schema_knows_the_fields_of_every_kind() -> None:
    parts = Pack.schema()["$defs"]
    steps = [parts[way["$ref"].rpartition("/")[2]] for way in parts["Step"]["oneOf"]]
    fields = {step["properties"]["kind"]["const"]: step["properties"] for step in steps}
    assert set(fields) == set(kinds.discover())
    assert "max_entries" in fields["word_cloud"]
    assert "max_entries" not in fields["poll"]
    assert all("prompt" in properties and "config" not in properties for properties in fields.values())


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = Pack.schema()
    wanted = {part.split('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
    assert wanted <= set(schema["$defs"])
