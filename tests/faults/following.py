"""Phones that listen, as the script does: they answer pings, take what they are sent, and come back when cut off."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence

from tests.faults.room import Room
from tests.raw_socket import Closed, RawSocket

AGAIN = 0.1
"""Seconds from one try to connect to the next."""


class Follower:
    """A phone of the room. `state` of the stage that it was sent last; `joined`: how often it was let in."""

    def __init__(self, room: Room, port: int, who: int) -> None:
        host = f"127.0.0.1:{room.server.port}"
        self._headers = {"Host": host, "Origin": f"http://{host}", "Cookie": room.crowd.phones[who].cookie}
        self._url = f"http://127.0.0.1:{port}"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self.state, self.joined = "", 0

    def begins(self) -> None:
        self._thread.start()

    def ends(self) -> None:
        self._over.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._over.wait(AGAIN):
            with contextlib.suppress(Closed, OSError), RawSocket(self._url, headers=self._headers) as socket:
                assert socket.join("/phone").startswith("40/phone,")
                self.joined += 1
                self._listen(socket)

    def _listen(self, socket: RawSocket) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                name, data = socket.event(0.1)
                if name == "swap" and data["target"] == "stage":
                    self.state = str(data["html"].partition('data-state="')[2].partition('"')[0])


@contextlib.contextmanager
def following(room: Room, port: int, many: int = 5) -> Iterator[Sequence[Follower]]:
    """Some phones of the room that are where it is; `port`: of a proxy, or of the server itself."""
    followers = [Follower(room, port, who) for who in range(many)]
    for one in followers:
        one.begins()
    try:
        are_at(followers, room.state)
        yield followers
    finally:
        for one in followers:
            one.ends()


def are_at(followers: Sequence[Follower], state: str, within: float = 15.0) -> float:
    """Wait until all are there; the seconds that it took."""
    began = time.monotonic()
    while any(one.state != state for one in followers):
        assert time.monotonic() - began < within, f"{[one.state for one in followers]}, not all {state}"
        time.sleep(0.01)
    return time.monotonic() - began


def joined(followers: Sequence[Follower]) -> set[int]:
    """How often each was let in."""
    return {one.joined for one in followers}
