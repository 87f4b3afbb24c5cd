"""What is for the facilitator alone: counts that stay, texts that come after the end, totals that go with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from sessions import forget, holding, lookup
from sessions.vault import vault
from tests.actors import Cast, Facilitator, Phone
from tests.measures_pack import MEASURES
from tests.room_pack import OPTIONS, TEXTS, step
from tests.sessions.writing import rows

LINES = ("A longer break", "Fewer slides", "More time in pairs")
TOTALS = step("totals", "poll", "care", OPTIONS, reveal="facilitator_only")
NOTES = step("notes", "open_text", "personal", TEXTS, reveal="facilitator_only")


def written(ada: Facilitator) -> str:
    """All that the console shows of it."""
    return ada.browser.get(ada.console).text


def results(ada: Facilitator, page: str = "") -> str:
    answer = ada.browser.get(f"/sessions/{ada.live}{page}")
    assert answer.status == 200
    return answer.text


def everywhere_else(ada: Facilitator, phones: Sequence[Phone]) -> list[str]:
    """The wall, the phones, and after the end what can be taken away."""
    seen = [ada.screen.browser.get(ada.screen.path).text, *(phone.browser.get("/w").text for phone in phones)]
    ada.ends()
    return [*seen, results(ada, "/summary"), ada.takes_home("csv").decode(), ada.takes_home("json").decode()]


@pytest.fixture(scope="module")
def workshop(cast: Cast) -> str:
    pack = MEASURES.replace("  - id: talk\n", TOTALS + NOTES + "  - id: talk\n")
    return cast.shelves(cast.facilitator("Ada"), pack)


@pytest.fixture
def ada(cast: Cast, workshop: str) -> Facilitator:
    return cast.facilitator("Ada").opens(workshop=workshop)


def at_feedback(cast: Cast, ada: Facilitator, *lines: str, many: int = 6) -> list[Phone]:
    """Everybody has answered, and some have written."""
    phones = cast.phones(ada.join_url, many)
    ada.shows("feedback")
    for number, phone in enumerate(phones):
        text = {"change.text": lines[number]} if number < len(lines) else {}
        phone.answers(**{"heard.choice": "fine", "felt.value": "5" if number % 2 else "1", **text})
    ada.closes(now=True)
    return phones


# ---------- counts ----------


def test_counts_of_feedback_are_on_the_console_when_it_closes_and_never_in_the_room(
    cast: Cast, ada: Facilitator
) -> None:
    phones = at_feedback(cast, ada)
    assert "I felt free to pass or hold back." in written(ada)
    assert "Only you see this" in written(ada)
    assert ada.desk["next"] == "next"
    assert ada.refused("reveal") == "This step shows nothing to the room."
    for stage in (ada.screen.page().get("stage"), phones[0].page().get("stage")):
        assert "Closed. Thank you." in stage.text
        assert stage.all(class_="bar-line") == []


def test_counts_of_feedback_are_kept_in_results_and_downloads(cast: Cast, ada: Facilitator) -> None:
    at_feedback(cast, ada)
    ada.ends()
    for page in (results(ada), results(ada, "/summary")):
        assert "For the facilitator: the room did not see this." in page
    assert "feedback,felt.value,free,1,3," in ada.takes_home("csv").decode()
    (feedback,) = [one for one in json.loads(ada.takes_home("json"))["steps"] if one["id"] == "feedback"]
    assert [part["name"] for release in feedback["releases"] for part in release["parts"]] == [
        "heard.choice", "felt.value",
    ]  # fmt: skip


def test_totals_of_a_care_step_go_with_the_end(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 5)
    ada.shows("totals")
    for phone in phones:
        phone.answers(choice="a")
    ada.closes(now=True)
    assert "Apples" in written(ada)
    assert "totals" not in ada.desk["next"]
    ada.ends()
    for seen in (
        results(ada),
        results(ada, "/summary"),
        ada.takes_home("csv").decode(),
        ada.takes_home("json").decode(),
    ):
        assert "totals" not in seen
        assert "Apples" not in seen


# ---------- texts ----------


def test_texts_come_after_the_end_on_one_page_and_nowhere_else(cast: Cast, ada: Facilitator) -> None:
    phones = at_feedback(cast, ada, *LINES)
    assert ada.texts() == []
    for seen in (written(ada), *everywhere_else(ada, phones)):
        assert not any(line in seen for line in LINES)
    page = results(ada)
    assert all(line in page for line in LINES)
    assert "One thing to change next time?" in page
    assert "For you alone." in page


def test_fewer_than_three_texts_are_deleted_unseen_and_how_many_they_were_cannot_be_told(
    cast: Cast, workshop: str
) -> None:
    seen = set()
    for many in range(3):
        ada = cast.facilitator("Ada").opens(workshop=workshop)
        at_feedback(cast, ada, *LINES[:many])
        assert kept_of(ada, "held_texts", "payload") == []
        ada.ends()
        page = results(ada)
        assert not any(line in page for line in (*LINES, "One thing to change"))
        seen.add((*kept_of(ada, "releases", "published"), *ada.takes_home("csv").splitlines()))
    assert len(seen) == 1


def kept_of(ada: Facilitator, table: str, column: str) -> list[object]:
    """What is stored of this session."""
    query = f"SELECT {table}.{column} FROM {table} JOIN live_steps ON live_steps.id = {table}.step WHERE live_id = ?"
    return [value for (value,) in rows(query, ada.live)]


def test_a_contact_in_a_text_is_masked(cast: Cast, ada: Facilitator) -> None:
    at_feedback(cast, ada, "Write to me@example.org today", *LINES)
    ada.ends()
    assert "Write to … today" in results(ada)
    assert "example.org" not in results(ada)


def test_until_the_end_texts_lie_sealed_under_a_key_of_their_own(cast: Cast, ada: Facilitator) -> None:
    at_feedback(cast, ada, *LINES)
    live = lookup.of(ada.live)
    assert live is not None
    assert "Fewer slides" not in str(kept_of(ada, "releases", "published"))
    assert len(kept_of(ada, "held_texts", "payload")) == 3
    assert vault.texts_kept(live.handle) == {holding.OWN}
    forget.finish(date.today())
    assert vault.texts_kept(live.handle) == {holding.OWN}
    ada.ends()
    assert vault.texts_kept(live.handle) == set()
    assert kept_of(ada, "held_texts", "payload") == []
    assert rows("SELECT path FROM live_steps WHERE live_id = ? AND path LIKE '%answerers%'", ada.live) == []
    assert all(line in results(ada) for line in LINES)


def test_a_step_of_texts_alone_shows_them_after_the_end_too(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 5)
    ada.shows("notes")
    assert "Only the facilitator reads this, after the end" in phones[0].page().get("stage").text
    for number, phone in enumerate(phones):
        phone.answers(text=f"Note number {number}")
    ada.closes(now=True)
    assert "Note number" not in written(ada)
    assert "We keep this one between us" not in written(ada)
    for seen in everywhere_else(ada, phones):
        assert "Note number" not in seen
    assert all(f"Note number {number}" in results(ada) for number in range(5))


def test_texts_for_the_room_and_for_the_facilitator_go_their_own_ways(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    ada.shows("private")
    for number, phone in enumerate(phones):
        phone.answers(**{"heard.choice": "fine", "aloud.text": f"Aloud {number}", "change.text": f"Whispered {number}"})
    ada.closes(now=True)
    assert sorted(text for _id, text in ada.texts()) == [f"Aloud {number}" for number in range(4)]
    ada.lets_through()
    ada.reveals()
    assert "Aloud 2" in ada.screen.sees()
    assert "Whispered" not in written(ada)
    for seen in everywhere_else(ada, phones):
        assert "Whispered" not in seen
    assert all(f"Whispered {number}" in results(ada) for number in range(4))


def test_what_people_wrote_is_not_asked_for_again(cast: Cast, ada: Facilitator) -> None:
    at_feedback(cast, ada, *LINES)
    assert ada.refused("again") == "What people write on a personal question is asked once only."


# ---------- several questions ----------


def test_texts_and_words_of_a_form_are_read_and_shown_each_under_its_question(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    ada.shows("mixed")
    for number, phone in enumerate(phones):
        phone.answers(**{"heard.choice": "fine", "change.text": f"Change {number}", "word.entry": "Air"})
    ada.closes(now=True)
    ada.lets_through()
    ada.reveals()
    ada.ends()
    table = ada.takes_home("csv").decode()
    assert "mixed,word.entry,Air,1,4," in table
    assert sorted(line for line in table.splitlines() if "change.text" in line) == [
        f"mixed,change.text,,1,Change {number}," for number in range(4)
    ]
    for heading in ("One thing to change next time?", "One word for today?"):
        assert heading in results(ada)


def test_a_text_that_too_few_wrote_is_deleted_while_another_question_is_shown(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 4)
    ada.shows("mixed")
    for number, phone in enumerate(phones):
        few = {"change.text": "Only mine"} if number == 0 else {}
        phone.answers(**{"heard.choice": "fine", "word.entry": "Air", **few})
    ada.closes(now=True)
    assert [text for _id, text in ada.texts()] == ["Air"]
    ada.reveals(unread=True)
    assert "Only mine" not in written(ada)
    assert "Only mine" not in ada.screen.sees()
    ada.ends()
    assert "Only mine" not in results(ada)


def test_a_workshop_that_asks_for_more_writers_gets_them_and_phones_say_how_many(cast: Cast) -> None:
    careful = MEASURES.replace("workshop:\n", "workshop:\n  defaults: {min_show: {feedback_text: 5}}\n", 1)
    ada = cast.facilitator("Ada")
    ada.opens(workshop=cast.shelves(ada, careful))
    at_feedback(cast, ada, *LINES, "A walk outside")
    ada.ends()
    assert not any(line in results(ada) for line in LINES)
    again = cast.facilitator("Ada").opens(workshop=cast.shelves(ada, careful))
    mia = cast.phone(again.join_url)
    again.shows("feedback")
    assert "only if 5 or more people write" in mia.browser.get("/w").text
