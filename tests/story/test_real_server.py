"""A session at a real server: what is pressed arrives at the screen and the phones, and what was lost is sent again."""

from __future__ import annotations

import http.client
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT, Browser, OverHttp
from tests.listening import Listener, at, says, token
from tests.serving import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    usual = os.umask(0o022)  # whoever runs the tests may be stricter
    server = Server(tmp_path_factory.mktemp("story"), {}, ()).start()
    os.umask(usual)
    yield server
    server.stop()
    assert "Traceback" not in server.said()


@pytest.fixture(scope="module")
def cast(server: Server) -> Cast:
    return Cast.at(server)


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    """At the first question."""
    ada = cast.facilitator("Ada").opens("core")
    ada.starts()
    return ada


@pytest.fixture
def listen(server: Server) -> Iterator[Callable[..., Listener]]:
    opened: list[Listener] = []

    def listen(page: str, browser: Browser | None = None, **auth: object) -> Listener:
        opened.append(Listener(server, page, browser, auth))
        return opened[-1]

    yield listen
    for one in opened:
        one.socket.socket.close()


def test_what_ada_presses_arrives_at_the_screen_and_at_every_phone(
    cast: Cast, ada: Facilitator, listen: Callable[..., Listener]
) -> None:
    phones = cast.phones(ada.join_url, 3)
    screen, console = listen("screen", token=token(ada)), listen("console", ada.browser, live=ada.live)
    rooms = [listen("phone", phone.browser) for phone in phones]
    for page in (screen, *rooms):
        page.hears("stage", at("open"))
    for i, phone in enumerate(phones):
        phone.answers(choice=("bus", "foot")[i % 2])
    screen.hears("progress", says("3 of 3"))
    console.hears("progress", says("3 answered"))
    ada.closes(now=True, show=True)
    for page in (screen, *rooms):
        shown = page.hears("stage", at("revealed"))
        assert "Bus or train" in shown.text
    ada.moves_on()
    for page in (screen, *rooms):
        page.hears("stage", at("reading"))
    console.hears("console", says("Looking after") if "Looking after" in ada.sees() else at("reading"))
    ada.ends()
    for page in (screen, *rooms):
        page.hears("stage", at("ended"))
        page.hears_goodbye()


def test_regions_hold_nothing_of_any_one_phone(cast: Cast, ada: Facilitator, listen: Callable[..., Listener]) -> None:
    mia, noor = cast.phones(ada.join_url, 2)
    mia.answers(choice="bus")
    stages = {listen("phone", phone.browser).hears("stage", at("open")).text for phone in (mia, noor)}
    assert len(stages) == 1


def test_who_connects_late_is_told_where_the_room_is(
    cast: Cast, ada: Facilitator, listen: Callable[..., Listener]
) -> None:
    phone = cast.phone(ada.join_url)
    ada.closes(now=True)
    ada.moves_on()
    v = ada.desk["version"]
    stage = listen("phone", phone.browser).hears("stage", at("reading"))
    assert (stage.at["data-v"], stage.at["data-step"]) == (str(v), ada.step)


def test_a_phone_in_one_room_hears_nothing_of_another(
    cast: Cast, ada: Facilitator, listen: Callable[..., Listener]
) -> None:
    phone = listen("phone", cast.phone(ada.join_url).browser)
    phone.hears("stage", at("open"))
    other = cast.facilitator("Bob").opens("core")
    other.starts()
    other.closes(now=True)
    with pytest.raises(TimeoutError):
        phone.socket.event(timeout=1.0)


def test_a_phone_that_leaves_is_cut_off_at_once(cast: Cast, ada: Facilitator, listen: Callable[..., Listener]) -> None:
    phone = cast.phone(ada.join_url)
    listener = listen("phone", phone.browser)
    listener.hears("stage", at("open"))
    phone.leaves()
    listener.is_cut_off()
    assert phone.browser.get("/w").status == 410


def test_two_consoles_of_one_facilitator_stay_in_step(
    cast: Cast, ada: Facilitator, listen: Callable[..., Listener]
) -> None:
    laptop, tablet = (listen("console", ada.browser, live=ada.live) for _ in range(2))
    ada.pauses()
    for console in (laptop, tablet):
        console.hears("console", at("paused"))


# ---------- answers on a bad link ----------


def send_and_hang_up(phone: Phone, **given: str) -> None:
    """The answer reaches the server; the reply reaches nobody."""
    assert isinstance(phone.browser, OverHttp)
    host, port = phone.browser.url.removeprefix("http://").split(":")
    form = "&".join(f"{name}={value}" for name, value in {**phone.form(), **given}.items())
    cookies = "; ".join(f"{name}={value}" for name, value in phone.browser.cookies.items())
    head = (
        f"POST /w/answer HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {phone.browser.url}\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        f"Accept: text/html-fragment\r\n\r\n{form}"
    )
    with closing(socket.create_connection((host, int(port)))) as link:
        link.sendall(head.encode())


def wait_until_answered(ada: Facilitator, many: int) -> None:
    for _ in range(100):
        if ada.desk["answered"] == many:
            return
    pytest.fail(f"{many} answers did not arrive: {json.dumps(ada.desk)}")


def test_an_answer_whose_reply_was_lost_is_acknowledged_as_the_first_time(cast: Cast, ada: Facilitator) -> None:
    phone = cast.phone(ada.join_url)
    form = phone.form()
    send_and_hang_up(phone, choice="bus")
    wait_until_answered(ada, 1)
    again = phone.browser.post("/w/answer", {**form, "choice": "bus"}, **FRAGMENT)
    assert (again.status, again.headers["x-attune-next"]) == (200, "2")
    assert ada.desk["answered"] == 1


def test_another_choice_after_a_lost_reply_is_stale_and_goes_through_with_the_rev_it_is_told(
    cast: Cast, ada: Facilitator
) -> None:
    phones = cast.phones(ada.join_url, 3)
    form = phones[0].form()
    send_and_hang_up(phones[0], choice="bus")
    wait_until_answered(ada, 1)
    stale = phones[0].browser.post("/w/answer", {**form, "choice": "car"}, **FRAGMENT)
    assert (stale.status, stale.code) == (409, "stale")
    fresh = {**form, "choice": "car", "rev": stale.headers["x-attune-next"]}
    assert phones[0].browser.post("/w/answer", fresh, **FRAGMENT).status == 200
    for phone in phones[1:]:
        phone.answers(choice="car")
    assert counted(ada) == {"car": "3"}


def test_two_tabs_of_one_phone_are_one_person_and_the_last_choice_wins(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 3)
    tab, other = phones[0], Phone(phones[0].browser, "Mia's other tab")
    old = other.form()
    tab.answers(choice="bus")
    refused = other.browser.post("/w/answer", {**old, "choice": "car"}, **FRAGMENT)
    assert refused.code == "stale"
    assert other.mine == "saved"
    other.answers(choice="car")
    tab.answers(choice="foot")
    for phone in phones[1:]:
        phone.answers(choice="foot")
    assert ada.desk["answered"] == 3
    assert counted(ada) == {"foot": "3"}


def test_a_retry_after_the_close_is_told_that_it_may_have_counted(cast: Cast, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 3)
    form = phones[0].form()
    for phone in phones:
        phone.answers(choice="bus")
    ada.closes(now=True, show=True)
    late = phones[0].browser.post("/w/answer", {**form, "choice": "bus"}, **FRAGMENT)
    assert (late.status, late.code) == (409, "closed")
    assert "If your answer reached us before that, it is counted." in late.text
    assert counted(ada, close=False) == {"bus": "3"}


def counted(ada: Facilitator, *, close: bool = True) -> dict[str, str]:
    """What the room is shown, zeros left out."""
    if close:
        ada.closes(now=True, show=True)
    ada.ends()
    rows = [line.split(",") for line in ada.takes_home("csv").decode("utf-8-sig").splitlines()[1:]]
    return {row[2]: row[4] for row in rows if row[2] and row[4] != "0"}


def test_a_restart_leaves_everybody_where_they_were(cast: Cast, server: Server, ada: Facilitator) -> None:
    phones = cast.phones(ada.join_url, 3)
    for phone in phones:
        phone.answers(choice="bus")
    before = ada.desk["version"]
    server.kill()
    server.start()
    desk = ada.desk
    assert (desk["state"], desk["step_state"]) == ("live", "open")
    assert desk["version"] > before
    assert [phone.mine for phone in phones] == ["saved"] * 3
    phones[0].answers(choice="car")
    ada.closes(now=True, show=True)
    assert "By car" in ada.screen.sees()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_whatever_it_writes_is_for_its_own_user_alone(cast: Cast, server: Server, ada: Facilitator) -> None:
    cast.phone(ada.join_url).answers(choice="bus")
    found = {path: path.stat().st_mode & 0o777 for top in (server.data, server.runtime) for path in top.rglob("*")}
    found |= {top: top.stat().st_mode & 0o777 for top in (server.data, server.runtime)}
    names = {path.name for path in found}
    assert {"attune.db", "attune.db-wal", "server.lock"} <= names
    assert {path.suffix for path in found} >= {".k", ".d", ".minutes"}
    assert {str(path): oct(mode) for path, mode in found.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def test_the_server_says_nothing_of_what_it_runs_on(server: Server) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)) as connection:
        connection.request("GET", "/healthz")
        assert connection.getresponse().headers["Server"] is None
