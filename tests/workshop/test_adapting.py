"""A pack adapted to one's own room: what may change, what stays, and that the checker accepts whatever comes out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.workshop.small_pack import SMALL, spoiled
from workshop import adapting, checker, outline, rewording, wordings
from workshop.adapting import Unfit
from workshop.manuscript import written
from workshop.pack import Pack, built_in
from workshop.rules.concepts import uncovered
from workshop.variants import times

((_NAME, PACK),) = built_in()


@pytest.fixture(scope="module")
def small() -> Pack:
    return Pack.load(SMALL)


def ids(pack: Pack, plan: str = "core") -> list[str]:
    return [step.id for step in pack.plan(plan)]


def errors(pack: Pack) -> list[str]:
    return [str(problem) for problem in checker.check(pack) if problem.level == "error"]


# ---------- steps left out and brought back


def test_what_is_left_out_can_come_back_as_it_was(small: Pack) -> None:
    without = adapting.keep(small, "core", "hello", False)
    assert ids(without) == ["care", "talk"]
    assert [step.id for step in without.route("core", {})] == ["care", "hello", "talk"]
    assert adapting.keep(without, "core", "hello", True) == small


def test_the_list_of_uncovered_concepts_follows(small: Pack) -> None:
    without = adapting.keep(small, "core", "hello", False)
    assert without.workshop.variants["core"].concepts_not_covered == ("C01",)
    assert adapting.keep(without, "core", "hello", True).workshop.variants["core"].concepts_not_covered == ()


@pytest.mark.parametrize("step", ["s02_look_after", "s03_agreement", "s30_close"])
def test_care_the_agreement_and_the_end_stay(step: str) -> None:
    for plan in PACK.workshop.variants.plans:
        with pytest.raises(Unfit, match="stays: people need"):
            adapting.keep(PACK, plan, step, False)


def test_both_halves_of_what_is_asked_before_and_after_go_and_come_together() -> None:
    without = adapting.keep(PACK, "full", "s05_before", False)
    assert not {"s05_before", "s27_after"} & {*ids(without, "full")}
    assert "s27_after" in ids(without, "core"), "another plan is another matter"
    assert adapting.keep(without, "full", "s27_after", True) == PACK


def test_a_step_comes_into_a_plan_that_never_had_it_where_there_is_time() -> None:
    with pytest.raises(Unfit, match=r"“One hour” would be 90 seconds too long\."):
        adapting.keep(PACK, "core", "s25_six_habits", True)
    room = adapting.keep(PACK, "core", "s17_sort_help", False)
    more = adapting.keep(room, "core", "s25_six_habits", True)
    assert "s25_six_habits" in ids(more)
    assert errors(more) == []


def test_what_is_off_in_every_plan_comes_into_one_alone() -> None:
    room = adapting.keep(PACK, "full", "s24_flux", False)
    more = adapting.keep(room, "full", "s14_stories", True)
    assert "s14_stories" in ids(more, "full")
    assert "s14_stories" not in [*ids(more, "core"), *ids(more, "short")]


# ---------- order


def test_a_step_moves_in_every_plan(small: Pack) -> None:
    assert ids(adapting.move(small, "hello", "care")) == ["hello", "care", "talk"]
    moved = adapting.move(PACK, "s13_sort_leaning", "s10_listening")
    for plan in PACK.workshop.variants.plans:
        assert ids(moved, plan).index("s13_sort_leaning") + 1 == ids(moved, plan).index("s10_listening")


def test_the_end_stays_the_end() -> None:
    with pytest.raises(Unfit, match="stays the last one"):
        adapting.move(PACK, "s25_six_habits", None)
    with pytest.raises(Unfit, match="stays the last one"):
        adapting.move(PACK, "s30_close", "s25_six_habits")


def test_nothing_tender_comes_before_the_interruption_page() -> None:
    with pytest.raises(
        Unfit, match=r"“Just for you”: tender, and in plan 'full' no interruption page comes before it\."
    ):
        adapting.move(PACK, "s15_quiet", "s02_look_after")


@pytest.mark.parametrize("after", ["s27_after", "s26_word_after"])
def test_what_is_asked_after_is_never_asked_before(after: str) -> None:
    with pytest.raises(Unfit, match="asked as 'post' first"):
        adapting.move(PACK, after, "s03_agreement")


def test_a_step_takes_the_part_of_the_workshop_that_it_comes_to_stand_in() -> None:
    moved = adapting.move(PACK, "s25_six_habits", "s20_four_lines")
    assert adapting.step_of(moved, "s25_six_habits").phase == "practise"
    parts = [part.phase for part in outline.of(moved, "full").parts]
    assert len(parts) == len(set(parts))


# ---------- words


def test_a_plan_with_words_of_its_own_keeps_them_apart(small: Pack) -> None:
    new = rewording.reword(small, "core", "hello", {"prompt": "How was the way?", "options.bus.text": "On a bus"})
    (core,) = [step for step in new.plan("core") if step.id == "hello"]
    assert (core.prompt, core.config.options[1].text) == ("How was the way?", "On a bus")  # type: ignore[attr-defined]
    assert adapting.step_of(new, "hello").prompt == "How did you get here?"


def test_what_the_facilitator_says_in_one_plan_is_hers_there(small: Pack) -> None:
    new = rewording.reword(small, "core", "hello", {"say": "Good morning."})
    (core,) = [step for step in new.plan("core") if step.id == "hello"]
    assert core.facilitator.say == "Good morning."
    assert adapting.step_of(new, "hello").facilitator.say == "Hello and welcome."


def test_what_is_asked_before_is_asked_in_the_same_words_after() -> None:
    new = rewording.reword(PACK, "full", "s05_before", {"items.m_ask.text": "I can ask."})
    said = [adapting.step_of(new, id).config.items[0].text for id in ("s05_before", "s27_after")]  # type: ignore[attr-defined]
    assert said == ["I can ask.", "I can ask."]


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 141, "This is 141 letters long; at most 140."), (" \n ", "This cannot be empty.")],
)
def test_a_text_that_does_not_fit_is_refused_at_its_place(small: Pack, text: str, said: str) -> None:
    with pytest.raises(Unfit) as refused:
        rewording.reword(small, "core", "hello", {"prompt": text})
    assert (str(refused.value), refused.value.place) == (said, "prompt")


def test_a_form_that_comes_back_as_it_was_changes_nothing(small: Pack) -> None:
    for step in PACK.steps:
        typed = {one.place: f" {one.text}\r\n".replace("\n", "\r\n") for one in wordings.of(step)}
        assert rewording.reword(PACK, "full", step.id, typed) is PACK


def test_cards_and_stories_are_reworded_and_lead_where_they_led() -> None:
    new = rewording.reword_story(PACK, "br_loan", {"nodes.n1.scene": "It is Friday.", "nodes.n1.choices.a.to": "n3"})
    (old,), (story,) = ([one for one in pack.stories if one.id == "br_loan"] for pack in (PACK, new))
    assert story.nodes["n1"].scene == "It is Friday."
    assert story.nodes["n1"].choices == old.nodes["n1"].choices
    card = rewording.reword_card(PACK, "p01", {"asker": "Your arm hurts."}).role_cards[0]
    assert card.asker == "Your arm hurts."


def test_every_text_that_phones_and_screens_show_has_a_place() -> None:
    for step in PACK.steps:
        places = {one.place for one in wordings.of(step)}
        assert {"title", "prompt", "caption", "say"} <= places
        for one in wordings.of(step):
            assert one.least <= len(one.text) or not one.text
            assert len(one.text) <= one.most, one


# ---------- what is hidden


def test_what_is_hidden_is_in_no_step_and_comes_back(small: Pack) -> None:
    hidden = adapting.hide(PACK, "p01", True)
    cards = {card.id for step in hidden.plan("full") for card in getattr(step.config, "cards", ())}
    assert "p01" not in cards
    assert adapting.hide(hidden, "p01", False) == PACK


def test_the_last_one_is_not_hidden(small: Pack) -> None:
    with pytest.raises(Unfit, match=r"“One clear ask” is all that “Being heard” has left to play\."):
        adapting.hide(small, "p01", True)


def test_a_step_has_the_time_of_the_story_that_it_plays_instead() -> None:
    for story in PACK.stories:
        with suppress(Unfit):
            hidden = adapting.hide(PACK, story.id, True)
            assert errors(hidden) == []
            assert adapting.hide(hidden, story.id, False) == PACK


# ---------- whatever is done


def moves(pack: Pack, chance: random.Random) -> Iterator[Callable[[Pack], Pack]]:
    """Presses as they come, wise or not."""
    steps, plans = [step.id for step in pack.steps], [*pack.workshop.variants.plans]
    things = [one.id for one in pack.stories] + [one.id for one in pack.role_cards]
    while True:
        step, before, plan = chance.choice(steps), chance.choice([*steps, None]), chance.choice(plans)
        thing, on = chance.choice(things), chance.random() < 0.5
        yield chance.choice(
            [
                lambda pack: adapting.keep(pack, plan, step, on),  # noqa: B023
                lambda pack: adapting.move(pack, step, before),  # noqa: B023
                lambda pack: adapting.hide(pack, thing, on),  # noqa: B023
                lambda pack: rewording.reword(pack, plan, step, {"title": f"Anew {chance.random()}"}),  # noqa: B023
            ]
        )


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_the_checker_accepts_it_and_every_plan_adds_up(seed: int) -> None:
    chance, pack, done = random.Random(seed), PACK, 0
    for press in moves(PACK, chance):
        before = pack
        with suppress(Unfit):
            pack = press(pack)
        done += pack is not before
        for name, variant in pack.workshop.variants.plans.items():
            true = times(variant, [step.seconds for step in pack.plan(name)])
            assert (variant.plan.steps, variant.plan.slack_seconds) == (true.steps, true.slack_seconds)
            assert true.slack_seconds >= 0
            assert set(variant.concepts_not_covered) == set(uncovered(pack, name))
            assert PACK.stays(name) <= set(ids(pack, name))
        if done == 6:
            break
    assert [problem for problem in checker.report(written(pack)) if problem.level == "error"] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("flex_order: [hello]", "flex_order: [hello]\n      left_out: [care]", "'care' never goes"),
        ("flex_order: [hello]", "flex_order: [hello]\n      left_out: [helo]", "'helo' is not a step of this plan."),
        ("help_sheet:\n", "hidden: [p09]\nhelp_sheet:\n", "there is no 'p09'."),
        ("help_sheet:\n", "hidden: [p01]\nhelp_sheet:\n", "all that it plays is hidden"),
    ],
)
def test_the_checker_reads_what_a_hand_has_written_there(old: str, new: str, said: str) -> None:
    found = [problem for problem in checker.report(spoiled((old, new))) if said in problem.message]
    assert [(problem.level, problem.line is not None) for problem in found] == [("error", True)]
