"""The rules for authors, row by row: a pack that breaks one is told so, at its place, as seriously as it is meant."""

from __future__ import annotations

import pytest

from tests.workshop.small_pack import SMALL, spoiled
from tests.workshop.test_pack import STORY
from workshop import kinds
from workshop.checker import report
from workshop.kinds.kind import Kind
from workshop.problems import Problem


def found(text: str, part: str) -> Problem:
    """The one problem whose sentence has this part."""
    (problem,) = [problem for problem in report(text) if part in problem.message]
    return problem


ASKED = """\
  - id: {id}
    phase: widen
    title: What we found
    prompt: What did you find?
    seconds: 60
    variants:
      core: {{keep: true, seconds: 60{core}}}
      short: {{keep: false}}
    sensitivity: {sensitivity}
    talk_instead: What did we find?
    presenter: {{caption: What we found}}
    facilitator: {{say: Take your time., do: [Wait.]}}
    safety: Nobody has to.
    {kind}
"""
GRID = """kind: grid
    items: [{id: ask, text: I can ask.}, {id: refuse, text: I can refuse.}]
    scale: {low: Not, high: Fully}"""
SORT = """kind: sorting
    categories: [{id: one, text: One}, {id: two, text: Two}, {id: both, text: It depends}]
    statements: [{id: tea, text: Making tea, article: one}]"""
WRITE, CLOUD = "kind: open_text", "kind: word_cloud"
VOTE = """kind: story
    scene_ref: tale
    turn_timing: {read: 5, talk: 5, vote: 5, result: 5}
    ending_timing: {read: 5, debrief: 10, derole: 5}"""
EVERY_QUESTION = {
    "poll": "kind: poll\n    options: [{id: one, text: One}, {id: two, text: Two}]",
    "scale": "kind: scale\n    scale: {low: Not, high: Fully}",
    "grid": GRID,
    "form": "kind: form\n    questions: [{id: ease, kind: scale, prompt: How?, scale: {low: Not, high: Fully}}]",
    "word_cloud": CLOUD,
    "open_text": WRITE,
    "ranking": "kind: ranking\n    options: [{id: one, text: One}, {id: two, text: Two}]",
    "sorting": SORT,
    "story": VOTE,
    "agreement": "kind: agreement\n    items: [{id: share, text: We share the time.}]",
    "pulse": """kind: pulse
    reveal: facilitator_only
    options: [{id: calm, text: Calm}, {id: not_so, text: Not so}]""",
    "intention": "kind: intention\n    fields: [{id: will, label: I will, max_chars: 60}]",
}
MEASURES = "measures:\n  m: {steps: [then, last], variants: [core], kind: paired, show: both}\n"


def asked(id: str, kind: str, sensitivity: str = "low", core: str = "", **more: str) -> str:
    """One more step, in the plan `core` alone."""
    fields = "".join(f"\n    {name}: {value}" for name, value in more.items())
    return ASKED.format(id=id, kind=kind + fields, sensitivity=sensitivity, core=core and f", {core}")


def with_steps(*steps: str) -> str:
    """The small pack with more steps at the end of its agenda, and time for them."""
    text = spoiled(("minutes: 30", "minutes: 90"))
    return text.replace("role_cards:\n", "".join(steps) + "role_cards:\n", 1)


@pytest.mark.parametrize("kind", EVERY_QUESTION)
def test_every_kind_that_counts_needs_something_to_talk_about_instead(kind: str) -> None:
    """Of all kinds that there are: whatever else asks nothing."""
    assert set(EVERY_QUESTION) == {slug for slug, one in kinds.discover().items() if _asks(one)}
    text = with_steps(asked("more", EVERY_QUESTION[kind], "care" if kind == "pulse" else "low")) + STORY
    assert [str(one) for one in report(text) if one.level == "error" and one.place.startswith("steps")] == []
    silent = text.replace("    talk_instead: What did we find?\n", "")
    problem = found(silent, "needs talk_instead")
    assert (problem.level, problem.place) == ("error", "steps › more")


def _asks(kind: Kind) -> bool:
    return kind.slug != "_retired" and kind.question(kind.example()[0], []) is not None


def test_paper_is_for_five_steps_of_a_plan_at_most() -> None:
    five = [asked(f"more{n}", SORT, paper="true") for n in range(5)]
    assert [str(problem) for problem in report(with_steps(*five))] == []
    six = with_steps(*five, asked("last", SORT, core="paper: true"))
    problem = found(six, "no more than 5 steps on paper")
    assert (problem.level, problem.place) == ("error", "steps › last › variants.core.paper")
    spared = with_steps(*five, asked("last", SORT, core="paper: false", paper="true"))
    assert [str(problem) for problem in report(spared)] == []


@pytest.mark.parametrize(("kind", "sensitivity"), [(SORT, "tender"), (WRITE, "low"), (CLOUD, "low"), (VOTE, "low")])
def test_paper_is_not_for_what_is_tender_or_written_or_told(kind: str, sensitivity: str) -> None:
    problem = found(with_steps(asked("more", kind, sensitivity, paper="true")) + STORY, "paper is for counts")
    assert (problem.level, problem.place) == ("error", "steps › more › paper")


def test_half_of_a_linked_measure_is_not_on_paper() -> None:
    then = asked("then", GRID, measure="{role: pre, pair: m}", paper="true")
    text = with_steps(then, asked("last", GRID, measure="{role: post, pair: m}")) + MEASURES
    assert found(text, "paper is for counts").place == "steps › then › paper"


def test_a_second_step_that_asks_for_a_personal_text_is_a_warning() -> None:
    one = asked("one", WRITE, "personal")
    assert [str(problem) for problem in report(with_steps(one, asked("two", WRITE)))] == []
    problem = found(with_steps(one, asked("two", WRITE, "personal")), "a second step that asks for a personal text")
    assert (problem.level, problem.place) == ("warning", "steps › two")


def test_what_is_measured_twice_has_the_same_lines() -> None:
    then, last = "{role: pre, pair: m}", "{role: post, pair: m}"
    alike = with_steps(asked("then", GRID, measure=then), asked("last", GRID, measure=last)) + MEASURES
    assert [str(problem) for problem in report(alike)] == []
    fewer = with_steps(asked("then", GRID, measure=then), asked("last", GRID, core="items: [ask]", measure=last))
    problem = found(fewer + MEASURES, "in plan 'core' its lines differ before and after")
    assert (problem.level, problem.place) == ("error", "measures.m")


BACK = GRID + "\n    mode: then_and_now\n    columns: [{id: then, text: Then}, {id: now, text: Now}]"


def test_looking_back_on_one_screen_is_linked_to_nothing() -> None:
    alone = with_steps(asked("last", BACK, measure="{role: then_and_now, pair: m}"))
    measures = MEASURES.replace("then, ", "")
    assert [str(problem) for problem in report(alone + measures)] == []
    before = asked("then", GRID, measure="{role: pre, pair: m}")
    for role in ("then_and_now", "post"):
        text = with_steps(before, asked("last", BACK, measure=f"{{role: {role}, pair: m}}")) + MEASURES
        problem = found(text, "it looks back and is asked before too")
        assert (problem.level, problem.place) == ("error", "measures.m")


def test_the_turns_of_a_story_add_up_in_every_plan() -> None:
    right = with_steps(asked("more", VOTE)) + STORY
    assert not [problem for problem in report(right) if "the stages take" in problem.message]
    problem = found(right.replace("debrief: 10", "debrief: 20"), "the stages take 70 seconds, the step 60")
    assert (problem.level, problem.place) == ("error", "steps › more › variants.core")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("say: Hello and welcome.", "say: Look up now."), "steps › hello › facilitator.say"),
        (("say: One easy question.", "say: Look up now."), "steps › hello › variants.core.say"),
        (("prompt: How did you come here today?", "prompt: Find the blue chair."),
         "steps › hello › variants.core.prompt"),
        (("    options:\n      - {id: join", "    lead_in: As you can see.\n    options:\n      - {id: join"),
         "steps › care › lead_in"),
    ],
)  # fmt: skip
def test_no_cue_needs_sight_in_any_plan(change: tuple[str, str], place: str) -> None:
    problem = found(spoiled(change), "needs sight")
    assert (problem.level, problem.place) == ("warning", place)


def test_wordings_of_the_interface_need_no_sight_either() -> None:
    assert found(f"{SMALL}strings:\n  saved: Look up.\n", "needs sight").place == "strings.saved"


@pytest.mark.parametrize("scale", ["Spann-Fischer", "Holyoake", "Friel", "Relationship Profile Test", "Net Promoter"])
def test_scales_that_belong_to_somebody_are_named(scale: str) -> None:
    problem = found(spoiled(("title: Being heard", f"title: The {scale} lines")), "ask before you use it")
    assert (problem.level, problem.place) == ("warning", "steps › talk › title")


@pytest.mark.parametrize(
    ("text", "most"),
    [
        (spoiled(("prompt: How did you get here?", f"prompt: {'a' * 141}")), 140),
        (spoiled(("text: By bus", f"text: {'a' * 61}")), 60),
        (spoiled(("asker: You need help with the shopping.", f"asker: {'a' * 241}")), 240),
        (spoiled(("caption: Listen", f"caption: {'a' * 71}")), 70),
        (SMALL + STORY.replace("scene: Dani calls.", f"scene: {'a' * 321}"), 320),
        (SMALL + STORY.replace("text: Help", f"text: {'a' * 61}", 1), 60),
        (SMALL + STORY.replace("caption: What now?", f"caption: {'a' * 71}"), 70),
        (with_steps(asked("more", SORT.replace("Making tea", "a" * 73))), 72),
        (with_steps(asked("more", GRID.replace("I can ask.", "a" * 73))), 72),
    ],
)  # fmt: skip
def test_what_is_longer_than_a_phone_or_a_back_row_can_take_is_an_error(text: str, most: int) -> None:
    problem = found(text, f"; at most {most}")
    assert problem.level == "error"


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "true", "null"])
@pytest.mark.parametrize("named", ["id: hello", "id: join", "id: prep", "id: p01"])
def test_no_id_is_one_that_yaml_reads_as_something_else(word: str, named: str) -> None:
    assert any(problem.level == "error" for problem in report(spoiled((named, f"id: {word}"))))
