"""The socket's door, on the real server: who is let in to what, what they are told first, and when they are put out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.raw_socket import Closed, RawSocket
from tests.serving import Server

REFUSED = '44/console,{"message":"not_found"}'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all of these: each opens a session of its own."""
    running = Server(tmp_path_factory.mktemp("house"), {}).start()
    yield running
    running.stop()
    assert "Traceback" not in running.said()


@pytest.fixture(scope="module")
def cast(house: Server) -> Cast:
    return Cast.at(house)


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    return cast.facilitator("Ada").opens()


@pytest.fixture
def dial(house: Server) -> Iterator[Callable[..., RawSocket]]:
    """A socket with the cookies of a browser, or with none."""
    made: list[RawSocket] = []

    def connect(browser: Any = None) -> RawSocket:
        cookies = "; ".join(f"{name}={value}" for name, value in (browser.cookies if browser else {}).items())
        made.append(RawSocket(house.url, headers={"Cookie": cookies}))
        return made[-1]

    yield connect
    for socket in made:
        socket.socket.close()


def regions(socket: RawSocket, wanted: int) -> dict[str, dict[str, Any]]:
    """The first so many regions that a socket is told, by target."""
    told: dict[str, dict[str, Any]] = {}
    while len(told) < wanted:
        name, data = socket.event()
        assert name == "swap"
        told[data["target"]] = data
    return told


def put_out(socket: RawSocket, within: float) -> bool:
    ends = time.monotonic() + within
    try:
        while time.monotonic() < ends:
            socket.hear(within)
    except (Closed, TimeoutError) as how:
        return isinstance(how, Closed)
    return False


def test_a_phone_with_a_seat_gets_its_stage_and_every_later_one(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    mia = Phone(cast.browser()).joins(ada.join_url)
    with dial(mia.browser) as socket:
        assert socket.join("/phone").startswith("40/phone,")
        first = regions(socket, 1)["stage"]
        assert f'data-v="{first["v"]}"' in first["html"]
        ada.starts()
        while socket.event()[1].get("v", 0) <= first["v"]:
            pass


@pytest.mark.parametrize("auth", [None, {}, {"live": 1}, {"token": "x" * 22}])
def test_a_phone_without_a_seat_is_refused(ada: Facilitator, dial: Callable[..., RawSocket], auth: Any) -> None:
    assert dial().join("/phone", auth) == '44/phone,{"message":"no_seat"}'
    assert dial(ada.browser).join("/phone", auth) == '44/phone,{"message":"no_seat"}'


def test_a_screen_is_known_by_its_token_alone(ada: Facilitator, dial: Callable[..., RawSocket]) -> None:
    token = ada.desk["screen_url"].rpartition("/")[2]
    screen = dial()
    assert screen.join("/screen", {"token": token}).startswith("40/screen,")
    assert set(regions(screen, 2)) == {"stage", "progress"}


@pytest.mark.parametrize("token", ["", "x" * 22, "é" * 22, "x" * 300, 7, None, True])
def test_a_wrong_token_shows_nothing(ada: Facilitator, dial: Callable[..., RawSocket], token: Any) -> None:
    assert dial(ada.browser).join("/screen", {"token": token}) == '44/screen,{"message":"not_found"}'


def test_a_console_is_its_facilitators(ada: Facilitator, dial: Callable[..., RawSocket]) -> None:
    console = dial(ada.browser)
    assert console.join("/console", {"live": ada.live}).startswith("40/console,")
    assert {"console", "progress", "late", "care"} <= set(regions(console, 5))


def test_a_console_of_somebody_else_is_as_if_it_were_not_there(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    bob = cast.facilitator("Bob")
    mia = Phone(cast.browser()).joins(ada.join_url)
    for browser in (bob.browser, mia.browser, None):
        for live in (ada.live, 999, -1, "x", None, 1 << 60, 1.5, True):
            assert dial(browser).join("/console", {"live": live}) == REFUSED


def test_sign_out_reaches_the_sockets_of_the_account_within_a_second(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    cleo = cast.facilitator("Cleo").opens()
    hers, another = dial(cleo.browser), dial(ada.browser)
    hers.join("/console", {"live": cleo.live})
    another.join("/console", {"live": ada.live})
    cleo.signs_out()
    assert put_out(hers, 1.0)
    assert not put_out(another, 0.3)


def test_a_phone_that_leaves_is_put_out(cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]) -> None:
    mia = Phone(cast.browser()).joins(ada.join_url)
    socket = dial(mia.browser)
    socket.join("/phone")
    mia.leaves()
    assert put_out(socket, 1.0)


def test_a_phone_that_left_is_not_let_in_by_its_old_cookie(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    mia = Phone(cast.browser()).joins(ada.join_url)
    copied = dict(mia.browser.cookies)
    mia.leaves()
    mia.browser.cookies.update(copied)
    assert dial(mia.browser).join("/phone") == '44/phone,{"message":"no_seat"}'


def test_two_sockets_of_one_phone_are_one_person_in_the_room(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    mia = Phone(cast.browser()).joins(ada.join_url)
    for _ in range(3):
        dial(mia.browser).join("/phone")
    assert ada.desk["joined"] == 1


def test_the_end_is_told_to_phones(cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]) -> None:
    socket = dial(Phone(cast.browser()).joins(ada.join_url).browser)
    socket.join("/phone")
    ada.starts()
    ada.ends()
    while socket.event()[0] != "bye":
        pass


def whispers(socket: RawSocket, done: Callable[[str], bool]) -> str:
    """What a console is told of quiet words, once it is as it should be; every word that came meanwhile."""
    told = list[str]()
    while not told or not done(told[-1]):
        name, data = socket.event()
        if (name, data.get("target")) == ("swap", "care"):
            told.append(data["html"])
    return " ".join(told)


def test_a_right_to_help_that_is_taken_back_reaches_its_sockets_within_a_second(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    hal, ida = cast.helper(ada), cast.helper(ada)
    his, hers = dial(hal.browser), dial(ida.browser)
    for socket in (his, hers):
        assert socket.join("/console", {"live": ada.live}).startswith("40/console,")
    ada.presses("dismiss", number="1")
    assert put_out(his, 1.0)
    assert not put_out(hers, 0.3)
    assert dial(hal.browser).join("/console", {"live": ada.live}) == REFUSED


def test_the_words_of_a_quiet_word_are_sent_to_one_chosen_person_alone(
    cast: Cast, ada: Facilitator, dial: Callable[..., RawSocket]
) -> None:
    hal, ida = cast.helper(ada), cast.helper(ada)
    sockets = [dial(one.browser) for one in (ada, hal, ida)]
    for socket in sockets:
        socket.join("/console", {"live": ada.live})
    lead, first, second = sockets
    mia = Phone(cast.browser()).joins(ada.join_url).confirms()
    mia.asks_for_a_quiet_word("by the window")
    assert "by the window" in whispers(lead, lambda html: "<b>1</b>" in html)
    for socket in (first, second):
        assert "by the window" not in whispers(socket, lambda html: "<b>1</b>" in html)
    ada.presses("quiet-to", number="2")
    assert "by the window" in whispers(second, lambda html: "by the window" in html)
    for socket in (lead, first):
        assert "by the window" not in whispers(socket, lambda html: "with helper 2" in html).split("<section")[-1]
    late = dial(ada.browser)
    late.join("/console", {"live": ada.live})
    assert "by the window" not in str(regions(late, 4))
