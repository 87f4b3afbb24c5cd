"""What follows from the answers to set-up questions, in packs with any number of them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.asked_pack import ASKED
from workshop import setup
from workshop.checker import report
from workshop.pack import Pack, Step, built_in
from workshop.setup import NOTHING, Setup

PACK = Pack.load(ASKED)
OURS = built_in()[0][1]
IDS = [question.id for question in PACK.facilitator_pack.setup_questions]


def said(*yes: str, pack: Pack = PACK) -> Setup:
    return setup.of(pack.facilitator_pack, yes)


def config(id: str, *yes: str) -> Any:
    return next(step.config for step in PACK.route("core", {}, said(*yes)) if step.id == id)


def test_the_checker_says_nothing_against_these_questions() -> None:
    assert [problem for problem in report(ASKED) if "setup_questions" in problem.place] == []


def test_a_no_to_everything_changes_nothing() -> None:
    assert said() == NOTHING
    assert PACK.route("core", {}, NOTHING) == PACK.route("core", {})


def test_what_follows_from_several_answers_adds_up_and_a_line_comes_once() -> None:
    both = said("friends", "couples", "outside")
    assert both.off == {"near", "many"}
    assert both.hidden == {"p02"}
    assert both.lines == {"later": "We do not use it later."}
    assert both.by_chance
    assert [line.id for line in config("agree", "friends", "couples").items] == ["pass", "later"]


def test_what_is_hidden_need_not_be_read_first() -> None:
    assert said("couples").first == ("p01",)


def test_cards_are_hidden_and_partners_come_by_chance_only_after_a_yes() -> None:
    assert [card.id for card in config("talk").cards] == ["p01", "p02"]
    assert [card.id for card in config("talk", "couples").cards] == ["p01"]
    assert not config("talk", "couples").matched({})
    assert config("talk", "friends").matched({})
    assert not config("talk", "friends").matched({"partners": "by_yourselves"})


def test_a_step_says_which_answers_it_is_left_out_for() -> None:
    answers = said("friends", "couples")
    assert answers.because("near") == ("Are couples here?",)
    assert answers.because("many") == ()


def test_a_session_keeps_ids_and_a_number_and_what_a_newer_pack_does_not_ask_says_nothing() -> None:
    answers = Setup(said("couples").yes, 12)
    assert answers.kept == {"yes": ["couples"], "expected": 12}
    assert setup.read(PACK.facilitator_pack, answers.kept) == answers
    assert setup.read(PACK.facilitator_pack, {}) == NOTHING
    assert setup.of(PACK.facilitator_pack, ["gone"]) == NOTHING


def _rules(step: Step) -> tuple[object, ...]:
    return step.id, step.sensitivity, step.min_show, step.reveal, step.seconds, step.talk_instead


@given(
    st.sets(st.sampled_from([question.id for question in OURS.facilitator_pack.setup_questions])),
    st.sampled_from(["core", "full"]),
)
def test_no_answer_changes_from_how_many_on_anything_is_shown(yes: set[str], plan: str) -> None:
    before, after = OURS.route(plan, {}), OURS.route(plan, {}, said(*yes, pack=OURS))
    assert [_rules(step) for step in after] == [_rules(step) for step in before]
