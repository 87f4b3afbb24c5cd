"""A rehearsal: ten simulated people come by the public command, take part over HTTP and the socket, and nothing of them
stays."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import gevent
import pytest
from flask import Flask

from sessions import lookup, room
from tests import tls
from tests.actors import Cast, Facilitator
from tests.serving import Server, free_port
from tests.sessions.writing import rows, until_wiped

PEOPLE = 10
SEED = "14090"
"""At the first question of the workshop that comes along, one of these ten leaves, two pass, and two change their mind,
one of whom had passed."""

BANNER = "Practice. Nothing here is kept."
PATIENCE = 40.0

Rehearsal = Future[CompletedProcess[str]]


@pytest.fixture
def rehearse() -> Iterator[Callable[..., Rehearsal]]:
    """The command, beside what the test does meanwhile."""
    with ThreadPoolExecutor(1) as beside:
        yield lambda server, *words: beside.submit(server.run, "rehearse", *words)


def until(true: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, f"never came to pass: {what}"
        time.sleep(0.1)


def told(done: CompletedProcess[str]) -> dict[str, int]:
    """How often it was said that somebody did something."""
    assert done.returncode == 0, done.stderr
    last = done.stdout.replace("\r", "\n").strip().splitlines()[-2]
    return {word: int(count) for count, word in re.findall(r"(\d+) (\w+)", last)}


def practice(server: Server) -> Facilitator:
    return Cast.at(server).facilitator("Ada").opens("core", practice="1")


def test_ten_people_join_answer_change_pass_and_leave_and_every_page_says_that_it_is_practice(
    server: Server, rehearse: Callable[..., Rehearsal]
) -> None:
    cast = Cast.at(server)
    ada = cast.facilitator("Ada").opens("core", practice="1")
    rehearsal = rehearse(server, "--phones", str(PEOPLE), "--seed", SEED, "--server", server.url)
    until(lambda: ada.desk["joined"] == PEOPLE, "ten phones in the room")
    phone = cast.phone(ada.join_url)
    ada.starts()
    until(lambda: ada.desk["answered"] == PEOPLE - 1, "an answer from everybody but the one who leaves")
    until(lambda: ada.desk["joined"] == PEOPLE, "nine of them, and a phone of ours")
    for page in (ada.page(), ada.screen.page(), phone.page(), phone.browser.get("/w/help").page):
        assert BANNER in page.text
    time.sleep(4.5)  # whoever changes their mind takes four seconds at most
    ada.closes(now=True, show=True)
    assert f" {PEOPLE - 2} answers" in ada.screen.sees(), "a pass that stays one is not counted"
    ada.ends()
    assert BANNER in ada.page().text
    did = told(rehearsal.result(PATIENCE))
    assert did == {"joined": PEOPLE, "answered": 7, "passed": 2, "changed": 2, "left": 1}


def test_the_plain_page_of_leave_says_nothing_of_it(server: Server) -> None:
    """On purpose: whoever looks over a shoulder there must not learn that there was a room at all."""
    phone = Cast.at(server).phone(practice(server).join_url)
    said = phone.leaves().text
    assert "ractice" not in said
    assert "This page is empty." in said


def test_without_a_practice_session_it_says_what_to_do(server: Server) -> None:
    Cast.at(server).facilitator("Ada").opens("core")
    done = server.run("rehearse")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip().startswith("No practice session is running.")


# ---------- over HTTPS ----------


@pytest.fixture
def over_tls(make_server: Callable[..., Server], tmp_path: Path) -> Iterator[tuple[Server, str, Path]]:
    """A server behind HTTPS, its address there, and the certificate."""
    port, file = free_port(), tls.certificate(tmp_path)
    server = make_server(env={"ATTUNE_PUBLIC_URL": f"https://{tls.HERE}:{port}", "ATTUNE_TRUSTED_PROXIES": "1"}).start()
    with tls.terminated(port, server.port, file) as address:
        yield server, address, file


def test_it_takes_part_over_https_too(
    over_tls: tuple[Server, str, Path], rehearse: Callable[..., Rehearsal], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, address, file = over_tls
    ada = practice(server)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    rehearsal = rehearse(server, "--phones", str(PEOPLE), "--seed", SEED, "--server", f"{address}/")
    until(lambda: ada.desk["joined"] == PEOPLE, "ten phones in the room")
    ada.starts()
    until(lambda: ada.desk["answered"] == PEOPLE - 1, "an answer from everybody but the one who leaves")
    ada.ends()
    did = told(rehearsal.result(PATIENCE))
    assert (did["joined"], did["answered"], did["left"]) == (PEOPLE, 7, 1)


def test_it_does_not_talk_to_a_server_whose_certificate_nobody_vouches_for(over_tls: tuple[Server, str, Path]) -> None:
    server, address, _file = over_tls
    ada = practice(server)
    done = server.run("rehearse", "--phones", "2", "--server", address)
    assert done.returncode == 2
    assert f"Nobody could join at {address}." in done.stderr
    assert ada.desk["joined"] == 0


# ---------- gone afterwards ----------


def test_a_practice_session_is_gone_soon_after_its_end(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PRACTICE_SECONDS", 0.2)
    ada = Cast.of(app).facilitator("Ada").opens("core", practice="1")
    for phone in Cast.of(app).phones(ada.join_url, 3):
        phone.page()
    ada.starts()
    ada.closes(now=True, show=True)
    ada.ends()
    assert "practice" in ada.sees().lower(), "for a moment it can still be looked at"
    gevent.sleep(0.5)
    assert lookup.of(ada.live) is None
    assert ada.browser.get(ada.console).status == 404
    for table in ("live_sessions", "live_roles", "live_steps", "releases", "open_answers", "held_texts"):
        assert rows(f"SELECT * FROM {table}") == [], table
    until_wiped()


def test_one_that_is_meant_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PRACTICE_SECONDS", 0.1)
    ada = Cast.of(app).facilitator("Ada").opens("core")
    ada.ends()
    gevent.sleep(0.3)
    assert lookup.of(ada.live)


def test_a_practice_session_that_its_server_did_not_outlive_is_gone_after_the_next_start(server: Server) -> None:
    ada = practice(server)
    ada.starts()
    ada.ends()
    server.kill()
    server.start()
    with closing(sqlite3.connect(server.data / "attune.db")) as database:
        assert database.execute("SELECT COUNT(*) FROM live_sessions").fetchone() == (0,)
    assert ada.browser.get(ada.console).status == 404
