"""Whatever ends a sign-in closes that account's consoles within a second, and nobody else's."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

import pytest

from tests.actors import Cast, Facilitator
from tests.factories import PASSWORD
from tests.raw_socket import Closed, RawSocket
from tests.serving import Server

NEW = "another walk by the quiet river"


@pytest.fixture
def console() -> Iterator[Callable[[Server, Facilitator], RawSocket]]:
    """A console's socket, let in and caught up."""
    with contextlib.ExitStack() as sockets:

        def listen(server: Server, who: Facilitator) -> RawSocket:
            cookies = "; ".join(f"{name}={value}" for name, value in who.browser.cookies.items())
            socket = sockets.enter_context(RawSocket(server.url, headers={"Cookie": cookies}))
            assert socket.join("/console", {"live": who.live}).startswith("40/console")
            return socket

        yield listen


def heard_until_closed(socket: RawSocket) -> float:
    """Seconds until the server closed it."""
    began = time.monotonic()
    with contextlib.suppress(Closed):
        while True:
            socket.receive(timeout=5)  # raises TimeoutError when it stays open
    return time.monotonic() - began


def is_heard(socket: RawSocket) -> bool:
    """Whether the server still answers on it."""
    socket.frame(b"", opcode=9)
    while True:
        opcode, _ = socket.receive(timeout=5)
        if opcode == 10:
            return True


def test_every_way_out_closes_the_consoles_of_that_account_alone(
    server: Server, console: Callable[[Server, Facilitator], RawSocket]
) -> None:
    cast = Cast.at(server)
    ada, bob = cast.facilitator("Ada").opens(), cast.facilitator("Bob").opens()
    other = console(server, bob)

    def signs_out() -> None:
        ada.signs_out()
        ada.signs_in()

    def changes_password() -> None:
        assert ada.browser.post("/account/password", {"old": PASSWORD, "new": NEW}).status == 303

    def is_disabled() -> None:
        assert server.run("facilitator", "disable", ada.email).returncode == 0

    for way_out in (signs_out, changes_password, is_disabled):
        mine = console(server, ada)
        way_out()
        assert heard_until_closed(mine) < 1.0, way_out.__name__
    assert is_heard(other)
    assert ada.browser.get("/workshops").status == 303
