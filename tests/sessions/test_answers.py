"""Answers are taken, refused with a code and a sentence, or taken back; what a phone calls saved is what is counted."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Sequence
from typing import Any

import pytest

from sessions import schedule
from sessions.limits import limits
from sessions.timers import timers
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT, Answer
from tests.sessions.writing import until_wiped

Given = dict[str, str | Sequence[str]]


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests send much in a short time; the limit has tests of its own."""
    clock = itertools.count(time.monotonic(), 10.0)
    monkeypatch.setattr(limits._answers, "_clock", lambda: next(clock))
    monkeypatch.setattr(limits, "text", lambda _seat: None)


@pytest.fixture
def easy(cast: Cast, ada: Facilitator, room: str) -> Facilitator:
    """A low poll is open."""
    ada.opens(workshop=room).goes_to("easy")
    return ada


@pytest.fixture
def mia(cast: Cast, easy: Facilitator) -> Phone:
    return cast.phone(easy.join_url)


def send(phone: Phone, form: Given, **change: str | Sequence[str]) -> Answer:
    return phone.browser.post("/w/answer", {**form, **change}, **FRAGMENT)


def outcome(answer: Answer) -> tuple[int, str | None, str | None]:
    return answer.status, answer.code, answer.headers.get("x-attune-next")


def counted(ada: Facilitator) -> dict[str, int]:
    """Close, show, and read the bars of the wall."""
    ada.closes(now=True, show=True)
    bars = ada.screen.page().get("stage").all("li", class_="bar-line")
    return {bar.all("span")[0].text: int(bar.all("span", class_="bar-figure")[0].text) for bar in bars}


# ---------- rev ----------


def test_the_same_answer_twice_is_acknowledged_twice_and_counted_once(easy: Facilitator, mia: Phone) -> None:
    form = mia.form() | {"choice": "a"}
    assert outcome(send(mia, form)) == outcome(send(mia, form)) == (200, None, "2")
    assert easy.desk["answered"] == 1


def test_revisions_that_are_not_newer_are_stale_and_told_the_next(mia: Phone) -> None:
    form = mia.form()
    assert outcome(send(mia, form, choice="a", rev="3")) == (200, None, "4")
    assert outcome(send(mia, form, choice="b", rev="3")) == (409, "stale", "4")
    assert outcome(send(mia, form, choice="b", rev="2")) == (409, "stale", "4")
    assert outcome(send(mia, form, choice="a", rev="2")) == (409, "stale", "4")


@pytest.mark.parametrize(
    "rev", ["", "0", "-1", "1.0", "1e3", "x", str(2**63), "9" * 5000, "٣", " 1", "+1", "0x1", "1000001", "\x00"]
)
def test_a_revision_that_we_did_not_give_is_refused(easy: Facilitator, mia: Phone, rev: str) -> None:
    assert outcome(send(mia, mia.form(), choice="a", rev=rev))[:2] == (422, "bad_option")
    assert easy.desk["answered"] == 0


def test_a_missing_revision_is_refused(mia: Phone) -> None:
    form = {name: value for name, value in mia.form().items() if name != "rev"}
    assert outcome(send(mia, form, choice="a"))[:2] == (422, "bad_option")


def test_a_reload_between_two_choices_continues_where_the_phone_was(cast: Cast, easy: Facilitator, mia: Phone) -> None:
    mia.answers(choice="a")
    assert mia.form()["rev"] == "2"
    mia.answers(choice="b")
    assert mia.form()["rev"] == "3"
    for phone in cast.phones(easy.join_url, 2):
        phone.answers(choice="b")
    assert counted(easy) == {"Apples": 0, "Bread": 3, "Cheese": 0}


def test_a_pass_takes_the_answer_back_and_counts_nowhere(cast: Cast, easy: Facilitator, mia: Phone) -> None:
    mia.answers(choice="a")
    mia.passes()
    assert mia.mine == "saved"
    assert easy.desk["answered"] == 1
    for phone in cast.phones(easy.join_url, 3):
        phone.answers(choice="c")
    assert counted(easy) == {"Apples": 0, "Bread": 0, "Cheese": 3}


def test_an_answer_after_a_pass_counts(cast: Cast, easy: Facilitator, mia: Phone) -> None:
    mia.passes()
    mia.answers(choice="a")
    for phone in cast.phones(easy.join_url, 2):
        phone.answers(choice="c")
    assert counted(easy) == {"Apples": 1, "Bread": 0, "Cheese": 2}


def test_a_pass_and_an_answer_look_alike_on_the_way_back(cast: Cast, easy: Facilitator) -> None:
    mia, noor = cast.phones(easy.join_url, 2)
    answered = mia.tries_to_answer(choice="a")
    passed = noor.browser.post("/w/answer", {**noor.form(), "pass": "1"}, **FRAGMENT)
    assert (answered.status, passed.status) == (200, 200)
    assert (answered.headers, answered.body) == (passed.headers, passed.body)
    assert mia.browser.get("/w").body == noor.browser.get("/w").body


# ---------- which question ----------


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"step": "nowhere"}, {"step": ""}, {"step": "near"}, {"step": "words"}, {"round": "2"}, {"round": ""},
        {"round": "01"}, {"round": "x"}, {"phase": "1"}, {"phase": ""}, {"phase": "-1"}, {"phase": "²"},
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_is_not_asked_now_takes_nothing(
    easy: Facilitator, mia: Phone, elsewhere: dict[str, str]
) -> None:
    answer = send(mia, mia.form(), choice="a", **elsewhere)
    assert outcome(answer)[:2] == (409, "not_open")
    assert easy.desk["answered"] == 0


def test_a_step_of_another_session_is_like_one_that_does_not_exist(
    cast: Cast, easy: Facilitator, mia: Phone, room: str
) -> None:
    other = Facilitator(easy.browser).opens("core")
    other.goes_to("s16_worst_help")
    form = cast.phone(other.join_url).form()
    theirs = send(mia, form, text="hello")
    unknown = send(mia, {**form, "step": "nowhere"}, text="hello")
    assert (theirs.status, theirs.code, theirs.body) == (unknown.status, unknown.code, unknown.body)
    assert other.desk["answered"] == easy.desk["answered"] == 0


def test_an_earlier_question_has_closed(easy: Facilitator, mia: Phone) -> None:
    form = mia.form()
    easy.closes(now=True)
    assert outcome(send(mia, form, choice="a"))[:2] == (409, "closed")
    easy.moves_on()
    assert outcome(send(mia, form, choice="a"))[:2] == (409, "closed")


def test_a_late_one_is_told_that_what_came_in_time_is_counted(easy: Facilitator, mia: Phone) -> None:
    form = mia.form()
    mia.answers(choice="a")
    easy.closes(now=True)
    assert "If your answer reached us before that, it is counted." in send(mia, form, choice="a").text


def test_a_tender_question_takes_nothing_before_it_is_opened(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("deep")
    phone = cast.phone(ada.join_url)
    assert not phone.page().get("stage").all("form")
    form: Given = {"step": "deep", "round": "1", "phase": "0", "rev": "1", "choice": "a"}
    assert outcome(send(phone, form))[:2] == (409, "not_open")
    ada.asks()
    assert send(phone, form).status == 200


# ---------- what is in it ----------


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "empty"),
        ({"choice": "d"}, "bad_option"),
        ({"choice": ""}, "bad_option"),
        ({"choice": "A"}, "bad_option"),
        ({"choice": ["a", "b"]}, "bad_option"),
        ({"choice": ["a", "a"]}, "bad_option"),
        ({"choice": "a\x00"}, "bad_option"),
        ({"choice": "<script>"}, "bad_option"),
        ({"choice": ["a"] * 500}, "bad_option"),
        ({"value": "1"}, "empty"),
    ],
    ids=str,
)
def test_an_option_that_is_not_there_is_refused_with_a_sentence(
    easy: Facilitator, mia: Phone, given: Given, code: str
) -> None:
    answer = mia.tries_to_answer(**given)
    assert outcome(answer)[:2] == (422, code)
    assert re.fullmatch(r"[A-Z][^<>]+\.", answer.text)
    assert easy.desk["answered"] == 0


@pytest.mark.parametrize("value", ["0", "6", "11", "-1", "1.5", "1e1", "", "x", "1 ", "٣", "05"])
def test_a_point_off_the_scale_is_refused(cast: Cast, ada: Facilitator, value: str) -> None:
    ada.opens("full").shows("s11_felt_heard")
    answer = cast.phone(ada.join_url).tries_to_answer(value=value)
    assert (answer.status, answer.code) in ((422, "bad_option"), (422, "empty"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("   ", "empty"), ("\u200b\u2066\u202e", "empty"), ("a\x00b", "bad_option"),
        ("x" * 101, "too_long"), (["a", "b", "c"], "bad_option"), ("x" * 10_000, "too_long"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_text_that_cannot_be_taken_is_refused_with_a_sentence(
    cast: Cast, ada: Facilitator, room: str, text: Any, code: str
) -> None:
    ada.opens(workshop=room).goes_to("lines")
    answer = cast.phone(ada.join_url).tries_to_answer(text=text)
    assert outcome(answer)[:2] == (422, code)
    assert answer.text.endswith(".")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\u202eb\u200bc", "abc"), ("ﬁne\u00a0 \t day", "fine day"), ("e" + "\u0301" * 90, "é" + "\u0301" * 4),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"), ("{{7*7}} </textarea>", "{{7*7}} </textarea>"),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_text_is_made_plain_and_shown_as_text(cast: Cast, ada: Facilitator, room: str, text: str, kept: str) -> None:
    ada.opens(workshop=room).goes_to("lines")
    phones = cast.phones(ada.join_url, 3)
    for phone in phones:
        phone.answers(text=text)
    ada.closes(now=True)
    assert [words for _id, words in ada.texts()] == [kept] * 3
    ada.lets_through()
    ada.reveals()
    for page in (ada.screen.page(), phones[0].page(), ada.page()):
        assert kept in page.text
        assert not [one for one in page.all("script") if "src" not in one.at]


def test_what_was_typed_comes_back_as_text_when_a_plain_form_is_refused(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("lines")
    phone, typed = cast.phone(ada.join_url), '</textarea><img src=x onerror="alert(1)">' + "x" * 80
    answer = phone.browser.post("/w/answer", {**phone.form(), "text": typed})
    assert (answer.status, answer.code) == (422, "too_long")
    assert not answer.page.all("img")
    assert typed in [one.text for one in answer.page.get("stage").all(class_="input")] + [
        one.at.get("value") for one in answer.page.get("stage").all(class_="input")
    ]


# ---------- how often, and when ----------


def test_one_phone_that_sends_without_pause_is_slowed_and_the_others_are_not(
    cast: Cast, easy: Facilitator, mia: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor = cast.phone(easy.join_url)
    form = mia.form()
    monkeypatch.setattr(limits._answers, "_clock", lambda: 1e9)
    answers = [send(mia, form, choice="a", rev=str(n)) for n in range(1, 60)]
    assert sum(answer.status == 200 for answer in answers) == 10
    slowed = [answer for answer in answers if answer.status != 200]
    assert {outcome(answer)[:2] for answer in slowed} == {(429, "slow_down")}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in slowed)
    noor.answers(choice="b")
    monkeypatch.setattr(limits._answers, "_clock", lambda: 1e9 + 5)
    assert send(mia, form, choice="c", rev="99").status == 200


def test_no_time_of_a_phone_is_ever_used(easy: Facilitator, mia: Phone) -> None:
    answer = mia.browser.post(
        "/w/answer",
        {**mia.form(), "choice": "a", "time": "1970-01-01", "now": "0"},
        Date="Thu, 01 Jan 1970 00:00:00 GMT",
        If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT",
        **FRAGMENT,
    )
    assert answer.status == 200
    assert mia.mine == "saved"


# ---------- nobody sees it ----------


@pytest.mark.parametrize("step", ["near", "deep"])
def test_no_page_depends_on_what_anybody_answered_until_it_is_shown(
    cast: Cast, ada: Facilitator, room: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "_clock", lambda: 1000.0)
    monkeypatch.setattr(schedule, "wall", lambda: 60_000.0)
    ada.opens(workshop=room).goes_to(step)
    if ada.desk["step_state"] == "shown":
        ada.asks()
    phones, watcher = cast.phones(ada.join_url, 8), cast.phone(ada.join_url)
    until_wiped()

    def everything() -> list[bytes]:
        assert ada.counts(8) if step == "near" else time.sleep(1.1) is None
        desk = ada.desk
        places = (ada.console, f"{ada.console}.json", desk["screen_url"].split("8000")[1])
        mine = ("/w", "/w/mine?v=0", "/w/help")
        pages = [ada.browser.get(place) for place in places] + [watcher.browser.get(place) for place in mine]
        pages += [phone.browser.get(place) for phone in phones for place in mine]
        assert {page.status for page in pages} == {200}
        return [page.body for page in pages]

    for phone in phones:
        phone.answers(choice="a")
    before = everything()
    for phone in phones:
        phone.answers(choice="b", rev="2")
        phone.answers(choice="c", rev="3")
    after = [
        body.replace(b'value="4"', b'value="2"').replace(b'data-next="4"', b'data-next="2"') for body in everything()
    ]
    assert after == before


def test_a_phone_is_never_shown_its_own_answer_again(mia: Phone) -> None:
    mia.answers(choice="b")
    for place in ("/w", "/w/mine?v=0", "/w?change=1"):
        assert "checked" not in mia.browser.get(place).text
    assert not mia.page().get("mine").text.count("Bread")
