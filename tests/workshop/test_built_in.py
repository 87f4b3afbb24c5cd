"""The workshop that comes along is whole: every idea, every plan to the second, and no word longer than it may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from workshop import kinds
from workshop.checker import report
from workshop.kinds.roleplay import RoleplayConfig
from workshop.manuscript import written
from workshop.pack import Pack, built_in
from workshop.rules.concepts import uncovered
from workshop.stories import TURNS, choices
from workshop.variants import times

PACK = dict(built_in())["leaning-without-losing-yourself"]
PLANS = ("core", "full", "short")

CORE = (
    "s00_warmup", "s02_look_after", "s03_agreement", "s07_messages", "s10_listening", "s12_two_ways",
    "s13_sort_leaning", "s16_worst_help", "s17_sort_help", "s18_breather", "s19_scene_one", "s20_four_lines",
    "s22_practice", "s27_after", "s28_intention", "s29_feedback", "s30_close",
)  # fmt: skip
NOT_IN_SHORT = ("s16_worst_help", "s27_after")
FULL = (
    "s00_warmup", "s01_welcome", "s02_look_after", "s03_agreement", "s04_pulse_in", "s05_before", "s06_word_before",
    "s07_messages", "s08_built_to_bond", "s09_underneath", "s10_listening", "s11_felt_heard", "s12_two_ways",
    "s13_sort_leaning", "s16_worst_help", "s17_sort_help", "s15_quiet", "s18_breather", "s19_scene_one",
    "s20_four_lines", "s21_kind_no", "s22_practice", "s31_stretch", "s23_scene_two", "s24_flux", "s25_six_habits",
    "s26_word_after", "s27_after", "s28_intention", "s29_feedback", "s30_close",
)  # fmt: skip


def of(plan: str) -> list[str]:
    return [step.id for step in PACK.plan(plan)]


def strings(value: Any, *names: str) -> Iterator[str]:
    """Every text that stands under one of these names, wherever it is."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name in names and isinstance(part, str):
                yield part
            yield from strings(part, *names)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part, *names)


# ---------- what it holds ----------


def test_it_is_whole() -> None:
    assert (len(PACK.sections), len(PACK.concepts), len(PACK.steps)) == (10, 68, 32)
    assert (len(PACK.stories), len(PACK.role_cards)) == (4, 10)
    assert (PACK.workshop.interruption, PACK.workshop.breather) == ("s02_look_after", "s18_breather")
    assert set(PACK.measures) == {
        "shift6", "then_and_now", "boundary_word", "then_test", "plan_confidence", "feedback", "pulses",
    }  # fmt: skip
    assert len(PACK.facilitator_pack.setup_questions) == 2
    assert PACK.facilitator_pack.bad_try
    assert PACK.facilitator_pack.care_card
    assert PACK.credits


def test_it_uses_every_kind_that_there_is() -> None:
    assert {step.kind for step in PACK.steps} == {slug for slug in kinds.discover() if not slug.startswith("_")}


def test_each_plan_has_its_steps_in_their_order() -> None:
    assert of("core") == [*CORE]
    assert of("full") == [*FULL]
    assert of("short") == [step for step in CORE if step not in NOT_IN_SHORT]
    assert PACK.workshop.variants.default == "core"


def test_one_step_is_off_until_a_facilitator_turns_it_on() -> None:
    off = [(step.id, [plan for plan in PLANS if step.variants[plan].keep]) for step in PACK.steps if step.default_off]
    assert off == [("s14_stories", ["full"])]


# ---------- its ideas ----------


def test_the_full_plan_covers_every_idea_of_the_source() -> None:
    covered = {concept for step in PACK.plan("full") for concept in step.covers}
    assert covered == {concept.id for concept in PACK.concepts} == {f"C{n:02}" for n in range(1, 69)}


@pytest.mark.parametrize("plan", PLANS)
def test_what_a_plan_leaves_out_is_said_and_true(plan: str) -> None:
    left_out = [*PACK.workshop.variants[plan].concepts_not_covered]
    assert left_out == uncovered(PACK, plan)
    assert len(left_out) == {"core": 15, "full": 0, "short": 15}[plan]


# ---------- its time ----------


@pytest.mark.parametrize(
    ("plan", "steps", "minutes", "planned", "late"),
    [("core", 17, 60, "59:15", "4:45"), ("full", 31, 105, "103:45", "19:15"), ("short", 15, 45, "42:40", "3:55")],
)
def test_a_plan_adds_up_to_the_second(plan: str, steps: int, minutes: int, planned: str, late: str) -> None:
    variant, kept = PACK.workshop.variants[plan], PACK.plan(plan)
    taken = times(variant, [step.seconds for step in kept])
    assert (taken.steps, variant.minutes, clock(taken.planned_seconds)) == (steps, minutes, planned)
    assert (variant.plan.steps, variant.plan.step_seconds) == (taken.steps, taken.step_seconds)
    assert (variant.plan.planned_seconds, variant.plan.slack_seconds) == (taken.planned_seconds, taken.slack_seconds)
    assert taken.slack_seconds >= 0
    gone = [step.seconds + variant.plan.transition_seconds for step in kept if step.id in variant.flex_order]
    assert clock(sum(gone)) == late


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


@pytest.mark.parametrize("plan", PLANS)
def test_what_goes_when_it_is_late_is_there_and_may_go(plan: str) -> None:
    flexible = PACK.workshop.variants[plan].flex_order
    assert flexible
    assert {*flexible} <= {*of(plan)}
    needed = {"s02_look_after", "s03_agreement", "s30_close"}
    assert PACK.stays(plan) == needed
    assert not needed & {*flexible}


@pytest.mark.parametrize("plan", PLANS)
def test_people_step_out_of_a_role_before_they_talk_about_it(plan: str) -> None:
    configs = [step.config for step in PACK.plan(plan) if isinstance(step.config, RoleplayConfig)]
    assert len(configs) == 2
    for config in configs:
        assert [stage.id for stage in config.stages][-2:] == ["derole", "debrief"]


@pytest.mark.parametrize(
    ("plan", "step_id", "three", "four"),
    [
        ("core", "s19_scene_one", 480, 575),
        ("full", "s19_scene_one", 540, 640),
        ("full", "s23_scene_two", 480, 570),
        ("short", "s19_scene_one", 420, 505),
    ],
)
def test_a_longer_story_takes_as_much_longer_as_its_turns(plan: str, step_id: str, three: int, four: int) -> None:
    (step,) = [step for step in PACK.plan(plan) if step.id == step_id]
    kind = kinds.get(step.kind)
    usual = kind.length(step.config)
    assert usual is not None
    for story in PACK.stories:
        length = kind.length(step.config, {"story": story.id})
        assert length is not None
        assert step.seconds + length - usual == {TURNS["three_turns"]: three, TURNS["four_turns"]: four}[story.turns]
    assert {story.turns for story in PACK.stories} == {3, 4}


# ---------- its words ----------


@pytest.mark.parametrize(
    ("names", "most"),
    [
        (("prompt", "ask", "talk_instead", "debrief_question"), 140),
        (("caption",), 70),
        (("scene",), 320),
        (("setting", "asker", "answerer", "observer", "card"), 240),
    ],
)
def test_no_text_is_longer_than_a_phone_or_a_back_row_can_take(names: tuple[str, ...], most: int) -> None:
    texts = [*strings(PACK.model_dump(mode="json"), *names)]
    assert len(texts) >= 20
    assert [text for text in texts if len(text) > most] == []


def test_no_choice_and_no_line_to_sort_is_longer_than_it_may_be() -> None:
    steps = [step.config.model_dump() for step in PACK.steps]
    options = [text for step in steps for text in strings(step.get("options", ()), "text")]
    options += [text for step in steps for text in strings(step.get("questions", ()), "text")]
    taken = [choice.text for story in PACK.stories for _node, choice, _place in choices(story)]
    lines = [text for step in steps for name in ("statements", "spare_statements") for text in
             strings(step.get(name, ()), "text")]  # fmt: skip
    assert min(len(options), len(taken), len(lines)) > 20
    assert [text for text in (*options, *taken) if len(text) > 60] == []
    assert [text for text in lines if len(text) > 72] == []


def test_its_own_checker_has_nothing_to_say_about_the_file() -> None:
    assert report(written(PACK)) == []


# ---------- its stories ----------


@pytest.mark.parametrize("story", PACK.stories, ids=lambda story: str(story.id))
def test_no_kind_of_choice_always_ends_well_or_always_badly(story: Any) -> None:
    last = [(choice.lean, choice.to) for _node, choice, _place in choices(story) if choice.to in story.endings]
    for lean in {lean for lean, _ending in last}:
        assert len({ending for one, ending in last if one == lean}) >= 2, lean
    tones = {(lean, story.endings[ending].tone) for lean, ending in last}
    assert {("help", "kind"), ("limit", "costly")} <= tones
    assert all(ending.kindly and ending.debrief for ending in story.endings.values())


def test_it_reads_the_same_after_a_download() -> None:
    assert Pack.load(written(PACK)) == PACK
