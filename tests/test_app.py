"""The program as it is started: where it says that everybody goes, and what `--open` opens."""

from __future__ import annotations

import os
import stat
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import app as attune
from tests.actors import Cast
from tests.browsers import OverHttp
from tests.factories import PASSWORD
from tests.serving import Server


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that a browser was asked to open."""
    pages = list[str]()
    monkeypatch.setattr(webbrowser, "open", pages.append)
    return pages


def test_the_page_that_is_opened_first_is_the_link_that_makes_the_first_account(
    app: Flask, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    attune.announce(True, 8000)
    said = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    assert [*said] == ["Set up", "Facilitator", "Phones"]
    assert opened == [said["Set up"]]
    assert opened[0].startswith("http://localhost:8000/setup/")


def test_once_there_is_an_account_it_is_the_facilitators_page(app: Flask, opened: list[str]) -> None:
    Cast.of(app).facilitator("Ada")
    attune.announce(True, 8000)
    assert opened == ["http://localhost:8000/workshops"]


def test_nothing_is_opened_unless_it_is_asked_for(app: Flask, opened: list[str]) -> None:
    attune.announce(False, 8000)
    assert opened == []


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the system for its browser, and no variable")
def test_a_start_with_open_leads_straight_to_an_account(make_server: Callable[..., Server], tmp_path: Path) -> None:
    """By the public command, with a browser that writes down where it was sent."""
    browser, visited = tmp_path / "browser", tmp_path / "visited"
    browser.write_text(f"#!{sys.executable}\nimport sys\nopen({str(visited)!r}, 'w').write(sys.argv[1])\n")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    server = make_server(env={"BROWSER": f"{browser} %s"}, options=("--open",)).start()
    for _ in range(100):
        if visited.exists() and visited.read_text():
            break
        time.sleep(0.05)
    assert visited.read_text() == server.printed("Set up")
    page = visited.read_text().replace(f"http://localhost:{server.port}", "")
    ada = OverHttp(server.url)
    assert ada.get(page).status == 200
    made = ada.post(page, {"email": "ada@example.org", "name": "Ada", "password": PASSWORD, "again": PASSWORD})
    assert made.status == 303
    assert ada.get("/workshops").status == 200
    assert OverHttp(server.url).get(page).status == 404, "the link works once"
