"""The server that the tests of the pages share: Ada's account, her workshops, and the ways to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from sessions.forms import forms_in
from tests import participating
from tests.actors import Cast, Facilitator
from tests.browser.link import Link
from tests.browser.people import Console, Phone
from tests.browser.watching import Watch
from tests.factories import PASSWORD
from tests.serving import Server

LINES = (
    "Pay every bill before they even have to ask, every month",
    "Answer messages for them while they sleep, and in their tone",
    "Write the whole speech",
    "Carry it all",
    "Tell their boss that they are ill, again and again and again",
    "Never say what I would like to have for supper",
)
WALL = {"viewport": {"width": 1280, "height": 720}}


@dataclass
class House:
    """A server with Ada's account on it; every test opens a session of its own there.

    `room`: her workshop that has every sort of step. `link`: what pages reach the server by, where it is not direct.
    """

    server: Server
    cast: Cast
    link: Link | None = None
    room: str = ""

    @classmethod
    def of(cls, server: Server, link: Link | None = None) -> House:
        """Ada makes her account by the link that is printed while there is none."""
        cast = Cast.at(server)
        ada = Facilitator(cast.browser(), "Ada")
        path = urlsplit(server.printed("Set up") or "").path
        made = ada.browser.post(path, {"name": ada.name, "email": ada.email, "password": PASSWORD})
        assert made.status == 303, made.text
        cast.hired[ada.name] = ada.signs_in().browser
        return cls(server, cast, link)

    @property
    def url(self) -> str:
        """Where pages find the server."""
        return f"http://127.0.0.1:{self.link.port}" if self.link else self.server.url

    def opens(self, step: str = "", plan: str = "core", workshop: str = "") -> Facilitator:
        """Ada in a new session, at `step` or in the lobby."""
        ada = self.cast.facilitator("Ada").opens(plan, workshop)
        if step:
            ada.shows(step)
        return ada

    def opens_room(self, step: str = "") -> Facilitator:
        """The same, in the workshop that has every sort of step."""
        return self.opens(step, workshop=self.room)

    def shelves(self, pack: str, name: str) -> str:
        """The address of a workshop of Ada's made of `pack`."""
        file = self.server.folder / f"{name}.yaml"
        file.write_text(pack, encoding="utf-8")
        done = self.server.run("pack", "import", str(file), "--owner", "ada@example.org", "--json")
        assert done.returncode == 0, done.stderr
        return f"/workshops/{json.loads(done.stdout)['id']}"

    def door(self, ada: Facilitator) -> str:
        """Where the QR leads, by the way that pages have to the server."""
        return f"{self.url}{ada.join_url}"

    def phone(self, watch: Watch, ada: Facilitator, **options: Any) -> Phone:
        """A phone that has joined and said to every cover that it is ready."""
        return Phone.seated(watch, self.url, self.cast.phone(ada.join_url).browser.cookies, **options)

    def console(self, watch: Watch, ada: Facilitator, **options: Any) -> Console:
        """Ada's console in one more browser, signed in."""
        return Console(watch.live(f"{self.url}{ada.console}", cookies=_signed_in(ada), **options))

    def wall(self, watch: Watch, ada: Facilitator, *, signed_in: bool = False, **options: Any) -> Page:
        """The presenter screen, as a rule in a browser that is signed in nowhere."""
        cookies = _signed_in(ada) if signed_in else None
        return watch.live(f"{self.url}{ada.screen.path}", cookies=cookies, **{**WALL, **options})


def everybody_answers(phones: Sequence[participating.Phone]) -> None:
    """Over HTTP, whatever is asked: each taps options of their own, or writes a line of their own."""
    for number, phone in enumerate(phones):
        form = next(form for form in forms_in(phone.browser.get("/w").text) if form.action == "/w/answer")
        answers: dict[str, Any] = {name: values[number % len(values)] for name, values in form.one.items()}
        for place, (name, values) in enumerate(form.lists):
            answers.setdefault(name, []).append(values[(number + place) % len(values)])
        boxes = [(name, value) for name, values in form.many.items() for value, _exclusive in values]
        if boxes and not answers:
            answers = dict([boxes[number % len(boxes)]])
        elif not answers:
            name, most = form.texts[0]
            answers = {name: LINES[number % len(LINES)][:most].strip()}
        phone.answers(**answers)


def shows_all(ada: Facilitator) -> None:
    """Close what is open, let all texts through, and show the room its results."""
    ada.closes(now=True)
    if ada.texts("held"):
        ada.lets_through()
    if ada.desk["next"] == "reveal":
        ada.reveals()


def _signed_in(ada: Facilitator) -> dict[str, str]:
    return {name: value for name, value in ada.browser.cookies.items() if name != "view"}
