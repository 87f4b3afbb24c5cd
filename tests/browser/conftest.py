"""One server for all tests of the pages, and pages that are watched: whatever goes wrong in one of them fails its test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.actors import Cast, Facilitator
from tests.browser.house import House
from tests.browser.watching import Watch
from tests.factories import PASSWORD
from tests.room_pack import ROOM
from tests.serving import Server

expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    server = Server(tmp_path_factory.mktemp("house")).start()
    cast = Cast.at(server)
    ada = first(cast, server)
    pack = server.folder / "room.yaml"
    pack.write_text(ROOM, encoding="utf-8")
    done = server.run("pack", "import", str(pack), "--owner", ada.email, "--json")
    assert done.returncode == 0, done.stderr
    yield House(server, cast, f"/workshops/{json.loads(done.stdout)['id']}")
    server.stop()
    assert "Traceback" not in server.said(), server.said()


def first(cast: Cast, server: Server) -> Facilitator:
    """Ada, by the link that is printed while there is no account."""
    browser, ada = cast.browser(), Facilitator(cast.browser(), "Ada")
    path = urlsplit(server.printed("Set up") or "").path
    made = browser.post(path, {"name": ada.name, "email": ada.email, "password": PASSWORD})
    assert made.status == 303, made.text
    cast.hired[ada.name] = ada.signs_in().browser
    return ada


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    watching = Watch(browser)
    yield watching
    watching.close()
    assert watching.troubles == []
