"""Keys are lost while phones are in: they keep their place without a tap, and nobody counts twice."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT, InProcess
from tests.room_pack import ROOM
from workshop import strings
from workshop.config import Settings
from workshop.database import db

Reboot = Callable[[], None]


@pytest.fixture
def ada(app: object, settings: Settings) -> Facilitator:
    cast = Cast.of(app)  # type: ignore[arg-type]
    ada = cast.facilitator("Ada")
    return ada.opens("core", cast.shelves(ada, ROOM))


@pytest.fixture
def phones(ada: Facilitator) -> list[Phone]:
    return Cast.of(ada.browser.app).phones(ada.join_url, 5)  # type: ignore[attr-defined]


@pytest.fixture
def reboots(settings: Settings, ada: Facilitator, phones: list[Phone]) -> Reboot:
    """The machine starts again: what was in memory is gone."""
    return lambda: start_without(settings, settings.runtime.iterdir(), ada, *phones)


def start_without(settings: Settings, lost: Iterable[Path], *everybody: Facilitator | Phone) -> None:
    """Attune starts again, and these files are gone."""
    db.close()
    for path in lost:
        path.unlink()
    made = importlib.import_module("app").create_app(settings)
    for one in everybody:
        one.browser = InProcess(made, dict(one.browser.cookies))


def test_phones_get_a_fresh_seat_without_a_tap(ada: Facilitator, phones: list[Phone], reboots: Reboot) -> None:
    ada.shows("easy")
    reboots()
    for phone in phones:
        before = dict(phone.browser.cookies)
        answer = phone.browser.get("/w")
        assert (answer.status, answer.page.get("stage").at["data-state"]) == (200, "interrupted")
        assert phone.browser.cookies != before
        after = dict(phone.browser.cookies)
        assert phone.browser.get("/w").status == 200
        assert phone.browser.cookies == after, "one seat each"
    assert ada.desk["joined"] == len(phones)


def test_polling_alone_gives_a_phone_one_seat(ada: Facilitator, phones: list[Phone], reboots: Reboot) -> None:
    ada.shows("easy")
    reboots()
    for _ in range(3):
        for phone in phones:
            phone.browser.get(f"/w/mine?v={ada.desk['version']}")
    assert ada.desk["joined"] == len(phones)


def test_what_is_there_can_be_kept_and_counts_once(ada: Facilitator, phones: list[Phone], reboots: Reboot) -> None:
    ada.shows("easy")
    for phone in phones:
        phone.answers(choice="a")
    reboots()
    phone = phones[0]
    phone.page()
    answer = phone.browser.post("/w/answer", {"step": "easy", "round": "1", "phase": "0", "rev": "1", "choice": "b"})
    assert (answer.status, answer.code) == (409, "not_open")
    ada.closes(now=True)
    ada.reveals()
    bars = [bar.text for bar in ada.screen.page().all(class_="bar-figure")]
    assert bars == ["5", "0", "0"]


def test_it_can_be_asked_again_and_the_first_answers_are_gone(
    ada: Facilitator, phones: list[Phone], reboots: Reboot, settings: Settings
) -> None:
    ada.shows("easy")
    for phone in phones:
        phone.answers(choice="a")
    reboots()
    ada.asks_again()
    assert not list(settings.keys.glob("*.1.0.d"))
    for phone in phones[:4]:
        phone.answers(choice="b")
    ada.closes(now=True)
    ada.reveals()
    ada.ends()
    rows = ada.takes_home("csv").decode()
    easy = [line for line in rows.splitlines() if line.startswith("easy")]
    assert not any(",1,5" in line for line in easy), easy
    assert any(",2,4" in line for line in easy), easy


def test_a_locked_room_stays_locked(ada: Facilitator, phones: list[Phone], reboots: Reboot) -> None:
    ada.shows("easy")
    ada.presses("lock")
    reboots()
    assert [phone.browser.get("/w").status for phone in phones] == [410] * len(phones)
    assert ada.desk["joined"] == 0


def test_a_locked_room_says_so_and_takes_its_phones_back_once_it_is_unlocked(
    ada: Facilitator, phones: list[Phone], reboots: Reboot
) -> None:
    ada.shows("easy")
    ada.presses("lock")
    reboots()
    for phone in phones:
        kept = dict(phone.browser.cookies)
        for path in ("/w", "/w/mine?v=0", "/w/help"):
            answer = phone.browser.get(path)
            assert (answer.status, answer.code) == (410, "no_seat")
            assert "The room is locked. Ask your facilitator" in answer.text
        form = {"step": "easy", "round": "1", "phase": "0", "rev": "1", "choice": "a"}
        assert phone.browser.post("/w/answer", form, **FRAGMENT).status == 410
        assert phone.browser.cookies == kept, "with its cookie it would have lost its way back"
    ada.presses("unlock")
    for phone in phones:
        before = phone.browser.cookies["w"]
        assert phone.state == "interrupted"
        assert phone.browser.cookies["w"] != before
        assert phone.browser.get("/w").status == 200
    assert ada.desk["joined"] == len(phones)
    ada.asks_again()
    phones[0].answers(choice="a")


def test_a_lost_key_of_a_question_cuts_that_off_and_it_can_be_asked_again(
    ada: Facilitator, phones: list[Phone], settings: Settings
) -> None:
    """A data folder put back from a copy: the question is there, and what opens its answers is not."""
    ada.shows("easy")
    for phone in phones:
        phone.answers(choice="a")
    form = {**phones[0].form(), "choice": "b"}
    seats = [phone.browser.cookies["w"] for phone in phones]
    start_without(settings, settings.keys.glob("*.d"), ada, *phones)
    assert ada.desk["step_state"] == phones[0].state == "interrupted"
    assert [phone.browser.cookies["w"] for phone in phones] == seats
    refused = phones[0].browser.post("/w/answer", form, **FRAGMENT)
    assert (refused.status, refused.code) == (409, "not_open")
    assert refused.text == strings.text({}, "interrupted")
    ada.asks_again()
    for phone in phones[:4]:
        phone.answers(choice="b")
    ada.closes(now=True, show=True)
    assert [bar.text for bar in ada.screen.page().all(class_="bar-figure")] == ["0", "4", "0"]


def test_a_seat_that_was_left_stays_left_over_a_restart(
    ada: Facilitator, phones: list[Phone], settings: Settings
) -> None:
    """Whoever copied the cookie before: a restart of the server is no way back in."""
    ada.shows("easy")
    copied = dict(phones[0].browser.cookies)
    form = {**phones[0].form(), "choice": "a"}
    phones[0].leaves()
    start_without(settings, [], ada, *phones)
    phones[0].browser.cookies = copied
    assert phones[0].browser.get("/w").status == 410
    assert phones[0].browser.post("/w/answer", form, **FRAGMENT).status == 410
    assert ada.desk["answered"] == 0
    assert [phone.state for phone in phones[1:]] == ["open"] * 4
    ada.ends()
    assert not [*settings.runtime.iterdir()]


def test_the_kept_cookie_of_another_session_opens_nothing(
    ada: Facilitator, phones: list[Phone], reboots: Reboot
) -> None:
    mine = phones[0].browser.cookies["w"]
    reboots()
    forged = "A" * 21 + mine[21:]
    phones[0].browser.cookies["w"] = forged
    assert phones[0].browser.get("/w").status == 410
