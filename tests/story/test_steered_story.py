"""A story told whole by a room: a tie, too few votes, a second vote, another story, a way back, and the door."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sessions import lookup, stage
from tests.actors import Cast, Facilitator, Phone
from tests.story_pack import TELLING


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    ada = cast.facilitator("Ada")
    return ada.opens(workshop=cast.shelves(ada, TELLING))


def primary(ada: Facilitator) -> str:
    _verb, label, _fields = ada.primary()
    return label


def vote(ada: Facilitator, phones: list[Phone], *choices: str) -> None:
    """Opened, taken by one phone for each choice, closed and shown."""
    assert ada.desk["step_state"] == "shown", "a scene is read and talked about before its vote"
    assert primary(ada) == "Open the vote"
    ada.presses_space()
    for phone, choice in zip(phones, choices, strict=False):
        phone.answers(choice=choice)
    assert primary(ada) == "Close and show"
    ada.closes(now=True, show=True)
    assert ada.desk["step_state"] == "revealed"


def test_a_room_tells_a_whole_story(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    phones = cast.phones(ada.join_url, 6)

    # The scene is there to read and to talk about; nobody can vote yet.
    for eyes in (phones[0].sees(), ada.screen.sees()):
        assert "Dani calls and is short on rent." in eyes
        assert "What could Mika do first?" in eyes
        assert "Send it now." in eyes
    assert not phones[0].page().get("stage").all("form", action="/w/answer")
    assert "Who feels better" in ada.sees()
    assert "Who feels better" not in phones[0].sees() + ada.screen.sees()

    # A tie: the facilitator picks, and nothing else goes on.
    vote(ada, phones, "a", "a", "a", "b", "b", "b")
    assert "It's a tie." in phones[0].sees()
    assert "It's a tie." in ada.screen.sees()
    assert ada.desk["next"] is None
    assert "waits for a decision" in ada.refused("forward")
    assert "still in the story" in ada.refused("next")
    dialog = ada.browser.get(ada.console).text.split('id="end-sure"')[-1].split("</dialog>")[0]
    assert "still in the story" in dialog
    assert "Yes, end it" not in dialog
    ada.presses("act", action="pick:b")
    assert "Ask for a night." in phones[0].page().get("stage").all(class_="verdict")[0].text

    # Too few votes: talked through, and then they vote once more.
    assert primary(ada) == "Next scene"
    ada.presses_space()
    assert "Six texts follow." in phones[0].sees()
    vote(ada, phones, "a", "b")
    assert "Let us decide by voice." in ada.screen.sees()
    assert "Stay close. 1" not in ada.screen.sees()
    assert "Few have answered. Decide by a show of hands, or vote again." in ada.sees()
    assert all("Few have answered" not in eyes for eyes in (phones[0].sees(), ada.screen.sees()))
    ada.presses("act", action="again")
    assert "We're asking this once more." in phones[0].sees()
    vote(ada, phones, "a", "a", "a", "b")
    assert "Stay close. 3" in " ".join(ada.screen.sees().split())

    # On to the last scene, its ending, and back once.
    ada.presses_space()
    vote(ada, phones, "d", "d", "d", "a")
    assert primary(ada) == "The ending"
    ada.presses_space()
    assert "It starts anew." in ada.screen.sees()
    assert "costly" not in ada.screen.browser.get(ada.screen.path).text
    ada.presses("act", action="rewind")
    assert "We went back one turn." in phones[0].sees()
    vote(ada, phones, "c", "c", "c", "c")
    ada.presses_space()
    for eyes in (phones[0].sees(), ada.screen.sees()):
        assert "They still talk." in eyes
        assert "Nobody was fixed." in eyes
    assert "Go back one turn" not in ada.sees()

    # The talk, and out of the story; only then the room may go on.
    assert primary(ada) == "Talk about it"
    ada.presses_space()
    assert "What made it so?" in phones[0].sees()
    assert "set a limit" in ada.screen.sees()
    assert "still in the story" in ada.refused("show", step="talk")
    assert primary(ada) == "Step out of the story"
    ada.presses_space()
    assert "That was Mika. You are you." in phones[0].sees()
    assert primary(ada) == "Next"
    ada.presses_space()
    assert ada.step == "talk"

    # What is taken home: every vote, and the way.
    ada.ends()
    document = json.loads(ada.takes_home("json"))
    (told,) = [step for step in document["steps"] if step["id"] == "tell"]
    assert [one["place"] for one in told["road"]] == ["call", "night", "rest", "steady"]
    assert [one["choice"] for one in told["road"]] == ["b", "a", "c", ""]
    assert [release["withheld"] for release in told["releases"]] == [False, True, False, False, False]
    rows = list(csv.reader(io.StringIO(ada.takes_home("csv").decode("utf-8-sig"))))
    assert ["tell", "night.2", "a", "1", "3", ""] in rows
    assert ["tell", "loan.night", "a", "", "Stay close.", "the choice that was taken"] in rows
    assert ["tell", "loan.steady", "", "", "A steady line", "the end that was reached"] in rows
    summary = ada.browser.get(f"/sessions/{ada.live}/summary").page.text
    assert "A steady line" in summary
    assert "The room went back and took another road." in summary


def test_another_story_is_swapped_in_before_the_first_vote(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    phones = cast.phones(ada.join_url, 4)
    assert "A friend who stays too long." in ada.sees()
    ada.presses("act", action="swap:visit")
    for eyes in (phones[0].sees(), ada.screen.sees()):
        assert "The bell rings at ten." in eyes
        assert "Mika" not in eyes
    assert "Two friends and a sofa." in ada.sees()
    vote(ada, phones, "a", "a", "a", "b")
    assert "Mika" not in ada.screen.sees() + phones[0].sees() + ada.sees()
    assert ada.tries("act", action="swap:loan").status == 409
    ada.presses_space()
    vote(ada, phones, "c")
    assert "What could Noor say?" in ada.screen.sees()
    assert "Mika" not in ada.screen.sees() + phones[0].sees() + ada.sees()
    ada.presses("act", action="pick:c")
    for _ in range(3):
        ada.presses_space()
    assert "That was Noor's story." in phones[0].sees()


def test_a_swapped_story_moves_the_expected_end(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")

    def minutes() -> str:
        rows = [row.text for row in ada.browser.get(ada.console).page.all("li")]
        return " ".join(row for row in rows if "The loan" in row)

    ada.browser.post(f"{ada.console}/view", {"view": "full"})
    assert "4:00" in minutes()
    ada.presses("act", action="swap:visit")
    assert "3:10" in minutes()


def test_the_result_is_nowhere_before_it_is_shown(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    phones = cast.phones(ada.join_url, 4)
    ada.asks()
    for phone in phones:
        phone.answers(choice="b")
    ada.closes(now=True)
    assert ada.desk["step_state"] == "closed"
    assert not ada.screen.page().all("li", class_="bar-line")
    for page in (phones[0].page(), ada.screen.page()):
        assert not [one for one in page.all("li") if "data-done" in one.at]
    ada.reveals()
    assert [one for one in ada.screen.page().all("li") if "data-done" in one.at]


def test_each_state_is_timed_from_its_beginning(ada: Facilitator) -> None:
    def left() -> int | None:
        live = lookup.of(ada.live)
        assert live
        return stage.seconds_left(live)

    ada.shows("tell")
    assert left() == 30
    ada.asks()
    assert left() == 15
    ada.closes(now=True, show=True)
    assert left() == 5


def test_looking_back_shows_the_way_with_its_scenes_and_leads_back(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    phones = cast.phones(ada.join_url, 3)
    vote(ada, phones, "a", "a", "a")
    ada.presses_space()
    ada.presses("act", action="look")
    for eyes in (phones[0].sees(), ada.screen.sees()):
        assert "Our path so far" in eyes
        assert "Dani calls and is short on rent." in eyes
        assert "The money goes." not in eyes
    assert primary(ada) == "Back to the story"
    ada.presses_space()
    assert "The money goes." in ada.screen.sees()
    assert ada.desk["step_state"] == "shown"


def test_a_room_that_runs_late_steps_out_in_the_middle(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    phones = cast.phones(ada.join_url, 3)
    vote(ada, phones, "a", "a", "a")
    ada.presses_space()
    assert "still in the story" in ada.refused("show", step="talk")
    ada.presses("act", action="derole")
    assert "That was Mika. You are you." in ada.screen.sees()
    ada.presses_space()
    assert ada.step == "talk"


def test_a_story_that_has_not_begun_can_be_left(ada: Facilitator) -> None:
    ada.shows("tell")
    assert "Skip this step" in ada.sees()
    ada.moves_on()
    assert ada.step == "talk"


def test_a_vote_is_repeated_by_its_own_button_alone(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    phones = cast.phones(ada.join_url, 3)
    vote(ada, phones, "a", "a", "a")
    assert "again" not in ada.buttons()
    assert "way of its own" in ada.refused("again")


def test_somebody_in_support_sees_the_scene_and_moves_nothing(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    sam = cast.supporter(ada)
    assert "Dani calls and is short on rent." in sam.sees()
    assert "act" not in sam.buttons()


def test_in_a_moment_of_care_no_way_leads_out_of_a_story_but_stepping_out(cast: Cast, ada: Facilitator) -> None:
    ada.shows("tell")
    vote(ada, cast.phones(ada.join_url, 3), "a", "a", "a")
    ada.presses("care")
    assert primary(ada) == "Go on"
    assert "still in the story" in ada.refused("resume", to="hello")
    ada.presses("resume", skip="tender")
    assert ada.step == "tell"
