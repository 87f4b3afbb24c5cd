"""What is heard over the socket: the regions of a page as they stand, and whether a whole room hears the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.browsers import Browser
from tests.conducting import Facilitator
from tests.pages import Element, read
from tests.participating import Phone
from tests.raw_socket import Closed, RawSocket
from tests.serving import Server


class Listener:
    """A page that hears: its regions as they stand, by the rule that a lower version is ignored."""

    def __init__(self, server: Server, page: str, browser: Browser | None, auth: dict[str, object]) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items()) if browser else ""
        self.socket = RawSocket(server.url, headers={"Cookie": cookie})
        assert self.socket.join(f"/{page}", auth).startswith(f"40/{page},")
        self.shown: dict[str, tuple[int, Element]] = {}
        self.over = False

    def hears(self, name: str, done: Callable[[Element], bool]) -> Element:
        """Until region `name` is as it should be; fails after five seconds of silence."""
        while name not in self.shown or not done(self.shown[name][1]):
            self.takes(*self.socket.event())
        return self.shown[name][1]

    def hears_goodbye(self) -> None:
        while not self.over:
            self.takes(*self.socket.event())

    def is_cut_off(self) -> None:
        """The server closes; fails after two seconds of silence."""
        with pytest.raises(Closed):
            self._receive_all()

    def _receive_all(self) -> None:
        while True:
            self.socket.receive(2.0)

    def takes(self, event: str, data: dict[str, object]) -> None:
        if event == "bye":
            self.over = True
            return
        assert event == "swap"
        target, v, html = data["target"], data["v"], data["html"]
        assert isinstance(target, str)
        assert isinstance(v, int)
        assert isinstance(html, str)
        region = read(html).get(target)
        assert region.at["data-v"] == str(v)
        last, _ = self.shown.get(target, (-1, None))
        assert v > last, f"{target}: an old region was sent after a newer one, {v} after {last}"
        self.shown[target] = (v, region)


def at(state: str) -> Callable[[Element], bool]:
    return lambda region: region.at["data-state"] == state


def says(words: str) -> Callable[[Element], bool]:
    return lambda region: words in region.text


def token(ada: Facilitator) -> str:
    return str(ada.desk["screen_url"]).rsplit("/", 1)[1]


class Ears:
    """A console, the screen and phones of one room, all with their sockets; without a server, nobody hears anything."""

    def __init__(self, server: Server | None, ada: Facilitator, phones: list[Phone]) -> None:
        self._console: list[tuple[Listener, Callable[[], Element]]] = []
        self._room: list[tuple[Listener, Callable[[], Element]]] = []
        if server is None:
            return
        self._console = [(Listener(server, "console", ada.browser, {"live": ada.live}), ada.page)]
        self._room = [(Listener(server, "screen", None, {"token": token(ada)}), ada.screen.page)]
        self._room += [(Listener(server, "phone", phone.browser, {}), phone.page) for phone in phones]

    def hear_all(self) -> None:
        """Until what everybody has heard is what they would see if they loaded their page now."""
        for name, listeners in (("console", self._console), ("stage", self._room)):
            for listener, page in listeners:
                wanted = _known(page().get(name))
                listener.hears(name, lambda heard, wanted=wanted: _known(heard) == wanted)  # type: ignore[misc]

    def hear_the_end(self) -> None:
        for listener, _page in self._room:
            listener.hears("stage", at("ended"))
            listener.hears_goodbye()

    def close(self) -> None:
        for listener, _page in (*self._console, *self._room):
            with suppress(OSError):
                listener.socket.socket.close()


def _known(region: Element) -> tuple[object, ...]:
    """A region without its clocks."""
    places = tuple(region.at.get(f"data-{name}") for name in ("state", "step", "question", "view"))
    return (*places, tuple(one.text for one in region.all("h1")), len(region.all(class_="result")))
