"""Cards that were let through are voted for: numbers from two on, the others after them, and nobody has to."""

from __future__ import annotations

import json

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.room_pack import step
from tests.workshop.small_pack import SMALL

VOTED = """\
    max_chars: 80
    max_entries: 2
    upvote: {enabled: true, per_person: 3, label: "Ha, yes"}
"""
PACK = SMALL.replace("steps:\n", "steps:\n" + step("worst", "open_text", "low", VOTED), 1)
CARDS = ("Pay every bill.", "Write every text.", "Answer before they ask.", "Carry it all.")


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    ada = cast.facilitator("Ada")
    return ada.opens(workshop=cast.shelves(ada, PACK))


def cards_are_shown(cast: Cast, ada: Facilitator, *cards: str) -> list[Phone]:
    """Five phones; so many of them have written a card, and the facilitator has let them through."""
    phones = cast.phones(ada.join_url, 5)
    ada.shows("worst")
    for phone, card in zip(phones, cards, strict=False):
        phone.answers(text=card)
    ada.closes(now=True)
    ada.lets_through()
    ada.reveals()
    return phones


def votes(phone: Phone, *cards: str) -> None:
    phone.answers(card=[places(phone)[card] for card in cards])


def places(phone: Phone) -> dict[str, str]:
    """The ids of the cards by their words, as they stand on the phone."""
    labels = phone.page().get("stage").all("label", class_="choice")
    return {label.text: label.all("input")[0].at["value"] for label in labels}


def drawn(ada: Facilitator) -> list[str]:
    return [card.text for card in ada.screen.page().get("stage").all(class_="voted")[0].all("li")]


def test_the_console_says_what_comes_next_and_may_leave_it_out(cast: Cast, ada: Facilitator) -> None:
    cards_are_shown(cast, ada, *CARDS)
    assert ada.primary()[:2] == ("next", "Vote for cards")
    (without,) = [
        form for form in ada.page().all("form") if [one.text for one in form.all("button")] == ["Go on without"]
    ]
    ada.presses("show", **{name: value for name, (value,) in without.fields.items()})
    assert ada.step != "worst"


def test_cards_stand_on_the_phones_in_the_order_of_the_wall(cast: Cast, ada: Facilitator) -> None:
    (mia, *_others) = cards_are_shown(cast, ada, *CARDS)
    order = [card.text for card in ada.screen.page().get("stage").all(class_="cards")[0].all("li")]
    ada.moves_on()
    assert (ada.desk["phase"], ada.desk["step_state"]) == (1, "open")
    assert list(places(mia)) == order
    seen = mia.sees()
    assert "Which of these make you say “Ha, yes”?" in seen
    assert "You have 3 left." in seen


def test_most_votes_come_first_and_below_two_nothing_is_said(cast: Cast, ada: Facilitator) -> None:
    phones = cards_are_shown(cast, ada, *CARDS)
    shuffled = [card.text for card in ada.screen.page().get("stage").all(class_="cards")[0].all("li")]
    ada.moves_on()
    for phone, taken in zip(
        phones,
        [(CARDS[0], CARDS[1]), (CARDS[0], CARDS[1], CARDS[2]), (CARDS[0],), (CARDS[0],), ()],
        strict=True,
    ):
        votes(phone, *taken) if taken else phone.passes()
    ada.closes(now=True, show=True)
    first, second, *rest = drawn(ada)
    assert (first, second) == (f"{CARDS[0]} 4 × Ha, yes", f"{CARDS[1]} 2 × Ha, yes")
    assert rest == [card for card in shuffled if card in CARDS[2:]]
    assert f"{CARDS[0]} 4 × Ha, yes" in phones[4].sees()
    ada.moves_on()
    assert ada.step != "worst"
    ada.ends()
    rows = ada.takes_home("csv").decode("utf-8-sig").splitlines()
    shown = {row.split(",")[4] for row in rows if row.startswith("worst,upvotes,")}
    assert shown == {"4", "2", "0 to 1"}
    (found,) = [one for one in json.loads(ada.takes_home("json"))["steps"] if one["id"] == "worst"]
    assert [release["phase"] for release in found["releases"]] == [0, 1]
    assert found["releases"][1]["parts"][0]["n"] is None


def test_too_many_votes_are_refused_with_a_sentence(cast: Cast, ada: Facilitator) -> None:
    (mia, *_others) = cards_are_shown(cast, ada, *CARDS)
    ada.moves_on()
    refusal = mia.tries_to_answer(card=list(places(mia).values()))
    assert (refusal.status, refusal.code, refusal.text) == (422, "bad_option", "Choose up to 3.")


def test_when_too_few_vote_the_cards_stay_as_they_were(cast: Cast, ada: Facilitator) -> None:
    phones = cards_are_shown(cast, ada, *CARDS)
    ada.moves_on()
    votes(phones[0], CARDS[0])
    votes(phones[1], CARDS[0])
    ada.closes(now=True, show=True)
    for seen in (ada.screen.sees(), phones[0].sees(), ada.sees()):
        assert "Too few voted to count" in seen
        assert CARDS[3] in seen
        assert "×" not in seen


@pytest.mark.parametrize("cards", [CARDS[:3], CARDS])
def test_fewer_than_three_cards_are_not_voted_for(cast: Cast, ada: Facilitator, cards: tuple[str, ...]) -> None:
    phones = cast.phones(ada.join_url, 5)
    ada.shows("worst")
    for phone, card in zip(phones, cards, strict=False):
        phone.answers(text=card)
    ada.closes(now=True)
    for card in cards[2:]:
        ada.leaves_off(card)
    ada.lets_through()
    ada.reveals()
    assert ada.primary()[1] == "Next"
    ada.moves_on()
    assert ada.step != "worst"
