"""The laptop changes its network: phones join at the new address, the QR follows, and the console stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from sessions import invitation, upkeep
from tests.actors import Cast, Facilitator
from tests.browsers import InProcess
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
    paths = [[one.at["d"] for one in stage.all("path") if len(one.at.get("d", "")) > 500] for stage in (before, after)]
    assert paths[0] != paths[1]
    assert [live for live, pages in sent if "screen" in pages] == [ada.live]
    assert invitation.base() == f"http://{HOTSPOT}:8000"
