"""A workshop on paper: the run sheet, cards and ballots to cut, and the guide, for its owner alone."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator
from tests.pages import Element
from workshop.leaflets import FacilitatorPack
from workshop.manuscript import written
from workshop.pack import built_in
from workshop.typed import time_of_day

((_NAME, PACK),) = built_in()


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    return cast.facilitator("Ada")


def page(who: Facilitator, end: str) -> Element:
    answer = who.browser.get(f"{who.workshop}/{end}")
    assert answer.status == 200, answer.status
    return answer.page


@pytest.mark.parametrize("plan", PACK.workshop.variants.plans)
def test_the_run_sheet_says_all_that_a_facilitator_says_and_does(ada: Facilitator, plan: str) -> None:
    text = page(ada, f"print/{plan}").text
    for step in PACK.plan(plan):
        notes = step.facilitator
        said = (step.title, step.prompt, notes.say, *notes.do, notes.watch, step.safety, step.talk_instead or "")
        for line in said:
            assert " ".join(line.split()) in text, (step.id, line)


def test_the_run_sheet_tells_each_story_whole_and_once(ada: Facilitator) -> None:
    text = page(ada, "print/full").text
    for story in PACK.stories:
        for scene in story.nodes.values():
            assert text.count(scene.scene) == 1
            assert scene.coach in text
            for choice in scene.choices:
                assert f"{choice.text} → {story.marks[choice.to]}" in text
        for ending in story.endings.values():
            assert ending.text in text


def test_the_run_sheet_has_times_of_the_day_where_it_is_known_when_the_doors_open(ada: Facilitator) -> None:
    first = f"1. {PACK.plan('core')[0].title}"
    arrive = PACK.workshop.variants["core"].plan.arrive
    assert f"{arrive // 60}:{arrive % 60:02d} {first}" in page(ada, "print/core").text
    at = 18 * 60 + 30 + arrive // 60
    assert f"{at // 60}:{at % 60:02d} {first}" in page(ada, "print/core?at=18:30").text


@pytest.mark.parametrize(
    ("typed", "minutes"), [("18:30", 1110), ("00:00", 0), ("24:00", None), ("1830", None), ("", None)]
)
def test_a_time_of_the_day_is_hours_and_minutes(typed: str, minutes: int | None) -> None:
    assert time_of_day(typed) == minutes


def test_a_plan_that_is_not_there_has_no_run_sheet(ada: Facilitator) -> None:
    assert ada.browser.get(f"{ada.workshop}/print/nothing").status == 404


def test_a_card_to_cut_holds_one_role_and_nobody_elses_words(ada: Facilitator) -> None:
    cuts = [cut.text for cut in page(ada, "cards").all("article", class_="cut")]
    for card in PACK.role_cards:
        for own in card.roles:
            mine = [cut for cut in cuts if own.card in cut]
            assert mine, (card.id, own.id)
            others = {other.card for other in card.roles if other.card != own.card}
            assert not any(other in cut for cut in mine for other in others)


@pytest.mark.parametrize("plan", PACK.workshop.variants.plans)
def test_there_is_a_ballot_for_each_step_that_can_be_on_paper(ada: Facilitator, plan: str) -> None:
    ballots = page(ada, f"cards?variant={plan}").all("section", class_="ballot")
    wanted = [step for step in PACK.plan(plan) if step.paper]
    assert len(ballots) == len(wanted)
    for ballot, step in zip(ballots, wanted, strict=True):
        question = step.question()
        assert question is not None
        assert step.prompt in ballot.text
        for option in question.options:
            assert option.text in ballot.text


def test_the_page_of_a_workshop_leads_to_its_papers(ada: Facilitator) -> None:
    links = {link.at["href"] for link in ada.browser.get(f"{ada.workshop}?variant=short").page.all("a")}
    for end in ("print/short", "cards?variant=short"):
        assert f"{ada.workshop}/{end}" in links
        assert ada.browser.get(f"{ada.workshop}/{end}").status == 200


def test_the_guide_says_all_that_the_facilitator_pack_says(ada: Facilitator) -> None:
    text, guide = page(ada, "guide").text, PACK.facilitator_pack
    assert guide.care_card
    assert guide.bad_try
    lists = (
        guide.before_the_day, *guide.network.values(), guide.in_the_last_five_minutes_before, guide.if_you_are_alone,
        guide.worrying_text, guide.after, guide.bad_try.script, guide.care_card.press, guide.care_card.three_offers,
        guide.care_card.then_ask,
    )  # fmt: skip
    alone = (
        guide.if_asked_for_advice,
        guide.if_someone_says_that_is_me,
        guide.care_card.first_words,
        guide.bad_try.how,
    )
    for line in (*(line for lines in lists for line in lines), *alone):
        assert line in text
    for question in guide.setup_questions:
        assert question.ask in text


def test_the_guide_calls_what_a_question_changes_by_its_name(ada: Facilitator) -> None:
    text = page(ada, "guide").text
    assert "s07_messages" not in text
    assert "Messages about needing people" in text


def test_a_workshop_without_notes_for_its_facilitators_says_so(cast: Cast, ada: Facilitator) -> None:
    plain = cast.shelves(ada, written(PACK.model_copy(update={"facilitator_pack": FacilitatorPack()})))
    assert "brings no notes" in ada.browser.get(f"{plain}/guide").text
    assert "brings no notes" not in ada.browser.get(f"{ada.workshop}/guide").text


def test_whoever_conducts_a_session_has_the_guide_of_its_pack(cast: Cast, ada: Facilitator) -> None:
    copy = ada.browser.post(f"{ada.workshop}/copy").headers["location"]
    ada.opens(workshop=copy)
    sam = cast.supporter(ada)
    ada.browser.post(f"{copy}/delete")
    for who in (ada, sam):
        link = f"/console/{ada.live}/guide"
        assert link in {one.at.get("href") for one in who.browser.get(f"/console/{ada.live}").page.all("a")}
        assert PACK.facilitator_pack.after[0] in who.browser.get(link).page.text
