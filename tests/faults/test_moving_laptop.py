"""The laptop changes its network: phones join at the new address, the QR follows, and the console stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from sessions import invitation, upkeep
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import InProcess, OverHttp
from tests.faults import elsewhere
from tests.faults.dying import Doomed
from tests.faults.room import Room
from tests.listening import Listener, says, token
from tests.pages import Element
from workshop import network

HOME, HOTSPOT = "192.168.1.20", "10.42.0.1"


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give this machine another address."""
    monkeypatch.setattr(network, "FRESH_SECONDS", 0.0)

    def to(address: str) -> None:
        found = [("wlan0", network.ipaddress.ip_address(address))]
        monkeypatch.setattr(network, "_interfaces", lambda: iter(found))
        monkeypatch.setattr(network, "_outward", lambda: address)

    to(HOME)
    return to


def _asks_at(app: Flask, host: str, path: str = "/") -> int:
    return InProcess(app).get(path, Host=host).status


def _qr(stage: Element) -> str:
    """The modules of its code: nothing else is drawn with so many strokes."""
    (drawn,) = [one.at["d"] for one in stage.all("path") if len(one.at.get("d", "")) > 500]
    return drawn


def test_phones_join_at_the_new_address_and_the_console_stays(app: Flask, moves: Callable[[str], None]) -> None:
    cast = Cast.of(app)
    ada = cast.facilitator("Ada").opens()
    assert (_asks_at(app, f"{HOME}:8000"), _asks_at(app, f"{HOTSPOT}:8000")) == (200, 400)
    moves(HOTSPOT)
    assert (_asks_at(app, f"{HOME}:8000"), _asks_at(app, f"{HOTSPOT}:8000")) == (400, 200)
    assert _asks_at(app, f"{HOTSPOT}:8000", ada.join_url) == 200
    assert ada.desk["state"] == "lobby"


def test_the_qr_follows_the_laptop(app: Flask, moves: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    sent = list[tuple[int, tuple[str, ...]]]()
    monkeypatch.setattr("sessions.change.broadcast.changed", lambda live, pages: sent.append((live, tuple(pages))))
    ada: Facilitator = Cast.of(app).facilitator("Ada").opens()
    before = ada.browser.get(ada.screen.path).page.get("stage")
    moves(HOTSPOT)
    upkeep.moved()
    after = ada.browser.get(ada.screen.path).page.get("stage")
    assert HOME in before.text
    assert HOTSPOT in after.text
    assert _qr(before) != _qr(after)
    assert [live for live, pages in sent if "screen" in pages] == [ada.live]
    assert invitation.base() == f"http://{HOTSPOT}:8000"


# ---------- a real server ----------


@pytest.fixture
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room at home."""
    server = Doomed(tmp_path_factory.mktemp("laptop"), broken=["tests.faults.elsewhere"])
    (server.folder / elsewhere.FILE).write_text(HOME)
    made = Room.opened(server, 2)
    yield made
    server.stop()
    assert "Traceback" not in server.said()


def test_a_screen_that_listens_is_sent_the_new_address_and_nobody_loses_their_socket(laptop: Room) -> None:
    ada = laptop.ada
    screen = Listener(laptop.server, "screen", None, {"token": token(ada)})
    console = Listener(laptop.server, "console", ada.browser, {"live": ada.live})
    phone = Phone(OverHttp(laptop.server.url)).joins(ada.join_url).confirms()
    listening = Listener(laptop.server, "phone", phone.browser, {})
    everybody = (screen, console, listening)
    before = screen.hears("stage", says(HOME))
    (laptop.server.folder / elsewhere.FILE).write_text(HOTSPOT)
    after = screen.hears("stage", says(HOTSPOT))
    console.hears("console", says(HOTSPOT))
    assert _qr(before) != _qr(after)
    newcomer = Phone(OverHttp(laptop.server.url))
    host = f"{HOTSPOT}:{laptop.server.port}"
    assert newcomer.browser.post(ada.join_url, Host=host, Origin=f"http://{host}").status == 303
    ada.starts()
    for one, region in zip(everybody, ("stage", "console", "stage"), strict=True):
        one.hears(region, lambda shown: shown.at["data-state"] not in ("lobby", ""))
        one.socket.socket.close()
