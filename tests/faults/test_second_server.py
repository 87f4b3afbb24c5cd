"""Attune is started twice: the second says so in one sentence and goes, and the first does not notice."""

from __future__ import annotations

import subprocess

import pytest

from tests.actors import Cast
from tests.serving import Server, free_port


def keys(server: Server) -> dict[str, bytes]:
    """The session's key and those of its open questions, by name."""
    found = [*server.runtime.rglob("*.k"), *(server.data / "runtime").glob("*.d")]
    return {path.name: path.read_bytes() for path in found}


def starts_again(server: Server, port: int) -> subprocess.CompletedProcess[str]:
    """On the same data. One that serves is ended after a minute, and that is an error."""
    return server.run("--host", "127.0.0.1", "--port", str(port))


@pytest.mark.parametrize("same_port", [False, True])
def test_a_second_server_on_the_same_data_says_so_and_touches_nothing(server: Server, same_port: bool) -> None:
    cast = Cast.at(server)
    ada = cast.facilitator("Ada").opens("core")
    ada.starts()
    phones = cast.phones(ada.join_url, 3)
    phones[0].answers(choice="bus")
    before, kept = ada.desk, keys(server)
    assert before["step_state"] == "open"
    assert len(kept) == 2
    second = starts_again(server, server.port if same_port else free_port())
    assert (second.returncode, second.stdout) == (2, "")
    (line,) = second.stderr.splitlines()
    assert "running already" in line
    assert (ada.desk, keys(server)) == (before, kept)
    for phone in phones[1:]:
        phone.answers(choice="bus")
    ada.closes(now=True, show=True)
    assert "Bus or train" in ada.screen.sees()


def test_one_that_was_killed_leaves_the_folder_to_the_next(server: Server) -> None:
    server.kill()
    server.start()
    assert server.healthy()
