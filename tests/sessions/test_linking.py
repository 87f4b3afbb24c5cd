"""Two answers of one phone are compared, and no table knows of it; what is not linked stands side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from sessions import forget, linking, lookup
from sessions.publishing.shift import moved
from sessions.snapshot import Snapshot
from sessions.vault import vault
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import Answer
from tests.linked_pack import LINKED, lines
from tests.sessions.writing import rows
from workshop import checker
from workshop.kinds.grid import Grid, Rated
from workshop.release import ShownShift, ShownTable
from workshop.tally import Shift, Tally

BEFORE = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5)
AFTER = (4, 2, 5, 2, 3, 3, 1, 5, 5, 4, 4, 5)
"""Of twelve phones, on the line `ask`."""


@pytest.fixture(scope="module")
def workshop(cast: Cast) -> str:
    return cast.shelves(cast.facilitator("Ada"), LINKED)


@pytest.fixture
def ada(cast: Cast, workshop: str) -> Facilitator:
    return cast.facilitator("Ada").opens(workshop=workshop)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[list[Rated]]:
    """The answers to each grid as they were counted."""
    seen, count = list[list[Rated]](), Grid.count

    def spying(kind: Grid, answers: Any, question: Any) -> Tally:
        seen.append(list(answers))
        return count(kind, seen[-1], question)

    monkeypatch.setattr(Grid, "count", spying)
    return seen


def session(ada: Facilitator) -> Snapshot:
    live = lookup.of(ada.live)
    assert live is not None
    return live


def asks_first(ada: Facilitator, phones: Sequence[Phone], points: Sequence[int] = BEFORE) -> None:
    ada.shows("first")
    for phone, point in zip(phones, points, strict=True):
        phone.answers(**lines(point))
    ada.closes(now=True)


def pairs(answers: Sequence[Rated]) -> Counter[tuple[int, int]]:
    return Counter((one.before["ask"], one.points["ask"]) for one in answers if one.before)


def second_of(phone: Phone, ask: int = 4) -> Answer:
    return phone.tries_to_answer(**lines(ask, back=2))


# ---------- who is in a pair ----------


def test_the_rules_find_nothing_wrong_with_such_a_pack() -> None:
    assert [problem for problem in checker.report(LINKED) if problem.level == "error"] == []


def test_both_answers_of_a_phone_are_compared_and_what_is_shown_is_what_a_hand_would_count(
    cast: Cast, ada: Facilitator, counted: list[list[Rated]]
) -> None:
    phones = cast.phones(ada.join_url, 12)
    ada.shows("first")
    for phone, point in zip(phones, BEFORE, strict=True):
        phone.answers(**lines(6 - point)).answers(**lines(point))
    passes = cast.phone(ada.join_url)
    passes.answers(**lines(1)).passes()
    ada.closes(now=True)
    late, ada_again = cast.phone(ada.join_url), cast.phone(ada.join_url)
    ada_again.browser.cookies["l"] = phones[0].browser.cookies["l"]
    ada.shows("second")
    for phone, point in zip(phones, AFTER, strict=True):
        phone.answers(**lines(6 - point, back=2)).answers(**lines(point, back=2))
    for phone in (passes, late, ada_again):
        phone.answers(**lines(5, back=3))
    ada.closes(now=True, show=True)

    (answers,) = counted
    assert len(answers) == 15
    assert pairs(answers) == Counter(zip(BEFORE, AFTER, strict=True))
    (release,) = session(ada).rounds["second"][0].releases
    shifts = {part.name: part for part in release.parts if isinstance(part, ShownShift)}
    by_hand = Shift("ask", shifts["ask"].title, 1, 5, tuple(sorted(Counter(zip(BEFORE, AFTER, strict=True)).items())))
    assert shifts["ask"] == moved(by_hand)
    assert set(shifts) == {"ask", "say_no", "happy"}
    (extra,) = [part for part in release.parts if isinstance(part, ShownTable)]
    assert (extra.name, extra.n) == ("back", 15)
    assert "went up" in ada.screen.sees()


def test_fewer_than_five_pairs_are_not_shown_and_the_line_that_looks_back_is(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    asks_first(ada, phones, BEFORE[:4])
    ada.shows("second")
    for phone in [*phones, *cast.phones(ada.join_url, 3)]:
        phone.answers(**lines(4, back=2))
    ada.closes(now=True)
    (release,) = session(ada).rounds["second"][0].releases
    assert [part.name for part in release.parts] == ["back"]


def test_what_was_not_given_to_this_phone_here_is_no_half_and_the_answer_counts_all_the_same(
    cast: Cast, workshop: str, ada: Facilitator, counted: list[list[Rated]]
) -> None:
    elsewhere = cast.facilitator("Ada").opens(workshop=workshop)
    stranger = cast.phone(elsewhere.join_url)
    asks_first(elsewhere, [stranger], [1])
    phones = cast.phones(ada.join_url, 7)
    asks_first(ada, phones, BEFORE[:7])
    own = phones[0].browser.cookies["l"]
    bad = (
        phones[1].browser.cookies["l"],
        stranger.browser.cookies["l"],
        ("B" if own[30] == "A" else "A").join((own[:30], own[31:])),
        own[:-4],
        "no%such\x7f=thing",
        "",
    )
    counted.clear()
    ada.shows("second")
    whole = second_of(phones[6])
    for phone, cookie in zip(phones, bad, strict=False):
        phone.browser.cookies["l"] = cookie
        answer = second_of(phone)
        assert (answer.status, answer.body, answer.cookies) == (200, whole.body, ())
        assert answer.headers.keys() == whole.headers.keys()
    assert whole.cookies == ()
    ada.closes(now=True)
    (answers,) = counted
    assert len(answers) == 7
    assert [one.before["ask"] for one in answers if one.before] == [BEFORE[6]]


def test_a_second_round_of_the_first_question_has_a_link_of_its_own(
    cast: Cast, ada: Facilitator, counted: list[list[Rated]]
) -> None:
    phones = cast.phones(ada.join_url, 6)
    asks_first(ada, phones, [1] * 6)
    ada.asks_again()
    for phone in phones[:5]:
        phone.answers(**lines(2))
    ada.closes(now=True)
    ada.shows("second")
    for phone in phones:
        phone.answers(**lines(4, back=2))
    ada.closes(now=True)
    ada.asks_again()
    for phone in phones:
        phone.answers(**lines(5, back=2))
    ada.closes(now=True)
    assert [pairs(answers) for answers in counted] == [Counter({(2, 4): 5}), Counter({(2, 5): 5})]


# ---------- the first half ----------


def test_of_the_first_half_nothing_is_counted_stored_or_shown(
    cast: Cast, ada: Facilitator, counted: list[list[Rated]]
) -> None:
    phones = cast.phones(ada.join_url, 6)
    ada.shows("first")
    assert "shows from" not in ada.sees()
    for phone in phones[:2]:
        phone.answers(**lines(1))
    assert ada.counts(2)
    assert "close" in ada.buttons()
    assert ada.primary()[2].keys() == {"mark"}, "closing it shows nothing"
    ada.closes(now=True)
    live = session(ada)
    assert counted == []
    assert live.rounds["first"][0].releases == ()
    assert rows("SELECT COUNT(*) FROM open_answers") == [(0,)]
    assert ada.screen.state == "closed"
    assert ada.primary()[0] == "next"
    assert "reveal" not in ada.buttons()
    for seen in (ada.sees(), ada.screen.sees(), phones[0].page().get("stage").text):
        assert "Let us talk about first" not in seen
        assert "keep this one between us" not in seen
        assert "results" not in seen
    ada.ends()
    assert b"first" not in ada.takes_home("csv")


# ---------- what the phone keeps ----------


def test_a_pass_and_every_answer_are_kept_at_one_length_and_never_in_the_same_bytes(
    cast: Cast, ada: Facilitator
) -> None:
    phone, kept = cast.phone(ada.join_url), list[str]()
    ada.shows("first")
    for say in (lines(1), lines(5, 5, 5), {"pass": "1"}, lines(1), lines(1)):
        assert phone.tries_to_answer(**say).status == 200
        kept.append(phone.browser.cookies["l"])
    assert len({len(one) for one in kept}) == 1
    assert len(set(kept)) == 5
    ada.closes(now=True)
    ada.shows("second")
    assert second_of(phone).cookies == ()
    assert phone.browser.cookies["l"] == kept[-1], "a change of mind needs it once more"


def test_both_doors_give_it_with_the_acknowledgement_and_with_nothing_else(cast: Cast, ada: Facilitator) -> None:
    phone = cast.phone(ada.join_url)
    ada.shows("first")
    refused = phone.tries_to_answer(**{"value-ask": "1"})
    assert (refused.status, refused.cookies) == (422, ())
    (short,) = phone.tries_to_answer(**lines(1)).cookies
    plain = phone.browser.post("/w/answer", {**phone.form(), "rev": "2", **lines(2)})
    assert plain.status == 303
    (line,) = plain.cookies
    for one in (short, line):
        assert one.startswith("l=")
        assert set(one.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=43200"}
    assert len(short) == len(line)
    ada.closes(now=True)
    ada.shows("between")
    assert phone.tries_to_answer(choice="a").cookies == ()


def test_on_https_no_neighbouring_host_can_plant_one() -> None:
    ((name, line),) = linking.headers("kept", True)
    assert name == "Set-Cookie"
    assert line.startswith("__Host-l=kept;")
    assert "Secure" in line.split("; ")
    assert linking.headers("", True) == []


def test_it_goes_with_leave_and_with_the_end_and_with_another_seat(cast: Cast, workshop: str, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 3)
    asks_first(ada, phones, [1, 2, 3])
    phones[0].leaves()
    assert "l" not in phones[0].browser.cookies
    elsewhere = cast.facilitator("Ada").opens(workshop=workshop)
    assert phones[1].browser.post(elsewhere.join_url, {"sure": "1"}).status == 303
    assert "l" not in phones[1].browser.cookies
    ada.ends()
    assert phones[2].browser.get("/w").status == 410
    assert "l" not in phones[2].browser.cookies


def test_with_the_key_it_means_nothing_any_more_and_is_taken_back(
    cast: Cast, ada: Facilitator, counted: list[list[Rated]]
) -> None:
    phones = cast.phones(ada.join_url, 2)
    asks_first(ada, phones, [1, 2])
    kept = phones[1].browser.cookies["l"]
    vault.destroy(session(ada).handle)
    forget.rekey(ada.live)
    for phone in phones:
        assert phone.page().get("stage").at["data-state"] == "closed"
        assert "l" not in phone.browser.cookies
    phones[1].browser.cookies["l"] = kept
    counted.clear()
    ada.shows("second")
    for phone in phones:
        assert second_of(phone).status == 200
    ada.closes(now=True)
    assert pairs(counted[0]) == Counter()


def test_with_or_without_a_first_half_an_answer_is_stored_at_one_length(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 3)
    asks_first(ada, phones[:2], [1, 2])
    ada.shows("second")
    for phone in phones:
        phone.answers(**lines(4, back=2))
    live = session(ada)
    assert live.now is not None
    assert len(rows("SELECT DISTINCT LENGTH(payload) FROM open_answers WHERE step = ?", live.now.row)) == 1


def test_the_phone_says_that_two_answers_are_compared(cast: Cast, ada: Facilitator) -> None:
    phone, said = cast.phone(ada.join_url), "Your two answers to these lines are compared without a name"
    for step, linked in (("first", True), ("between", False), ("second", True), ("air", False)):
        ada.goes_to(step)
        assert (said in phone.page().get("stage").text) is linked, step


# ---------- side by side ----------


def cloud(ada: Facilitator, phones: Sequence[Phone], step: str, *words: str) -> None:
    ada.shows(step)
    for phone, word in zip(phones, words, strict=True):
        phone.answers(entry=word)
    ada.closes(now=True)
    ada.lets_through()
    ada.reveals()


def test_two_clouds_that_are_not_linked_stand_side_by_side(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    cloud(ada, phones, "wall", "wall", "wall", "wall", "fight")
    assert "At the start" not in ada.screen.sees()
    cloud(ada, phones, "air", "air", "air", "door", "door")
    for seen in (ada.screen.sees(), phones[0].page().get("stage").text):
        start, wall, now, air = (seen.index(word) for word in ("At the start", "fight", "Now", "door"))
        assert start < wall < now < air
    assert all("l" not in phone.browser.cookies for phone in phones)
    ada.ends()
    for page in ("", "/summary"):
        (card,) = [
            one
            for one in ada.browser.get(f"/sessions/{ada.live}{page}").page.all("article")
            if one.at.get("id") == "step-air"
        ]
        assert card.text.index("At the start") < card.text.index("fight") < card.text.index("door")
    table = ada.takes_home("csv").decode()
    assert table.count("fight") == 1


def test_what_was_not_shown_at_the_start_is_not_shown_at_the_end(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    ada.shows("wall")
    for phone in phones:
        phone.answers(entry="hidden")
    ada.closes(now=True)
    cloud(ada, phones, "air", "air", "air", "door", "door")
    assert "At the start" not in ada.screen.sees()
    assert "hidden" not in ada.screen.sees() + phones[0].page().get("stage").text
