"""The doors into a room: what opens it, what does not, and what a stranger can learn by trying."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable

import pytest

from sessions import forget
from sessions.codes import REST, Codes
from sessions.limits import limits
from sessions.vault import vault
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import Answer


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The budget of typed codes by a clock that stands still."""
    clock = Clock()
    monkeypatch.setattr(limits, "_clock", clock)
    limits.open()
    return clock


@pytest.fixture(autouse=True)
def _budget() -> None:
    limits.open()


@pytest.fixture
def lobby(ada: Facilitator) -> Facilitator:
    return ada.opens("core")


def looks(answer: Answer) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that somebody who tries a code is told."""
    return answer.status, answer.body, tuple(sorted(answer.headers.items()))


# ---------- what opens nothing ----------


@pytest.mark.parametrize(
    "code",
    ["", " ", "1234567", "123456789", "1234567a", "１２３４５６７８", "٠١٢٣٤٥٦٧", "12345678\x00", "9" * 5000],
    ids=ascii,
)
def test_what_is_no_code_is_answered_like_an_unknown_one(cast: Cast, lobby: Facilitator, code: str) -> None:
    assert looks(cast.phone().tries_to_join(code)) == looks(cast.phone().tries_to_join("00000000"))


def test_unknown_locked_ended_and_outdated_are_one_and_the_same(cast: Cast, lobby: Facilitator) -> None:
    url, code = lobby.join_url, lobby.code
    tries: list[Callable[[], Answer]] = [
        lambda: cast.phone().tries_to_join(url), lambda: cast.phone().tries_to_join(code)
    ]  # fmt: skip
    told = [looks(cast.phone().tries_to_join("/j/" + "A" * 22)), looks(cast.phone().tries_to_join("00000000"))]
    lobby.presses("lock")
    told += [looks(attempt()) for attempt in tries]
    lobby.presses("unlock")
    lobby.presses("code")
    told += [looks(attempt()) for attempt in tries]
    lobby.ends()
    told += [looks(attempt()) for attempt in tries]
    assert {status for status, _, _ in told} == {404}
    assert len(set(told)) == 1


@pytest.mark.parametrize("secret", ["A" * 21, "A" * 23, "A" * 21 + ".", "A" * 21 + "é", "%2e%2e%2f" + "A" * 19])
def test_an_address_of_another_shape_opens_nothing(cast: Cast, secret: str) -> None:
    assert cast.browser().get(f"/j/{secret}").status == 404
    assert cast.browser().post(f"/j/{secret}").status == 404


def test_looking_tells_nothing_and_takes_no_seat(cast: Cast, lobby: Facilitator) -> None:
    real, invented = (cast.browser().get(url) for url in (lobby.join_url, "/j/" + "A" * 22))
    assert looks(real) == looks(invented)
    assert real.status == 200
    assert not real.cookies
    assert lobby.desk["joined"] == 0


def test_before_anybody_joins_they_are_told_what_others_can_see(cast: Cast, lobby: Facilitator) -> None:
    """That somebody has not answered can be seen in a small room, though not who: a promise has to say so."""
    said = cast.browser().get(lobby.join_url).page.text
    assert "Everybody can see how many have answered, and nobody who." in said
    assert len(said.split()) <= 110


# ---------- guessing ----------


def test_with_an_empty_budget_even_the_right_code_opens_nothing_and_the_qr_does(
    cast: Cast, lobby: Facilitator, clock: Clock
) -> None:
    guesses = random.Random(7)
    told = [cast.phone().tries_to_join(f"{guesses.randrange(10**8):08}") for _ in range(200)]
    assert [answer.status for answer in told].count(404) == 30
    refused = cast.phone().tries_to_join(lobby.code)
    assert (refused.status, refused.headers["retry-after"]) == (429, "60")
    assert looks(refused) == looks(next(answer for answer in told if answer.status == 429))
    assert cast.phone(lobby.join_url).state == "lobby"
    clock.now += 61
    assert cast.phone().joins(lobby.code).confirms().state == "lobby"


def test_a_room_of_people_joins_from_one_address(cast: Cast, lobby: Facilitator, clock: Clock) -> None:
    for i in range(500):
        assert Phone(cast.browser()).tries_to_join(lobby.code if i % 2 else lobby.join_url).status == 303


# ---------- seats ----------


def test_a_private_tab_before_the_lock_is_a_second_seat(cast: Cast, lobby: Facilitator) -> None:
    cast.phone(lobby.join_url)
    cast.phone(lobby.join_url)
    assert lobby.desk["joined"] == 2


def test_joining_again_keeps_the_seat_and_its_answer(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    phone = cast.phone(ada.join_url)
    phone.answers(choice="a")
    seat = phone.browser.cookies["w"]
    phone.joins(ada.join_url).joins(ada.code)
    assert phone.browser.cookies["w"] == seat
    assert phone.mine == "saved"
    assert ada.desk["joined"] == 1


def test_the_cookie_of_a_seat_is_for_this_server_alone_and_no_script(cast: Cast, lobby: Facilitator) -> None:
    answer = cast.phone().tries_to_join(lobby.join_url)
    (cookie,) = [line for line in answer.cookies if line.startswith("w=")]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= parts
    assert not any(part.startswith("domain") for part in parts)


def forged(cookie: str) -> list[str]:
    return [
        "", "x", cookie[:-1], cookie + "A", cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB"), cookie.swapcase(),
        "A" * 54, cookie[:21] + "A" * 33, "é" * 54, cookie[:21] + cookie, "\t", '"', "A" * 4000,
    ]  # fmt: skip


def test_a_forged_cookie_is_nobodys_and_tells_nothing(cast: Cast, lobby: Facilitator) -> None:
    real = cast.phone(lobby.join_url).browser.cookies["w"]
    stranger = cast.browser().get("/w")
    assert stranger.status == 410
    for cookie in forged(real):
        browser = cast.browser()
        browser.cookies["w"] = cookie
        for place in ("/w", "/w/mine?v=0", "/w/help"):
            assert browser.get(place).status == 410
        assert browser.get("/w").body == stranger.body
        assert browser.post("/w/answer", {"step": "hello", "choice": "a"}).status == 410


def test_a_cookie_of_another_session_keeps_its_own_room_and_no_other(cast: Cast, lobby: Facilitator) -> None:
    phone = cast.phone(lobby.join_url)
    other = Facilitator(lobby.browser).opens("core")
    other.starts()
    asked = phone.tries_to_join(other.join_url)
    assert asked.status == 200
    assert "another room" in asked.page.text
    assert phone.state == "lobby", "it was moved without meaning to"
    (form,) = asked.page.all("form")
    fields = {name: value for name, (value, *_) in form.fields.items()}
    assert phone.browser.post(form.at["action"], fields).headers["location"] == "/w"
    assert phone.confirms().state == "open"


def test_a_seat_of_a_session_that_is_over_opens_the_next_one_at_once(cast: Cast, lobby: Facilitator) -> None:
    phone = cast.phone(lobby.join_url)
    lobby.ends()
    following = Facilitator(lobby.browser).opens("core")
    assert phone.joins(following.join_url).confirms().state == "lobby"


# ---------- a lost key ----------


def lose_the_key(ada: Facilitator) -> None:
    """As a reboot does, which the server meets when it starts."""
    for path in vault._volatile.iterdir():
        vault._destroy(path)
    forget.rekey(ada.live)


def test_after_a_lost_key_phones_that_were_in_get_fresh_seats_without_a_tap(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room).goes_to("easy")
    phones = cast.phones(ada.join_url, 3)
    for phone in phones:
        phone.answers(choice="a")
    old = [phone.browser.cookies["w"] for phone in phones]
    lose_the_key(ada)
    assert [phone.state for phone in phones] == ["interrupted"] * 3
    assert all(phone.browser.cookies["w"] not in old for phone in phones)
    assert cast.browser().get("/w").status == 410, "a stranger got a seat"
    assert ada.desk["next"] == "close"
    ada.presses_space()
    ada.reveals()
    assert "Apples" in ada.screen.sees()
    ada.asks_again()
    for phone in phones:
        phone.answers(choice="b")
    assert ada.desk["answered"] == 3, "an answer of before the loss was added to the new ones"


def test_after_a_lost_key_a_locked_room_takes_nobody_back(cast: Cast, lobby: Facilitator) -> None:
    phone = cast.phone(lobby.join_url)
    lobby.presses("lock")
    lose_the_key(lobby)
    assert phone.browser.get("/w").status == 410


# ---------- codes ----------


def test_a_code_rests_for_a_day_by_a_clock_that_nobody_can_set(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    codes = Codes(clock)
    drawn = iter([7, 8, 7, 9, 7])
    monkeypatch.setattr(secrets, "randbelow", lambda _most: next(drawn))
    assert codes.draw(set()) == "00000007"
    codes.spend("00000007")
    assert codes.draw(set()) == "00000008"
    clock.now += REST - 1
    assert codes.draw(set()) == "00000009"
    clock.now += 1
    assert codes.draw(set()) == "00000007"


def test_a_code_that_a_room_has_is_not_drawn_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 8])
    monkeypatch.setattr(secrets, "randbelow", lambda _most: next(drawn))
    assert Codes().draw({"00000007", None}) == "00000008"
