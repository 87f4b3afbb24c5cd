"""Of a pulse the facilitator alone hears, and nobody after the end; of a plan the room hears what was let through."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.privacy import twins
from tests.privacy.broken import pulse_for_everybody
from tests.privacy.twins import Run, differing
from tests.private_pack import PRIVATE
from tests.sessions.writing import rows

STEADY, STIRRED = ("steady", "steady", "steady", "steady", "bit", "bit", "quite"), ("quite",) * 7
ROWS = "SELECT count(*) FROM releases r JOIN live_steps s ON s.id = r.step WHERE s.live_id = ? AND s.step_id = ?"
AFTER = ("", "/summary", "/export.csv", "/export.json")


@pytest.fixture(scope="module")
def private(cast: Cast) -> str:
    """The address of a workshop of Ada's with a pulse, a reflection and an intention."""
    return cast.shelves(cast.facilitator("Ada"), PRIVATE)


def taken(cast: Cast, ada: Facilitator, private: str, many: int, choice: str = "quite") -> list[Phone]:
    """A pulse that so many have answered, closed."""
    ada.opens(workshop=private).goes_to("pulse")
    phones = cast.phones(ada.join_url, max(many, 1))
    for phone in phones[:many]:
        phone.answers(choice=choice)
    ada.closes(now=True)
    return phones


def shares(cast: Cast, ada: Facilitator, private: str, many: int) -> list[Phone]:
    """An intention of which so many have shared a part, closed."""
    ada.opens(workshop=private).goes_to("plan")
    ada.asks()
    phones = cast.phones(ada.join_url, many)
    for number, phone in enumerate(phones):
        phone.answers(share=f"rest for {number} minutes")
    ada.closes(now=True)
    return phones


# ---------- a pulse ----------


def _story(felt: tuple[str, ...], consoles: list[str]) -> Callable[[Run], None]:
    """Everybody says how they are; the session goes on, ends, and is taken home."""

    def act(run: Run) -> None:
        run.ada.shows("pulse")
        for who, choice in enumerate(felt):
            run.answers(who, {"choice": choice})
            run.hears()
        run.ada.closes(now=True)
        run.looks_away()
        consoles.append(run.ada.page().get("console").text)
        run.hears_the_room()
        run.ada.shows("talk")
        run.hears()
        run.ada.ends()
        for path in AFTER:
            run.keep(f"after{path}", run.ada.browser.get(f"/sessions/{run.ada.live}{path}"))

    return act


def both(folder: Path) -> tuple[list[str], list[str]]:
    """What consoles showed after the close, and the connections that were sent something else, of two unlike rooms."""
    runs, consoles = [], list[str]()
    for name, felt in (("steady", STEADY), ("stirred", STIRRED)):
        with pytest.MonkeyPatch.context() as patch:
            runs.append(twins.run(folder / name, patch, _story(felt, consoles), pack=PRIVATE))
    return consoles, differing(*runs)


def test_nobody_is_sent_a_byte_that_depends_on_a_pulse_and_nothing_of_it_is_taken_home(tmp_path: Path) -> None:
    (steady, stirred), differ = both(tmp_path)
    assert differ == []
    assert "Quite stirred up few or none" in steady
    assert "Quite stirred up nearly all" in stirred


def test_it_is_caught_that_a_pulse_outlives_its_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pulse_for_everybody.install(monkeypatch.setattr)
    assert set(both(tmp_path)[1]) == {f"after{path}" for path in AFTER}


def test_a_pulse_can_be_shown_to_nobody_and_its_row_is_gone_at_the_end(
    cast: Cast, ada: Facilitator, private: str
) -> None:
    phones = taken(cast, ada, private, 10)
    assert "This step shows nothing to the room." in ada.refused("reveal")
    assert "reveal" not in ada.buttons()
    assert rows(ROWS, ada.live, "pulse") == [(1,)]
    for page in (phones[0].sees(), ada.screen.sees()):
        assert "answer" not in page
        assert "stirred" not in page
    assert "10 answers, without names" in ada.sees()
    ada.shows("talk")
    ada.ends()
    assert rows(ROWS, ada.live, "pulse") == [(0,)]
    for path in AFTER:
        assert "stirred" not in ada.browser.get(f"/sessions/{ada.live}{path}").text


@pytest.mark.parametrize(
    ("many", "said"),
    [
        (2, "Too few answered. Nothing is shown, not even to you."),
        (3, "A few answered. Anything more would point at somebody."),
        (9, "nearly all"),
        (10, "10 answers, without names"),
    ],
)
def test_the_console_says_it_in_words_below_ten_people(
    cast: Cast, ada: Facilitator, private: str, many: int, said: str
) -> None:
    taken(cast, ada, private, many)
    console = ada.page().get("console")
    assert "Only you see this" in console.text
    (held,) = [one for one in console.all("details", class_="hold") if said in one.text]
    assert held


def test_a_pulse_opens_by_itself_and_is_not_counted_on_the_screen(cast: Cast, ada: Facilitator, private: str) -> None:
    ada.opens(workshop=private).goes_to("pulse")
    assert ada.desk["step_state"] == "open"
    for phone in cast.phones(ada.join_url, 3):
        phone.answers(choice="steady")
    assert ada.counts(3)
    assert "have answered" not in ada.screen.sees()
    assert "Steady" not in ada.screen.sees()


# ---------- what never leaves the phone ----------


def test_a_reflection_has_nothing_that_could_be_sent(cast: Cast, ada: Facilitator, private: str) -> None:
    ada.opens(workshop=private).goes_to("quiet")
    stage = cast.phone(ada.join_url).page().get("stage")
    assert stage.all("form") == []
    (field,) = stage.all("textarea")
    assert "name" not in field.at
    assert field.at["autocomplete"] == "off"


def test_of_a_plan_one_field_alone_can_be_sent(cast: Cast, ada: Facilitator, private: str) -> None:
    ada.opens(workshop=private).goes_to("plan")
    ada.asks()
    stage = cast.phone(ada.join_url).page().get("stage")
    (form,) = stage.all("form")
    named = [one.at["name"] for one in form.all("textarea") + form.all("input") if one.at.get("type") != "hidden"
             and "name" in one.at]  # fmt: skip
    assert named == ["share"]
    outside = [one for one in stage.all("textarea") if one not in list(form)]
    assert len(outside) == 3
    assert not any("name" in one.at for one in outside)
    assert all(one.at["autocomplete"] == "off" for one in stage.all("textarea"))


def test_what_else_is_posted_with_a_plan_is_not_kept(cast: Cast, ada: Facilitator, private: str) -> None:
    ada.opens(workshop=private).goes_to("plan")
    ada.asks()
    for phone in cast.phones(ada.join_url, 6):
        phone.answers(share="rest", when="a canary sings", who="Sam", sure="2")
    ada.closes(now=True)
    ada.lets_through()
    ada.reveals()
    ada.ends()
    found = json.loads(ada.takes_home("json"))
    (step,) = [step for step in found["steps"] if step["id"] == "plan"]
    assert step["releases"][0]["parts"][0]["entries"] == ["I will rest"] * 6
    assert "canary" not in json.dumps(found)


def test_what_was_shared_is_shown_once_a_person_has_let_it_through(cast: Cast, ada: Facilitator, private: str) -> None:
    phones = shares(cast, ada, private, 6)
    assert "rest for" not in phones[0].sees() + ada.screen.sees()
    ada.leaves_off("I will rest for 5 minutes")
    ada.lets_through()
    ada.reveals()
    for page in (phones[0].sees(), ada.screen.sees()):
        assert "I will rest for 4 minutes" in page
        assert "I will rest for 5 minutes" not in page


@pytest.mark.parametrize("many", [0, 5])
def test_where_too_few_shared_the_room_talks_and_sees_ways_to_begin(
    cast: Cast, ada: Facilitator, private: str, many: int
) -> None:
    shares(cast, ada, private, many)
    assert ada.texts() == []
    ada.reveals()
    mia = cast.phone(ada.join_url)
    for page in (mia.sees(), ada.screen.sees()):
        assert "Let us talk about plan." in page
        assert "When I need something, I will ask once, clearly." in page
        assert "rest for" not in page


def test_where_nothing_was_let_through_there_are_ways_to_begin_too(cast: Cast, ada: Facilitator, private: str) -> None:
    shares(cast, ada, private, 6)
    ada.reveals(unread=True)
    assert "When I need something, I will ask once, clearly." in ada.screen.sees()
