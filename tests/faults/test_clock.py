"""The wall clock jumps, here and on phones: nothing that anybody waits for hangs on it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from gevent import sleep

from sessions.codes import codes
from sessions.limits import limits
from sessions.lookup import of
from sessions.presence import presence
from sessions.timers import timers
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT

HOUR = 3600
JUMPS = {"an hour on": HOUR, "an hour back": -HOUR, "two minutes on": 120, "asleep for a night": 8 * HOUR}
"""Summer time begins and ends with the second and the first; a laptop that sleeps stops its monotonic clock."""

Jump = Callable[[int], None]


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Jump:
    real, moved = time.time, [0]
    monkeypatch.setattr(time, "time", lambda: real() + moved[0])
    return lambda seconds: moved.__setitem__(0, moved[0] + seconds)


@pytest.fixture
def ada(ada: Facilitator, room: str) -> Facilitator:
    """In a session of her own."""
    return ada.opens("core", room)


@pytest.fixture
def phones(cast: Cast, ada: Facilitator) -> list[Phone]:
    return cast.phones(ada.join_url, 4)


every_jump = pytest.mark.parametrize("seconds", JUMPS.values(), ids=JUMPS)


@every_jump
def test_nobody_is_lost(ada: Facilitator, phones: list[Phone], jump: Jump, seconds: int) -> None:
    ada.shows("easy")
    phones[0].answers(choice="a")
    jump(seconds)
    assert [phone.mine for phone in phones] == ["saved", "none", "none", "none"]
    for phone in phones[1:]:
        phone.answers(choice="b")
    assert (ada.desk["joined"], ada.desk["answered"]) == (4, 4)
    ada.closes(now=True)
    ada.reveals()
    assert "3" in ada.screen.sees()


@every_jump
def test_a_code_opens_the_room_and_a_dead_one_rests(
    cast: Cast, ada: Facilitator, phones: list[Phone], jump: Jump, seconds: int
) -> None:
    dead = ada.code
    ada.presses("code")
    jump(seconds)
    cast.phone(ada.code)
    assert Phone(cast.browser()).tries_to_join(dead).status == 404
    codes.draw(set())
    assert dead in codes._spent


@every_jump
def test_last_seconds_last_as_long_as_they_last(
    ada: Facilitator, phones: list[Phone], jump: Jump, seconds: int
) -> None:
    ada.shows("easy")
    phones[0].answers(choice="a")
    ada.closes()
    jump(seconds)
    left = int(phones[0].page().get("stage").at["data-seconds"])
    assert 3 <= left <= 5
    assert phones[1].tries_to_answer(choice="a").status == 200
    ada.undoes()
    assert ada.desk["step_state"] == "open"


@every_jump
def test_no_timer_runs_backwards(ada: Facilitator, phones: list[Phone], jump: Jump, seconds: int) -> None:
    ada.goes_to("talk")
    before = timers.elapsed(ada.live, "step")
    jump(seconds)
    after = timers.elapsed(ada.live, "step")
    assert before is not None
    assert after is not None
    assert 0 <= after - before < 5
    for page in (ada.browser.get(ada.console).text, ada.browser.get(ada.screen.path).text, phones[0].page().text):
        assert 'data-left="-' not in page


@every_jump
def test_limits_neither_open_nor_shut(ada: Facilitator, phones: list[Phone], jump: Jump, seconds: int) -> None:
    limits.open()
    for _ in range(6):
        assert limits.text(b"somebody") is None
    jump(seconds)
    assert limits.text(b"somebody") is not None
    assert limits.text(b"somebody else") is None
    while limits.answer(b"somebody") is None:
        pass
    jump(seconds)
    wait = limits.answer(b"somebody")
    assert wait is not None
    assert wait <= 0.5


@every_jump
def test_whoever_was_here_a_moment_ago_is_here(ada: Facilitator, phones: list[Phone], jump: Jump, seconds: int) -> None:
    assert presence.count(ada.live) == 4
    jump(seconds)
    assert presence.count(ada.live) == 4


def test_a_jump_in_the_middle_of_the_last_seconds_closes_on_time(
    ada: Facilitator, phones: list[Phone], jump: Jump, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.closing.LAST_SECONDS", 0.6)
    ada.shows("easy")
    for phone in phones:
        phone.answers(choice="a")
    ada.closes()
    jump(-HOUR)
    sleep(0.9)
    live = of(ada.live)
    assert live
    assert live.now
    assert live.now.state == "closed"


def test_what_a_phone_thinks_of_the_time_is_of_no_effect(ada: Facilitator, phones: list[Phone]) -> None:
    ada.shows("easy")
    wrong = {"Date": "Thu, 01 Jan 1970 00:00:00 GMT", "If-Modified-Since": "Fri, 31 Dec 2099 23:59:59 GMT"}
    mia, noor = phones[:2]
    assert mia.browser.get("/w", **wrong).body == noor.browser.get("/w").body
    form = {**mia.form(), "choice": "a", "time": "0", "at": "4102444800", "v": "999999999"}
    assert mia.browser.post("/w/answer", form, **FRAGMENT, **wrong).status == 200
    assert mia.mine == "saved"


def test_a_seat_lasts_by_the_phones_own_count_of_seconds(cast: Cast, ada: Facilitator) -> None:
    """`Expires` alone would be read by a clock that may be years off; `Max-Age` goes before it."""
    phone = Phone(cast.browser())
    answer = phone.tries_to_join(ada.join_url)
    (seat,) = [line for line in answer.cookies if line.startswith("w=")]
    assert f"Max-Age={12 * HOUR}" in seat
