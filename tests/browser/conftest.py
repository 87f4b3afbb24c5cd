"""One server for all tests of the pages, and pages that are watched: whatever goes wrong in one fails its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.house import House
from tests.browser.link import Link
from tests.browser.watching import Watch
from tests.private_pack import PRIVATE
from tests.room_pack import ROOM
from tests.serving import Server, free_port

expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    server = Server(tmp_path_factory.mktemp("house")).start()
    house = House.of(server)
    house.room = house.shelves(ROOM, "room")
    yield house
    server.stop()
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture(scope="package")
def private(house: House) -> str:
    """The address of a workshop with steps of which the room must never hear."""
    return house.shelves(PRIVATE, "private")


@pytest.fixture(scope="package")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Another server, which pages reach by a link that can be cut, and which may be killed."""
    port = free_port()
    server = Server(tmp_path_factory.mktemp("far"), {"ATTUNE_PUBLIC_URL": f"http://127.0.0.1:{port}"}).start()
    link = Link(port, server.port)
    yield House.of(server, link)
    link.close()
    server.stop()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    watching = Watch(browser)
    yield watching
    watching.close()
    assert watching.troubles == []
