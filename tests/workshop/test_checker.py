"""The rules that a pack must or should keep, each with the place where it is broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linked_pack import LINKED
from tests.measures_pack import LINES, LOOKS_BACK, TRUE
from tests.room_pack import step
from tests.sorting_pack import SORTING
from tests.workshop.small_pack import SMALL, line_of, spoiled
from tests.workshop.test_pack import STORY
from workshop import yaml_source
from workshop.checker import check, report
from workshop.pack import Pack, PackError, built_in
from workshop.problems import Problem

SILENT = "talk_instead: Who helped us get here?"


def found(text: str, part: str) -> Problem:
    """The one problem whose sentence has this part."""
    (problem,) = [problem for problem in report(text) if part in problem.message]
    return problem


def test_the_smallest_useful_pack_is_without_fault() -> None:
    assert report(SMALL) == []


def test_nothing_at_all_can_be_said_against_the_built_in_packs() -> None:
    for _name, pack in built_in():
        assert [str(problem) for problem in check(pack)] == []


@pytest.mark.parametrize(
    ("old", "new", "level", "place", "part"),
    [
        (f"    {SILENT}\n", "", "error", "steps › hello", "needs talk_instead"),
        ("reveal: live\n    sensitivity: low", "reveal: live\n    sensitivity: personal", "error",
         "steps › hello › reveal", "'live' is for steps of low sensitivity only"),
        ("min_show: 3", "min_show: 2", "warning", "steps › hello › min_show", "nothing is shown of fewer than 3"),
        ("reveal: never\n    sensitivity: care", "reveal: after_close\n    sensitivity: care", "error",
         "steps › care › reveal", "a care step shows and exports nothing"),
        ("    covers: [C01]", "    covers: [C01, C99]", "error", "steps › hello › covers[1]", "there is no 'C99'"),
        ("section: S1", "section: S9", "error", "concepts › C01 › section", "there is no section S9"),
        ("      concepts_not_covered: [C01]\n", "", "error", "workshop.variants.short.concepts_not_covered",
         "no step of this plan covers C01"),
        ("      flex_order: [hello]", "      flex_order: [hello]\n      concepts_not_covered: [C01]", "error",
         "workshop.variants.core.concepts_not_covered", "C01 should not stand here"),
        ("flex_order: [hello]", "flex_order: [hallo]", "error", "workshop.variants.core.flex_order[0]",
         "'hallo' is not a step of this plan. Did you mean 'hello'?"),
        ("      concepts_not_covered: [C01]", "      flex_order: [hello]\n      concepts_not_covered: [C01]", "error",
         "workshop.variants.short.flex_order[0]", "'hello' is not a step of this plan"),
        ("flex_order: [hello]", "flex_order: [care]", "error", "workshop.variants.core.flex_order[0]",
         "'care' never goes: people need the care pages, the agreement and the end"),
        ("flex_order: [hello]", "flex_order: [talk]", "error", "workshop.variants.core.flex_order[0]",
         "'talk' never goes"),
        ("    reveal: never\n    sensitivity: care", "    needs_helper: true\n    reveal: never\n    sensitivity: care",
         "error", "steps › care › needs_helper", "'care' always stays: it cannot wait for a helper"),
        ("minutes: 15", "minutes: 4", "error", "workshop.variants.short.minutes", "take 10 seconds more than this"),
        ("transition_seconds: 20}", "transition_seconds: 20, planned_seconds: 251}", "error",
         "workshop.variants.short.plan.planned_seconds", "is 250 in truth"),
        ("transition_seconds: 20}", "transition_seconds: 20, slack_seconds: 5}", "error",
         "workshop.variants.short.plan.slack_seconds", "is 650 in truth"),
        ("core: {keep: true, seconds: 210}", "core: {keep: true, seconds: 200}", "error",
         "steps › talk › variants.core", "the stages take 210 seconds, the step 200"),
        ("prompt: How did you get here?", "prompt: How do addicts get here?", "warning", "steps › hello › prompt",
         "'addicts': better 'someone with an addiction'"),
        ("text: By bus", "text: The toxic way", "warning", "steps › hello › options[1].text", "'toxic'"),
        ("asker: You need", "asker: Look up. You need", "warning", "role_cards › p01 › asker", "'Look up' needs sight"),
        ("title: Being heard", "title: The Holyoake index", "warning", "steps › talk › title", "ask before you use it"),
        ("    reveal: none", "    paper: true", "error", "steps › talk › paper", "paper is for counts"),
        ("credit_line: After a post. The words are ours.", "credit_line: ' '", "error",
         "workshop.source.credit_line", "after which source"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named_with_its_place(old: str, new: str, level: str, place: str, part: str) -> None:
    problem = found(spoiled((old, new)), part)
    assert (problem.level, problem.place) == (level, place)


def test_a_problem_has_the_line_of_the_file() -> None:
    text = spoiled(("min_show: 3", "min_show: 2"))
    assert found(text, "fewer than 3").line == line_of("min_show: 2", text)
    assert str(found(text, "fewer than 3")).startswith(
        f"line {line_of('min_show: 2', text)}: steps › hello › min_show: "
    )


def test_a_sorting_without_a_third_way_is_an_error_at_its_categories() -> None:
    third = ", {id: depends, text: It depends}"
    for article in ("depends", "help"):  # the lines that lean to it are not told besides
        problem = found(SORTING.replace(third, "", 1).replace("article: depends", f"article: {article}"), "a third way")
        assert (problem.level, problem.place) == ("error", "steps › sort › categories")
        assert problem.line == line_of("    categories:", SORTING)


def test_lines_of_a_step_name_concepts_that_are_there() -> None:
    for place, id in (("sort › statements[0]", "boss"), ("rank › options[0]", "values")):
        at = SORTING.index(f"id: {id}")
        problem = found(SORTING[:at] + SORTING[at:].replace("[C01]", "[C09]", 1), "there is no 'C09'")
        assert problem.place == f"steps › {place}.covers[0]"


def test_a_pack_without_concepts_is_an_error() -> None:
    text = spoiled(
        ("  - {id: C01, section: S1, name: leaning, idea: Leaning is human.}", "  []"),
        ("    covers: [C01]\n", ""),
        ("      concepts_not_covered: [C01]\n", ""),
    )
    assert found(text, "list the ideas").place == "concepts"


def test_a_concept_that_no_step_of_the_largest_plan_covers_is_an_error_even_where_it_is_said() -> None:
    silent = spoiled(("    covers: [C01]\n", ""))
    assert found(silent, "no step of this plan covers C01").level == "error"
    said = spoiled(("    covers: [C01]\n", ""), ("      flex_order: [hello]", "      concepts_not_covered: [C01]"))
    problem = found(said, "no step of the largest plan covers C01")
    assert (problem.level, problem.place) == ("error", "workshop.variants.core.concepts_not_covered")


def test_a_copy_may_go_without_a_step_that_covers_a_concept() -> None:
    without = "      left_out: [hello]\n      concepts_not_covered: [C01]"
    problem = found(spoiled(("      flex_order: [hello]", without)), "even the largest plan leaves out 1 of 1")
    assert problem.level == "warning"


TENDER = "reveal: live\n    sensitivity: low"
NOW_TENDER = "reveal: after_close\n    sensitivity: tender"


def test_a_tender_step_needs_a_safety_note_and_does_not_come_early() -> None:
    text = spoiled((TENDER, NOW_TENDER))
    assert found(text, "needs a safety note").level == "error"
    assert found(text, "minutes after the start of plan 'core'").level == "warning"


def test_a_tender_step_comes_after_the_interruption_page() -> None:
    text = spoiled((TENDER, NOW_TENDER), ("  interruption: care\n", ""))
    assert found(text, "no interruption page comes before it").place == "steps › hello"
    skipped = spoiled((TENDER, NOW_TENDER), ("      core: {keep: true, seconds: 60}", "      core: {keep: false}"))
    assert found(skipped, "in plan 'core' no interruption page").level == "error"
    kept = spoiled((TENDER, NOW_TENDER))
    assert not [problem for problem in report(kept) if "no interruption page" in problem.message]


def test_rest_follows_two_tender_steps() -> None:
    text = spoiled(
        (TENDER, NOW_TENDER), ("reveal: none\n    sensitivity: personal", "reveal: none\n    sensitivity: tender")
    )
    assert found(text, "nothing calm follows").place == "steps › talk"


PULSE = """    kind: pulse
    title: Warm-up
    prompt: How are you arriving?
    options:
      - {id: foot, text: Steady}
      - {id: bus, text: Stirred up, stirred: true}
"""
CARE = "reveal: facilitator_only\n    sensitivity: care"
POLL = SMALL[SMALL.index("    kind: poll\n") : SMALL.index("    seconds: 60\n", SMALL.index("    kind: poll\n"))]
A_PULSE = ((POLL, PULSE), ("prompt: How did you come here today?, ", ""), (TENDER, CARE))


def test_a_pulse_is_a_care_step_that_only_the_facilitator_sees() -> None:
    assert report(spoiled(*A_PULSE)) == []
    shown = spoiled(*A_PULSE, (CARE, "reveal: after_close\n    sensitivity: low"))
    assert found(shown, "say 'facilitator_only'").place == "steps › hello › reveal"
    assert found(shown, "and so a care step").place == "steps › hello › sensitivity"


@pytest.mark.parametrize(
    ("changes", "place", "part"),
    [
        ((("reveal: facilitator_only", "reveal: live"),), "steps › hello › reveal", "shows and exports nothing"),
        ((("    min_show: 3\n", "    paper: true\n"),), "steps › hello › paper", "not asked on paper"),
        (
            (("    min_show: 3\n", "    measure: {role: then_and_now, pair: x}\n"),),
            "steps › hello › measure",
            "no part of a measure",
        ),
        (
            ((PULSE, "    kind: open_text\n    title: Warm-up\n    prompt: How are you?\n"),),
            "steps › hello",
            "asks for no texts",
        ),
    ],
)
def test_nothing_of_a_care_step_is_shown_in_any_way(changes: Any, place: str, part: str) -> None:
    problem = found(spoiled(*A_PULSE, *changes), part)
    assert (problem.level, problem.place) == ("error", place)


def test_a_step_that_goes_when_many_are_stirred_up_needs_a_pulse_that_can_tell() -> None:
    skips = ("    reveal: none", "    skip_when: {stirred_share_at_least: 0.4}\n    reveal: none")
    said = "no pulse before it in plan"
    assert {problem.level for problem in report(spoiled(skips)) if said in problem.message} == {"warning"}
    short_has_none = spoiled(*A_PULSE, skips)
    assert "'short'" in found(short_has_none, said).message
    marks_none = spoiled(*A_PULSE, skips, (", stirred: true", ""))
    assert len([problem for problem in report(marks_none) if said in problem.message]) == 2


def test_a_playful_step_leaves_a_tender_one_alone() -> None:
    playful = ("    debrief_question: What helped?\n", "    debrief_question: What helped?\n    playful: true\n")
    problem = found(spoiled((TENDER, NOW_TENDER), playful), "playful, right after a tender step in plan 'core'")
    assert (problem.level, problem.place) == ("warning", "steps › talk")
    assert report(spoiled(playful)) == []


def test_the_interruption_page_is_a_care_step() -> None:
    text = spoiled(("reveal: never\n    sensitivity: care", "reveal: never\n    sensitivity: low"))
    assert found(text, "is a care step").place == "steps › care › sensitivity"


def test_a_pack_rewords_only_what_is_said() -> None:
    assert found(f"{SMALL}strings:\n  svaed: Safe.\n", "no screen says 'svaed'").message.endswith(
        "Did you mean 'saved'?"
    )
    assert report(f"{SMALL}strings:\n  saved: Safe.\n") == []


def test_a_pack_keeps_the_places_of_a_sentence() -> None:
    text = f"{SMALL}strings:\n  choose_up_to: Choose a few.\n  saved: Safe, {{n}}.\n"
    assert found(text, "exactly these places: {n}").place == "strings.choose_up_to"
    assert found(text, "exactly these places: none").place == "strings.saved"


def test_a_measure_is_asked_before_and_after() -> None:
    text = spoiled(("    covers: [C01]\n", "    covers: [C01]\n    measure: {role: pre, pair: m}\n"))
    assert found(text, "there is no 'm'").place == "steps › hello › measure.pair"
    text += "measures:\n  m: {steps: [hello], variants: [core], kind: paired, show: both}\n"
    assert found(text, "in plan 'core' a step asks it as 'pre', none as 'post'").place == "measures.m"
    alone = found(text.replace("role: pre", "role: post"), "in plan 'core' a step asks it as 'post', none as 'pre'")
    assert (alone.level, alone.place) == ("error", "measures.m")


TO_SIX = TRUE.replace("values: [4, 5]", "values: [4, 5, 6]").replace("      low: Not", "      max: 6\n      low: Not")


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (
            "role: post, pair: shift",
            "role: then_and_now, pair: shift",
            "steps › first › measure",
            "in plan 'core' the next linked step must be the 'post' of the same pair",
        ),
        (
            "role: pre, pair: shift",
            "role: then_and_now, pair: shift",
            "steps › second › measure",
            "in plan 'core' the last linked step before it must be the 'pre' of the same pair",
        ),
        (
            f"{TRUE}\n{LOOKS_BACK}",
            TO_SIX,
            "steps › second › measure",
            "both halves of a linked pair need the same kind and scale",
        ),
    ],
    ids=["no second", "no first", "another scale"],
)
def test_both_halves_of_a_linked_measure_are_asked_in_a_plan_and_alike(
    old: str, new: str, place: str, said: str
) -> None:
    assert found(LINKED.replace(old, new), said).place == place


def test_a_phone_keeps_one_answer_so_linked_pairs_do_not_overlap() -> None:
    other = step("other", "grid", "personal", f"{LINES}\n{TRUE}\n    measure: {{role: pre, pair: picture}}")
    text = LINKED.replace("  - id: between\n", f"{other}  - id: between\n")
    places = {problem.place for problem in report(text) if "the next linked step must be" in problem.message}
    assert places == {"steps › first › measure", "steps › other › measure"}


def asks(*effects: str) -> str:
    """The small pack with set-up questions that have these effects."""
    questions = "".join(
        f"    - id: know{i}\n      ask: Who is here?\n      effects: {one}\n" for i, one in enumerate(effects)
    )
    return f"{SMALL}facilitator_pack:\n  setup_questions:\n{questions}"


EFFECTS = "facilitator_pack.setup_questions[0].effects"


def test_set_up_questions_name_what_is_there() -> None:
    text = asks("{off_steps: [hallo], hidden_cards: [p02]}")
    assert found(text, "there is no 'hallo'").place == f"{EFFECTS}.off_steps[0]"
    assert found(text, "there is no 'p02'").line == line_of("p02", text)


def test_set_up_questions_are_told_apart() -> None:
    text = asks("{off_steps: [hello]}", "{off_steps: [hello]}").replace("id: know1", "id: know0")
    assert found(text, "'know0' is used twice").place == "facilitator_pack.setup_questions[1].id"


def test_no_answer_leaves_out_what_people_need() -> None:
    assert found(asks("{off_steps: [care]}"), "'care' never goes").place == f"{EFFECTS}.off_steps[0]"
    assert found(asks("{off_steps: [talk]}"), "'talk' never goes").level == "error"
    assert report(asks("{off_steps: [hello]}")) == []


def test_a_line_is_added_to_an_agreement_that_has_no_such_line() -> None:
    line = "{agreement_line: {id: pass, text: Passing is fine.}}"
    assert found(asks(line), "no step of this pack is an agreement").place == f"{EFFECTS}.agreement_line"
    agree = step("agree", "agreement", "low", "    items: [{id: pass, text: Pass.}]")
    text = asks(line).replace("  - id: talk\n", f"{agree}  - id: talk\n", 1)
    assert found(text, "'pass' is a line of the agreement already").place == f"{EFFECTS}.agreement_line.id"
    long = asks(line.replace("Passing is fine.", "x" * 91))
    assert found(long, "90").place == f"{EFFECTS}.agreement_line.text"


def test_something_is_left_to_play_whatever_is_answered() -> None:
    at = EFFECTS
    assert found(asks("{hidden_cards: [p01]}"), "hides all that 'Being heard' is played with").place == at
    other = "  - id: p02\n" + SMALL.partition("  - id: p01\n")[2].partition("help_sheet:")[0]
    two = asks("{hidden_cards: [p01]}", "{hidden_cards: [p02]}").replace("help_sheet:\n", f"{other}help_sheet:\n", 1)
    two = two.replace("cards_ref: [p01]", "cards_ref: [p01, p02]")
    assert found(two, "hides all that 'Being heard'").place == "facilitator_pack.setup_questions"


def test_a_story_has_no_right_answer() -> None:
    problems = [problem.message for problem in report(SMALL + STORY)]
    assert problems == [
        "a last choice of the kind 'help' always leads to well",
        "a last choice of the kind 'limit' always leads to badly",
    ]


def test_helping_can_end_well_and_a_limit_can_cost() -> None:
    story = STORY.replace("tone: kind", "tone: TONE").replace("tone: costly", "tone: kind").replace("TONE", "costly")
    said = [problem.message for problem in report(SMALL + story)]
    assert "no choice that helps leads to a kind ending" in said
    assert "no choice that sets a limit leads to a costly ending" in said


LOST = """\
stories:
  - id: lost
    title: Lost
    caption: What now?
    about: Two friends.
    cast: {lead: Mika}
    content_note: Debt.
    say: Two friends.
    turns: 2
    start: n1
    nodes:
      n1:
        turn: 1
        scene: Dani calls.
        ask: What now?
        choices:
          - {id: a, text: Help, to: n2, lean: help}
          - {id: b, text: Wait, to: gone, lean: limit}
      n2:
        turn: 2
        scene: Later.
        ask: And now?
        choices:
          - {id: a, text: Once more, to: n1, lean: help}
          - {id: b, text: Wait, to: n3, lean: limit}
      n3:
        turn: 3
        scene: Much later.
        ask: And now?
      n4:
        turn: 2
        scene: Nobody comes here.
        ask: And now?
        choices:
          - {id: a, text: Help, to: well, lean: help}
          - {id: b, text: Wait, to: well, lean: limit}
    endings:
      well: {title: Well, tone: kind, text: Good., kindly: Fine., debrief: Why?}
    derole: You are you.
"""


@pytest.mark.parametrize(
    ("place", "words", "sentence"),
    [
        ("nodes.n1.choices[1].to", "to: gone", "leads to gone, which is not there"),
        ("nodes.n2.choices[0].to", "to: n1", "leads round in a circle: n1 → n2 → n1"),
        ("nodes.n3.choices", "n3:\n", "a dead end: a scene needs at least 2 choices"),
        ("nodes.n4", "n4:\n", "no road leads here"),
        ("endings.well", "well: {", "no road leads here"),
        ("endings", "endings:", "a story needs at least 2 endings"),
        ("nodes.n4.choices[0].lean", "to: well, lean: help", "a last choice of the kind 'help' always leads to well"),
        ("endings", "endings:", "no choice that sets a limit leads to a costly ending"),
    ],
)
def test_every_fault_of_a_story_is_named_at_once_each_with_its_line(place: str, words: str, sentence: str) -> None:
    text = SMALL + LOST
    said = {(problem.place, problem.line, problem.message) for problem in report(text)}
    assert (f"stories › lost › {place}", line_of(words, text), sentence) in said
    with pytest.raises(PackError):
        Pack.load(text)


def test_safety_is_not_put_to_a_vote() -> None:
    assert (
        found(SMALL + STORY.replace("text: Wait", "text: Take the knife", 1), "safety to the vote").level == "warning"
    )


def test_hard_reading_is_a_warning_where_a_pack_has_a_target() -> None:
    hard = (
        "Interpersonal dependency characteristically necessitates continuous renegotiation of reciprocal obligations "
    )
    text = spoiled(
        ("  interruption: care", "  reading_grade_target: 8\n  interruption: care"),
        ("      Pass is always there.", f"      {hard * 3}"),
    )
    assert found(text, "reads at about grade").place == "steps › care"


def test_the_rules_are_told_beside_what_makes_a_file_no_pack() -> None:
    text = spoiled(
        ("format: workshop/1", "format: workshop/2"),
        ("title: Being heard", f"title: {'a' * 90}"),
        ("min_show: 3", "min_show: 2"),
    )
    text = text.replace("    covers: [C01]\n", "    covers: [C02]\n    cofers: []\n")
    places = [problem.place for problem in report(text)]
    assert "steps › hello › cofers" in places
    assert "steps › hello › min_show" in places
    assert "steps › hello › covers[0]" in places
    assert "format" in places


DATA = yaml_source.read(SMALL + STORY).data
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "kind", "n", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def ways(value: Any, so_far: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every part of some plain data."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*so_far, name)
        yield from ways(part, (*so_far, name))


@given(st.lists(st.tuples(st.sampled_from(list(ways(DATA))), ANYTHING), min_size=1, max_size=3))
def test_a_pack_with_anything_anywhere_is_reported_and_not_raised(
    changes: list[tuple[tuple[str | int, ...], Any]],
) -> None:
    spoilt = deepcopy(DATA)
    for (*way, last), value in changes:
        part: Any = spoilt
        for name in way:
            part = yaml_source.inside(part, name)
        there = isinstance(part, dict) or (isinstance(part, list) and isinstance(last, int) and last < len(part))
        if there:
            part[last] = value
    for problem in report(json.dumps(spoilt)):
        assert problem.message


def test_a_file_that_is_no_yaml_is_reported_and_not_raised() -> None:
    (problem,) = report("a: &x 1")
    assert problem.message.startswith("anchors and aliases")
    assert report("- 1")


@pytest.mark.parametrize("kept", ["5", "boss", "[5]", "{boss: true}"])
def test_a_plan_that_keeps_anything_but_a_list_of_ids_is_told_so(kept: str) -> None:
    """A sentence in its line, and no traceback."""
    at = SORTING.index("id: sort\n")
    plan = "core: {keep: true, seconds: 60}"
    text = SORTING[:at] + SORTING[at:].replace(plan, plan.replace("60}", f"60, statements: {kept}}}"), 1)
    assert text != SORTING
    assert any(
        problem.level == "error" and "statements" in f"{problem.place} {problem.message}" for problem in report(text)
    )
