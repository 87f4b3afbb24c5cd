"""The way past the framework is no other door: it takes, refuses and says what the ordinary one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from werkzeug.test import run_wsgi_app

from sessions import access, express
from sessions.seats import Seat
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT, Answer
from workshop.request import Request

Given = dict[str, str | Sequence[str]]


@pytest.fixture
def ada(cast: Cast, ada: Facilitator, room: str) -> Facilitator:
    """A low poll is open."""
    ada.opens(workshop=room).goes_to("easy")
    return ada


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer takes the short way: none is known to have a seat before the framework looks."""
    monkeypatch.setattr(express, "_seat", lambda asking: None)


def send(phone: Phone, **change: str | Sequence[str]) -> Answer:
    return phone.browser.post("/w/answer", {**phone.form(), **change}, **FRAGMENT)


def refusal(answer: Answer) -> tuple[int, str | None, str | None, str]:
    return answer.status, answer.code, answer.headers.get("x-attune-next"), answer.text


REFUSED: dict[str, Given] = {
    "an option that is not there": {"choice": "z"},
    "nothing": {},
    "an old question": {"step": "gone", "choice": "a"},
    "a revision that is no number": {"rev": "x", "choice": "a"},
    "a round that is not now": {"round": "2", "choice": "a"},
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_it_refuses_in_the_words_of_the_ordinary_door(
    cast: Cast, ada: Facilitator, given: Given, request: pytest.FixtureRequest
) -> None:
    short = refusal(send(cast.phone(ada.join_url), **given))
    request.getfixturevalue("slow")
    assert refusal(send(cast.phone(ada.join_url), **given)) == short
    assert short[0] >= 400
    assert short[1]


def test_what_it_says_is_the_region_that_the_phone_would_fetch(cast: Cast, ada: Facilitator) -> None:
    phone = cast.phone(ada.join_url)
    said = send(phone, choice="a")
    fetched = phone.browser.get("/w/mine?v=0")
    assert said.status == 200
    assert fetched.text.startswith(said.text)
    assert said.page.get("mine").at["data-state"] == "saved"
    assert said.page.get("mine").at["data-next"] == said.headers["x-attune-next"] == "2"


def test_it_wears_the_headers_of_every_other_answer(cast: Cast, ada: Facilitator) -> None:
    phone = cast.phone(ada.join_url)
    short, ordinary = send(phone, choice="a").headers, phone.browser.get("/w").headers
    for name in ("content-security-policy", "cache-control", "referrer-policy", "x-content-type-options"):
        assert short[name] == ordinary[name], name
    assert "set-cookie" not in short


def test_a_phone_without_a_seat_is_told_so_by_the_ordinary_door(cast: Cast, ada: Facilitator) -> None:
    phone = cast.phone(ada.join_url)
    form = phone.form()
    phone.browser.cookies.clear()
    answer = phone.browser.post("/w/answer", {**form, "choice": "a"}, **FRAGMENT)
    assert (answer.status, answer.code) == (410, "no_seat")


@pytest.mark.parametrize(
    ("method", "path", "accept"),
    [("GET", "/w/answer", "text/html-fragment"), ("POST", "/w/ready", "text/html-fragment"),
     ("POST", "/w/answer", "text/html")],
)  # fmt: skip
def test_only_answers_of_our_script_take_it(method: str, path: str, accept: str) -> None:
    def rest(environ: dict[str, object], start_response: object) -> list[bytes]:
        start_response("204 No Content", [])  # type: ignore[operator]
        return []

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_ACCEPT": accept, "HTTP_COOKIE": "w=nobody"}
    assert run_wsgi_app(express.Express(rest), environ)[1] == "204 No Content"


def test_a_seat_whose_session_lost_its_key_goes_the_ordinary_way_and_comes_home_with_a_new_one(
    cast: Cast, ada: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = cast.phone(ada.join_url)
    form, found = phone.form(), access.seat

    def fresh(*asking: Request) -> Seat:
        seat = found(*asking)
        return replace(seat, fresh=True)

    monkeypatch.setattr(access, "seat", fresh)
    answer = phone.browser.post("/w/answer", {**form, "choice": "a"}, **FRAGMENT)
    assert answer.cookies
