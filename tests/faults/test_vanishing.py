"""Floods of sockets that vanish, in every way there is: what the server had for them is gone too, within seconds."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.raw_socket import Closed, RawSocket
from tests.tiny_phones import ANA, phone
from tests.tiny_server import Server, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads and files are counted where Linux shows them")

MANY = 200
PATIENCE = 1
"""Seconds from one ping to the next, for its answer, for a request's head; 10 to 20 outside of tests."""

BACK_WITHIN = 10.0
RESET = b"\x01\x00\x00\x00\x00\x00\x00\x00"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(TINY_SECONDS=str(PATIENCE)) as server:
        yield server
        assert "Traceback" not in server.log


def _resets(server: Server) -> socket.socket | None:
    """In the room, and gone without a goodbye."""
    ana = phone(server)
    ana.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    ana.socket.close()
    return None


def _falls_silent(server: Server) -> socket.socket | None:
    """In the room, and never heard of again, though nobody closes anything."""
    return phone(server).socket


def _says_nothing(server: Server) -> socket.socket | None:
    """Connected, and that is all."""
    return socket.create_connection(("127.0.0.1", int(server.host.rpartition(":")[2])))


def _stops_half_way(server: Server) -> socket.socket | None:
    """A websocket that never asks to be let in."""
    return RawSocket(server.url).socket


def _is_refused(server: Server) -> socket.socket | None:
    with RawSocket(server.url) as nobody:
        nobody.join("/phone", {})
    return None


def _talks_nonsense(server: Server) -> socket.socket | None:
    ana = RawSocket(server.url)
    with contextlib.suppress(Closed, OSError):
        ana.join("/phone", ANA)
        ana.say("4" + "[" * 5000)
    return ana.socket


@pytest.mark.parametrize(
    "vanishes",
    [_resets, _falls_silent, _says_nothing, _stops_half_way, _is_refused, _talks_nonsense],
    ids=lambda way: way.__name__[1:],
)
def test_a_flood_of_sockets_leaves_no_greenlet_thread_or_file_behind(
    server: Server, vanishes: Callable[[Server], socket.socket | None]
) -> None:
    server.wait("here", [0])
    before = server.call("standing")
    held = [one for one in (vanishes(server) for _ in range(MANY)) if one]
    if held and vanishes is not _talks_nonsense:
        assert server.call("standing")["files"] > before["files"], "nothing was ever there"
    _settles(server, before)
    for one in held:
        one.close()


def _settles(server: Server, before: dict[str, int]) -> None:
    """Until there is no more of anything than there was, and nobody is in."""
    until = time.monotonic() + BACK_WITHIN
    while server.call("here") != [0] or any(now > before[what] for what, now in server.call("standing").items()):
        assert time.monotonic() < until, (before, server.call("standing"), server.call("here"))
        time.sleep(0.1)
