"""A room sorts lines and puts a list in order; the facilitator swaps a line, orders the results and asks what helps."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.sorting_pack import SORTING

LINES = ("boss", "group", "debt", "ride", "sofa", "pay")
SPLIT = "Sending part of my pay to family, every month."
AGREED = 'Calling their boss: "It is the flu." It is a hangover.'


@pytest.fixture(scope="module")
def sorting(cast: Cast) -> str:
    return cast.shelves(cast.facilitator("Ada"), SORTING)


def places(phone: Phone, *ways: str, **others: str) -> Phone:
    """Everything into the first of `ways`, unless said otherwise."""
    return phone.answers(**{f"category-{line}": others.get(line, ways[0]) for line in (*LINES, *others)})


def sorted_by_four(cast: Cast, ada: Facilitator, sorting: str, step: str = "sort") -> list[Phone]:
    """Four people agree on every line but the last."""
    ada.opens(workshop=sorting).goes_to(step)
    phones = cast.phones(ada.join_url, 4)
    for phone, way in zip(phones, ("help", "shield", "depends", "depends"), strict=True):
        places(phone, "shield", pay=way)
    ada.closes(now=True, show=True)
    return phones


def stands_before(page: str, first: str, second: str) -> bool:
    return page.index(first) < page.index(second)


def labels(ada: Facilitator) -> list[str]:
    return [
        button.inside[0].strip()
        for button in ada.page().all("button")
        if button.inside and isinstance(button.inside[0], str)
    ]


# ---------- sorting ----------


def test_every_line_is_placed_before_it_is_taken(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    (mia,) = cast.phones(ada.join_url, 1)
    answer = mia.tries_to_answer(**{f"category-{line}": "help" for line in LINES[:4]})
    assert (answer.status, answer.code, answer.text) == (422, "empty", "2 lines are left. Please place them too.")
    places(mia, "help")


def test_the_results_are_ordered_by_split_for_everybody_and_back(cast: Cast, ada: Facilitator, sorting: str) -> None:
    (mia, *_) = sorted_by_four(cast, ada, sorting)
    assert stands_before(ada.screen.sees(), AGREED, SPLIT)
    ada.presses("act", action="by-split")
    for page in (ada.screen.sees(), mia.sees()):
        assert stands_before(page, SPLIT, AGREED)
    assert "In the written order" in labels(ada)
    ada.presses("act", action="as-written")
    for page in (ada.screen.sees(), mia.sees()):
        assert stands_before(page, AGREED, SPLIT)


def test_nothing_is_ordered_before_there_is_something_to_order(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    assert "Sort by split" not in labels(ada)
    assert ada.refused("act", action="by-split") == "That is not possible at this point."
    for phone in cast.phones(ada.join_url, 3):
        places(phone, "help")
    ada.closes(now=True)
    assert ada.refused("act", action="asks") == "That is not possible at this point."
    ada.reveals()
    assert {"Sort by split", "Show the questions"} <= set(labels(ada))


def test_the_questions_stand_under_the_results_and_under_what_is_talked_about_instead(
    cast: Cast, ada: Facilitator, sorting: str
) -> None:
    (mia, *_) = sorted_by_four(cast, ada, sorting)
    asked = "Could they do it themselves, even badly?"
    assert asked not in ada.screen.sees()
    ada.presses("act", action="asks")
    assert stands_before(ada.screen.sees(), SPLIT, asked)
    assert asked in mia.sees()
    ada.presses("act", action="asks-off")
    assert asked not in mia.sees()


def test_too_few_answers_are_talked_through_with_the_questions(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    (mia, ben) = cast.phones(ada.join_url, 2)
    places(mia, "help")
    places(ben, "shield")
    ada.closes(now=True, show=True)
    assert "Sort by split" not in labels(ada)
    ada.presses("act", action="asks")
    assert stands_before(mia.sees(), "Let us talk about sort.", "Does it keep someone safe right now?")


def test_a_spare_line_comes_instead_until_somebody_has_answered(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    (mia,) = cast.phones(ada.join_url, 1)
    ada.presses("act", action="swap", which="boss", instead="rent")
    for page in (mia.sees(), ada.screen.sees()):
        assert "Our faith group pays their rent for one month." in page
        assert AGREED not in page
    mia.answers(**{f"category-{line}": "help" for line in ("rent", *LINES[1:])})
    refusal = "Somebody has answered already, so the question stays as it is."
    assert ada.refused("act", action="swap", which="rent", instead="boss") == refusal
    ada.closes(now=True)
    assert "Swap a line" not in ada.sees()


def test_a_pass_is_an_answer_too_when_a_line_is_swapped(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    cast.phones(ada.join_url, 1)[0].passes()
    assert "Somebody has answered already" in ada.refused("act", action="swap", which="boss", instead="rent")


@pytest.mark.parametrize(
    ("which", "instead"), [("boss", "group"), ("boss", "nothing"), ("nothing", "rent"), ("rent", "boss")]
)
def test_only_a_spare_line_comes_and_only_an_asked_one_goes(
    ada: Facilitator, sorting: str, which: str, instead: str
) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    assert ada.refused("act", action="swap", which=which, instead=instead) == "That is not possible at this point."


def test_asked_once_more_the_same_lines_are_asked(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort")
    phones = cast.phones(ada.join_url, 3)
    ada.presses("act", action="swap", which="boss", instead="rent")
    for phone in phones:
        phone.answers(**{f"category-{line}": "help" for line in ("rent", *LINES[1:])})
    ada.closes(now=True, show=True)
    ada.presses("act", action="asks")
    ada.asks_again()
    assert "Our faith group pays their rent for one month." in phones[0].sees()
    assert "Does it keep someone safe right now?" not in phones[0].sees()


def test_where_the_article_leans_is_on_the_console_alone_and_only_of_the_most_split_lines(
    cast: Cast, ada: Facilitator, sorting: str
) -> None:
    phones = sorted_by_four(cast, ada, sorting)
    (held,) = [one for one in ada.page().all("details", class_="hold") if "Where the article leans" in one.text]
    assert SPLIT in held.text
    assert AGREED not in held.text
    for page in (ada.screen.sees(), *(phone.sees() for phone in phones)):
        assert "article" not in page


def test_of_a_personal_sorting_nobody_stands_alone(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("sort_near")
    phones = cast.phones(ada.join_url, 6)
    for phone, way in zip(phones, ("help", "shield", "depends", "depends", "depends", "help"), strict=True):
        places(phone, "shield", pay=way)
    ada.closes(now=True, show=True)
    assert ada.screen.sees().count("Nearly all of us chose: Shielding (enabling)") == 5
    assert "Helping / Shielding (enabling): 3" in ada.screen.sees()


# ---------- ranking ----------


def test_how_many_put_it_on_top_is_shown_largest_first(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("rank")
    phones = cast.phones(ada.join_url, 4)
    for phone in phones:
        phone.answers(rank=["say_no", "joy", "ask"])
    phones[0].answers(rank=["joy", "values", "say_no"])
    ada.closes(now=True, show=True)
    for page in (ada.screen.sees(), phones[0].sees()):
        assert "How many put it in their top 3" in page
        order = [
            "Make time for what I love",
            "Say no when it feels off",
            "Ask for what I need",
            "Live by my own values",
        ]
        assert sorted(order, key=page.index) == order
        assert stands_before(page, "Live by my own values", "Keep friends of my own")


def test_a_list_of_the_wrong_length_is_refused(cast: Cast, ada: Facilitator, sorting: str) -> None:
    ada.opens(workshop=sorting).goes_to("rank")
    (mia,) = cast.phones(ada.join_url, 1)
    assert mia.tries_to_answer(rank=["joy", "ask"]).text == "Fill 3 places, no more and no less."
    assert mia.tries_to_answer(rank=["joy", "ask", "joy"]).text == "One line has two places. Please give it one."
    mia.answers(rank=["joy", "ask", "values"])
