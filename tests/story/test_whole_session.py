"""The built-in workshop, told whole: everybody comes, answers and leaves, and results stay.

In each of its plans in this process, and in one over HTTP and sockets at a real server: the same story.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

import app as attune
from tests.actors import NAMES, Cast, Facilitator, Phone, Screen
from tests.browsers import FRAGMENT, InProcess
from tests.listening import Ears
from tests.pages import Element
from tests.serving import Server
from workshop.config import Settings
from workshop.database import db
from workshop.pack import built_in

LINES = (
    "Answer every message before they wake",
    "Carry the phone, the keys and the feelings",
    "Ring me on 0170 1234567, I do it all",
    "Do their laundry in secret",
    "A line that nobody should ever read",
    "Apologise for them, in advance",
    "Pay the bill, then pay it again",
    "Write their whole speech",
    "Answer the door for them",
    "Learn the lines for them",
    "Choose their shoes",
    "Dream for them",
)
WORDS = (
    "Wall", "walls", "relief", "Relief!", "fresh air", "fight", "a door", "marmalade", "wall", "a fence", "calm", "Air",
)  # fmt: skip
TO_ADA = "More tea, please, and longer breaks."
OWN_LINE = "We begin again when the bell rings."
PLANS = (
    "I will pass", "I will ask for a day", "I will take a walk", "I will write it down first", "I will call my aunt",
    "I will say it once", "I will sleep on it", "I will ask before I fix", "I will go to choir",
)  # fmt: skip
PRESSES = {
    "Adopt": "agreement", "Vote for cards": "votes", "Open the vote": "a scene", "Step out of the story": "story",
}  # fmt: skip
DRAWN = ("result", "agreed", "adopted", "voted")
PEOPLE = 12
UNREAD, CONTACT = LINES[4], "0170 1234567"


@dataclass
class House:
    """Where the story takes place."""

    cast: Cast
    restarts: Callable[[Facilitator], Facilitator]
    server: Server | None = None


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    if request.param == "real server":
        server: Server = request.getfixturevalue("server")

        def restarts(ada: Facilitator) -> Facilitator:
            server.kill()
            server.start()
            return ada

        yield House(Cast.at(server), restarts, server)
    else:
        settings: Settings = request.getfixturevalue("settings")

        def begins_anew(ada: Facilitator) -> Facilitator:
            made = attune.create_app(settings)
            return Facilitator(InProcess(made, dict(ada.browser.cookies)), "Ada", ada.live)

        yield House(Cast.of(attune.create_app(settings)), begins_anew)
        db.close()


PACK = dict(built_in())["leaning-without-losing-yourself"]
UNLIKE_ANY = [name for name in NAMES if name not in PACK.model_dump_json()]


def steps(plan: str) -> list[str]:
    return [step.id for step in PACK.plan(plan)]


def reply(stage: Element, i: int) -> dict[str, list[str]]:
    """What the person with number `i` taps or writes on this form; nothing where they would rather not send any."""
    (form,) = stage.all("form", action="/w/answer")
    given: dict[str, list[str]] = {}
    inputs = [one for one in form.all("input", type="radio") + form.all("input", type="checkbox") if "name" in one.at]
    for nth, name in enumerate(dict.fromkeys(one.at["name"] for one in inputs)):
        values = [one.at["value"] for one in inputs if one.at["name"] == name]
        many = any(one.at["type"] == "checkbox" for one in inputs if one.at["name"] == name)
        given[name] = taken(name, values, nth, i, many)
    if places := form.all("select"):
        options = [one.at["value"] for one in places[0].all("option") if one.at["value"]]
        given["rank"] = [options[(i + place) % 4] for place in range(len(places))]
    for name in dict.fromkeys(one.at["name"] for one in form.all(class_="input") if one.at.get("maxlength")):
        given |= written(name, i)
    return given


def taken(name: str, values: list[str], nth: int, i: int, many: bool) -> list[str]:
    """Most can live with every line, most would take the first way, and otherwise people differ."""
    if values == ["ok", "talk"]:
        return ["talk" if (nth, i) == (1, 3) else "ok"]
    if many:
        return list(dict.fromkeys([values[i % 3], values[min(3, len(values) - 1)]]))
    if name == "choice" and len(values) in (2, 3):
        return [values[0 if i < 9 else 1]]
    return [values[(i + nth) % min(3, len(values))]]


def written(name: str, i: int) -> dict[str, list[str]]:
    """Everybody writes a word and a line, one adds to the agreement, and some share their plan."""
    if name == "entry":
        return {name: [WORDS[i], ""]}
    if name == "own":
        return {name: [OWN_LINE]} if i == 4 else {}
    if name == "share":
        return {name: [PLANS[i]]} if i < len(PLANS) else {}
    return {name: [TO_ADA if name == "change.text" else LINES[i]]}


def the_room_answers(phones: list[Phone]) -> int:
    """How many have said something: the first passes, the second changes her mind where it takes a tap."""
    phones[0].passes()
    first = reply(phones[1].page().get("stage"), 0)
    if "choice" in first:
        phones[1].answers(**first)
    answers = [reply(phone.page().get("stage"), i) for i, phone in enumerate(phones)][1:]
    for phone, given in zip(phones[1:], answers, strict=True):
        if given:
            phone.answers(**given)
    return 1 + sum(map(bool, answers))


def everybody_looks(ada: Facilitator, screen: Screen, phones: list[Phone]) -> None:
    """Every page can be drawn, and all of them stand at the same place. Whoever meets a cover confirms it."""
    for phone in phones:
        if phone.covered():
            phone.confirms("interruption")
    for page in (ada.page(), screen.page(), phones[-1].page()):
        ids = [one.at["id"] for one in page if "id" in one.at]
        assert len(set(ids)) == len(ids), [id for id in ids if ids.count(id) > 1]
    at = {ada.desk["version"]}
    for page in (ada.page().get("console"), screen.page().get("stage"), phones[-1].page().get("stage")):
        at.add(int(page.at["data-v"]))
    assert len(at) == 1


def texts_wait_for_ada(ada: Facilitator, screen: Screen, phones: list[Phone]) -> None:
    """Nothing that was written reaches anybody else until she has read it; one line never does."""
    waiting = [words for _id, words in ada.texts()]
    assert waiting
    for words in waiting:
        assert words not in screen.sees()
        assert words not in phones[3].sees()
    assert CONTACT not in ada.sees(), "a telephone number stands on the console"
    if UNREAD in waiting:
        ada.leaves_off(UNREAD)
    ada.lets_through()


def a_pause_holds_everybody(ada: Facilitator, screen: Screen, phones: list[Phone], ears: Ears) -> None:
    """No answer is taken meanwhile; afterwards everything is where it was."""
    before, form = ada.desk, phones[1].form()
    ada.pauses()
    ears.hear_all()
    assert {screen.state, *(phone.state for phone in phones)} == {"paused"}
    refused = phones[1].browser.post("/w/answer", {**form, "choice": "bus"}, **FRAGMENT)
    assert (refused.status, refused.code) == (409, "paused")
    ada.resumes()
    after = ada.desk
    assert (after["step"], after["step_state"], after["answered"]) == (before["step"], "open", before["answered"])


def results(page: Element) -> list[Element]:
    """What came of a question, in whichever way its kind draws that."""
    stage = page.get("stage")
    aside = [one for dialog in stage.all("dialog") for one in dialog]
    found = [one for name in DRAWN for one in stage.all(class_=name)]
    return [one for one in found if one not in aside]


@dataclass
class Evening:
    """A workshop as it goes: what was shown and asked, and what has happened besides."""

    plan: str
    ada: Facilitator
    screen: Screen
    phones: list[Phone]
    ears: Ears
    visited: list[str] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)
    happened: set[str] = field(default_factory=set)

    def goes_on(self, state: str) -> None:
        """Everybody does what is to be done where the room stands, and Ada presses the large button."""
        everybody_looks(self.ada, self.screen, self.phones)
        self.ears.hear_all()
        if "agreement" in self.happened and self.kind != "agreement":
            self.the_agreement_is_one_tap_away()
        self.everybody_takes_part(state)
        if state == "revealed" and "second round" not in self.happened:
            self.ada.asks_again()
            self.happened.add("second round")
        elif "rewind" not in self.happened and "rewind" in self.offers():
            self.ada.presses("act", action="rewind")
            self.happened.add("rewind")
        else:
            self.ada_goes_on(state)

    def the_agreement_is_one_tap_away(self) -> None:
        agreed = [one.text for one in self.phones[-1].page().get("pinned").all("li")]
        assert agreed[0] == "We speak from our own life and leave names out."
        assert agreed[7:] == ([OWN_LINE] if self.plan == "full" else [])

    def everybody_takes_part(self, state: str) -> None:
        if state == "open":
            self.a_question_is_answered()
        elif state == "closed" and self.ada.texts():
            texts_wait_for_ada(self.ada, self.screen, self.phones)
            self.happened.add("texts")
        elif state == "closed":
            self.nothing_of_it_is_for_the_room()
        elif state == "revealed":
            self.results_are_seen()
        elif self.kind == "roleplay":
            self.a_role_is_played()

    def ada_goes_on(self, state: str) -> None:
        pressed = self.ada.primary()[1]
        self.ada.presses_space(sure="1", **({"now": "1"} if state == "open" else {}))
        if pressed in PRESSES:
            self.happened.add(PRESSES[pressed])
        if self.ada.step not in self.visited:
            self.visited.append(self.ada.step)

    @property
    def kind(self) -> str:
        return next((step.kind for step in PACK.steps if step.id == self.ada.step), "")

    def offers(self) -> set[str]:
        """The kind's own buttons on the console."""
        forms = [form for form in self.ada.page().all("form") if form.at["action"].endswith("/act")]
        return {value for form in forms for value in form.fields.get("action", ())}

    def a_question_is_answered(self) -> None:
        if "pause" not in self.happened:
            a_pause_holds_everybody(self.ada, self.screen, self.phones, self.ears)
            self.happened.add("pause")
        said = the_room_answers(self.phones)
        if self.kind == "intention":
            assert self.ada.desk["answered"] is None, "who shares a plan is not counted while it is open"
        else:
            assert self.ada.counts(said), (self.ada.step, said, self.ada.desk["answered"])
        assert self.phones[1].mine == "saved"
        if self.kind == "story" or self.ada.step not in self.asked:  # votes for cards stand beside the cards
            self.asked.setdefault(self.ada.step, []).append(self.ada.page().get("console").all("h1")[0].text)

    def results_are_seen(self) -> None:
        for page in (self.phones[2].page(), self.screen.page()):
            assert results(page), self.ada.step
        assert UNREAD not in self.screen.sees()
        assert CONTACT not in self.screen.sees()

    def nothing_of_it_is_for_the_room(self) -> None:
        """Before it is shown, or for good where it is not for the room."""
        for page in (self.phones[2].page(), self.screen.page()):
            assert not results(page), self.ada.step

    def a_role_is_played(self) -> None:
        """Nothing is sent; once people play, nobody goes anywhere before everybody has stepped out."""
        assert not self.phones[1].page().get("stage").all("form", action="/w/answer")
        answer = self.ada.tries("show", step=self.ada.step)
        if answer.status == 409:
            assert "still in their roles" in answer.text
            self.happened.add("role-play")

    def ends(self) -> None:
        self.ada.ends()
        self.ears.hear_the_end()
        for phone in self.phones:
            gone = phone.browser.get("/w")
            assert (gone.status, gone.code) == (410, "no_seat")
            assert "over" in gone.page.text
        assert self.screen.state == "ended"
        assert self.phones[0].tries_to_join("/j/" + "A" * 22).status == 404


@pytest.mark.parametrize(
    ("house", "plan"),
    [("this process", "core"), ("this process", "full"), ("this process", "short"), ("real server", "core")],
    indirect=["house"],
)
def test_a_room_goes_through_the_workshop_and_takes_the_same_results_home_every_time(house: House, plan: str) -> None:
    ada = house.cast.facilitator("Ada").opens(plan)
    house.cast.helper(ada)  # votes for cards wait for one
    screen, phones = ada.screen, house.cast.phones(ada.join_url, PEOPLE)
    assert f"{ada.code[:4]} {ada.code[4:]}" in screen.sees()
    assert f"{PEOPLE} phones in the room" in screen.sees()
    assert all(phone.state == "lobby" for phone in phones)

    with closing(Ears(house.server, ada, phones)) as ears:
        evening = Evening(plan, ada, screen, phones, ears)
        while (desk := ada.desk)["next"] != "end":
            evening.goes_on(desk["step_state"])
        evening.ends()
    assert evening.visited == steps(plan)
    always = {"pause", "role-play", "second round", "agreement", "a scene", "story", "texts"}
    assert evening.happened == always | ({"votes", "rewind"} if plan != "short" else set())

    report = ada.browser.get(f"/sessions/{ada.live}").page.text
    home = taken_home(ada)
    asked = {step: questions for step, questions in evening.asked.items() if step not in FOR_ADA_ALONE}
    assert [question for questions in asked.values() for question in questions if question not in report] == []
    the_results_are_those_of_the_room(home, [*asked])
    what_moved_is_said_in_words(home, plan)
    the_room_takes_its_own_words_home(home, plan)
    assert (TO_ADA in report) == (plan == "full")
    assert taken_home(ada) == home
    assert taken_home(house.restarts(ada)) == home


FOR_ADA_ALONE = ("s04_pulse_in", "s05_before", "s18_breather")
"""Nothing is left of these: pulses are deleted at the end, and the first half of a pair is no result."""


def taken_home(ada: Facilitator) -> dict[str, bytes]:
    summary = ada.browser.get(f"/sessions/{ada.live}/summary")
    assert summary.status == 200
    return {"csv": ada.takes_home("csv"), "json": ada.takes_home("json"), "summary": summary.body}


def table(home: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(home["csv"].decode("utf-8-sig"))))


def what_moved_is_said_in_words(home: dict[str, bytes], plan: str) -> None:
    """Of the same people before and after: three lines on one screen, or six lines at both ends; in short, nothing."""
    moved = [row for row in table(home) if row["note"] == "words for how many went this way"]
    lines = {row["item_id"] for row in moved}
    assert len(lines) == {"core": 3, "full": 6, "short": 0}[plan]
    assert {row["step_id"] for row in moved} == ({"s27_after"} if lines else set())
    assert not any(row["value"].isdigit() for row in moved)


def the_room_takes_its_own_words_home(home: dict[str, bytes], plan: str) -> None:
    """Plans that were shared, a line that was added to the agreement, and the roads of the stories."""
    rows = table(home)
    shared = {row["value"] for row in rows if row["step_id"] == "s28_intention" and not row["note"]}
    assert shared == {*PLANS[1:]}
    assert (OWN_LINE in {row["value"] for row in rows}) == (plan == "full")
    ends = [row["step_id"] for row in rows if row["note"] == "the end that was reached"]
    assert ends == [step for step in steps(plan) if "_scene_" in step]


def the_results_are_those_of_the_room(home: dict[str, bytes], asked: list[str]) -> None:
    rows = table(home)
    assert list(dict.fromkeys(row["step_id"] for row in rows)) == asked
    for round in ("1", "2"):
        warmup = [row for row in rows if (row["step_id"], row["round"]) == ("s00_warmup", round)]
        assert {row["value"] for row in warmup if row["note"] == "people who answered"} == {str(PEOPLE - 1)}
        assert sum(int(row["value"]) for row in warmup if row["option_id"]) == PEOPLE - 1
    assert [step["id"] for step in json.loads(home["json"])["steps"]] == asked
    for part in home.values():
        for never in (UNREAD, CONTACT, TO_ADA, *UNLIKE_ANY, "answer/", "127.0.0.1"):
            assert never not in part.decode()
