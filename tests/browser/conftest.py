"""One server for all tests of the pages, and pages that are watched: whatever goes wrong in one fails its test."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.house import House
from tests.browser.watching import Watch
from tests.room_pack import ROOM
from tests.serving import Server

expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    server = Server(tmp_path_factory.mktemp("house")).start()
    house = House.of(server)
    pack = server.folder / "room.yaml"
    pack.write_text(ROOM, encoding="utf-8")
    done = server.run("pack", "import", str(pack), "--owner", "ada@example.org", "--json")
    assert done.returncode == 0, done.stderr
    house.room = f"/workshops/{json.loads(done.stdout)['id']}"
    yield house
    server.stop()
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    watching = Watch(browser)
    yield watching
    watching.close()
    assert watching.troubles == []
