"""The built-in workshop, told whole in each of its plans: everybody comes, answers and leaves, and results stay."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

import app as attune
from tests.actors import NAMES, Cast, Facilitator, Phone, Screen
from tests.browsers import InProcess
from tests.pages import Element
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
)
WORDS = ("Wall", "walls", "relief", "Relief!", "fresh air", "fight", "a door", "marmalade")
UNREAD, CONTACT = LINES[4], "0170 1234567"


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    db.close()


def steps(plan: str) -> list[str]:
    (pack,) = [pack for _name, pack in built_in()]
    return [step.id for step in pack.plan(plan)]


def reply(stage: Element, i: int) -> dict[str, str | list[str]]:
    """What the person with number `i` taps or writes on this form."""
    taps = [one for one in stage.all("input") if one.at.get("type") in ("radio", "checkbox")]
    if taps:
        many = taps[0].at["type"] == "checkbox"
        chosen = [taps[i % 3].at["value"], taps[3].at["value"]] if many else [taps[i % 3].at["value"]]
        return {taps[0].at["name"]: chosen}
    name = stage.all(class_="input")[0].at["name"]
    return {name: [WORDS[i], ""] if name == "entry" else [LINES[i]]}


def the_room_answers(phones: list[Phone]) -> None:
    """All but the first, who passes; the second changes her mind where it takes a tap."""
    phones[0].passes()
    first = reply(phones[1].page().get("stage"), 0)
    if "choice" in first:
        phones[1].answers(**first)
    for i, phone in enumerate(phones[1:], start=1):
        phone.answers(**reply(phone.page().get("stage"), i))


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


@pytest.mark.parametrize("plan", ["core", "full", "short"])
def test_a_room_goes_through_the_workshop_and_takes_the_same_results_home_every_time(
    settings: Settings, plan: str
) -> None:
    cast = Cast.of(attune.create_app(settings))
    ada = cast.facilitator("Ada").opens(plan)
    screen, phones = ada.screen, cast.phones(ada.join_url, 8)
    assert f"{ada.code[:4]} {ada.code[4:]}" in screen.sees()
    assert "8 phones in the room" in screen.sees()
    assert all(phone.state == "lobby" for phone in phones)

    visited, asked = [], {}
    while (desk := ada.desk)["next"] != "end":
        everybody_looks(ada, screen, phones)
        if desk["step_state"] == "open":
            the_room_answers(phones)
            assert ada.counts(8)
            assert phones[1].mine == "saved"
            asked[desk["step"]] = ada.page().get("console").all("h1")[0].text
        if desk["step_state"] == "closed" and ada.texts():
            texts_wait_for_ada(ada, screen, phones)
        if desk["step_state"] == "revealed":
            assert phones[2].page().get("stage").all(class_="result")
            assert screen.page().get("stage").all(class_="result")
            assert UNREAD not in screen.sees()
            assert CONTACT not in screen.sees()
        ada.presses_space(sure="1", **({"now": "1"} if desk["step_state"] == "open" else {}))
        if ada.step not in visited:
            visited.append(ada.step)
    assert visited == steps(plan)

    ada.ends()
    for phone in phones:
        gone = phone.browser.get("/w")
        assert (gone.status, gone.code) == (410, "no_seat")
        assert "over" in gone.page.text
    assert screen.state == "ended"
    assert phones[0].tries_to_join("/j/" + "A" * 22).status == 404

    report = ada.browser.get(f"/sessions/{ada.live}").page.text
    assert all(question in report for question in asked.values())
    home = taken(ada)
    the_results_are_those_of_the_room(home, [*asked])
    assert taken(ada) == home
    again = Facilitator(InProcess(attune.create_app(settings), dict(ada.browser.cookies)), "Ada", ada.live)
    assert taken(again) == home


def taken(ada: Facilitator) -> dict[str, bytes]:
    summary = ada.browser.get(f"/sessions/{ada.live}/summary")
    assert summary.status == 200
    return {"csv": ada.takes_home("csv"), "json": ada.takes_home("json"), "summary": summary.body}


def the_results_are_those_of_the_room(home: dict[str, bytes], asked: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(home["csv"].decode("utf-8-sig"))))
    assert list(dict.fromkeys(row["step_id"] for row in rows)) == asked
    counted = {row["step_id"]: row["value"] for row in rows if row["note"] == "people who answered"}
    assert counted["s00_warmup"] == "7"
    assert sum(int(row["value"]) for row in rows if row["step_id"] == "s00_warmup" and row["option_id"]) == 7
    assert [step["id"] for step in json.loads(home["json"])["steps"]] == asked
    for part in home.values():
        for never in (UNREAD, CONTACT, *NAMES, "answer/", "127.0.0.1"):
            assert never not in part.decode()
