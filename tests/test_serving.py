"""The public command starts a server, says where it is, and ends it cleanly; also after a kill."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.serving import NotServing, Server


def test_it_says_where_it_is(server: Server) -> None:
    assert server.printed("Set up")
    assert server.printed("Facilitator")
    assert server.printed("Phones")


def test_it_ends_within_five_seconds_and_starts_again_on_the_same_data(server: Server) -> None:
    server.stop()
    assert not server.healthy()
    assert server.start().healthy()


def test_it_starts_again_after_a_kill(server: Server) -> None:
    server.kill()
    assert server.start().healthy()


def test_a_port_that_is_taken_is_one_sentence(make_server: Callable[..., Server]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server = make_server()
        server.port = other.getsockname()[1]
        with pytest.raises(NotServing) as refused:
            server.start()
    (sentence,) = str(refused.value).strip().splitlines()
    assert str(server.port) in sentence


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_it_keeps_is_for_its_user_alone(server: Server) -> None:
    assert server.data.stat().st_mode & 0o077 == 0
    assert server.runtime.stat().st_mode & 0o077 == 0


def test_a_browser_can_reach_it(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    answer = page.goto(server.url)
    assert answer is not None
    assert answer.ok
    page.close()
