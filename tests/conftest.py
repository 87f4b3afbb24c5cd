"""What every test may ask for: settings of its own, an app, a real server, a browser; with all protections on."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests import chromium
from tests.actors import Cast, Facilitator
from tests.room_pack import ROOM
from tests.serving import Server
from workshop.config import Settings
from workshop.database import db

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

# Two busy cores are no reason to fail, and what fails must fail again.
hypothesis.settings.register_profile("attune", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("attune")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have settings of their own."""
    for name in list(os.environ):
        if name in ("DATABASE_URL", "REDIS_URL") or (name.startswith("ATTUNE_") and name != "ATTUNE_CHROMIUM"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folders = {"ATTUNE_DATA": str(tmp_path / "data"), "ATTUNE_RUNTIME": str(tmp_path / "runtime")}
    return Settings.from_environment(folders, host="127.0.0.1", port=8000)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole app in this process, on an empty database. Looked up late: a test of one noun needs no doors."""
    made: Flask = importlib.import_module("app").create_app(settings)
    yield made
    db.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser on a page of ours: it says where its posts come from. `app.test_client()` says nothing."""
    browser = app.test_client()
    browser.environ_base["HTTP_ORIGIN"] = "http://localhost"
    return browser


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """Everybody at one app in this process, for all tests of a module: each opens a session of its own."""
    folder = tmp_path_factory.mktemp("attune")
    folders = {"ATTUNE_DATA": str(folder / "data"), "ATTUNE_RUNTIME": str(folder / "runtime")}
    settings = Settings.from_environment(folders, host="127.0.0.1", port=8000)
    yield Cast.of(importlib.import_module("app").create_app(settings))
    db.close()


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    """Signed in, and conducting nothing yet."""
    return cast.facilitator("Ada")


@pytest.fixture(scope="module")
def room(cast: Cast) -> str:
    """The address of a workshop of Ada's that has every sort of step."""
    return cast.shelves(cast.facilitator("Ada"), ROOM)


@pytest.fixture
def make_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Servers with settings or options of their own: `make_server(env={...}).start()`."""
    made: list[Server] = []

    def make(name: str = "server", env: dict[str, str] | None = None, options: tuple[str, ...] = ()) -> Server:
        made.append(Server(tmp_path / name, env or {}, options))
        return made[-1]

    yield make
    for server in made:
        server.stop()
        assert "Traceback" not in server.said(), server.said()


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Server:
    return make_server().start()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For one module: while it runs, nothing else in this thread may have an event loop."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium; having none is a failure with a hint, never a silent skip."""
    try:
        path = chromium.find(playwright)
    except chromium.Missing as missing:
        pytest.fail(str(missing), pytrace=False)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = [*QUIET, "--no-sandbox"] if root else [*QUIET]
    launched = playwright.chromium.launch(executable_path=path, headless=True, args=options)
    yield launched
    launched.close()
