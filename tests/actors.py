"""The people of a workshop, as they act: facilitators at a console, phones, and the screen on the wall.

They need no knowledge of the inside, so a story that they tell holds for every server. The cast: Ada conducts, Bob is
another facilitator, Sam supports, Hal helps without an account; phones have first names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask

from sessions.models import LiveRole
from tests.browsers import Browser, InProcess, OverHttp
from tests.conducting import Facilitator
from tests.factories import PASSWORD
from tests.participating import Phone, Screen
from tests.serving import Server
from workshop import accounts, shelf
from workshop.database import db
from workshop.pack import Pack

__all__ = ["NAMES", "Cast", "Facilitator", "Phone", "Screen"]

NAMES = ("Mia", "Noor", "Tom", "Lena", "Kofi", "Ines", "Jun", "Rosa", "Ali", "Vera", "Sven", "Dana", "Omar", "Pia")


@dataclass
class Cast:
    """Everybody at one server. `hire` makes an account; `browser` a browser that has never been there."""

    browser: Callable[[], Browser]
    hire: Callable[[str], object]
    hired: dict[str, Browser] = field(default_factory=dict)

    @classmethod
    def of(cls, app: Flask) -> Cast:
        """Of an app in this process."""
        return cls(lambda: InProcess(app), lambda name: accounts.add(f"{name.lower()}@example.org", name, PASSWORD))

    @classmethod
    def at(cls, server: Server) -> Cast:
        """At a real server; accounts are made by the command."""

        def hire(name: str) -> None:
            command = ("facilitator", "add", f"{name.lower()}@example.org", "--name", name, "--password-stdin")
            done = server.run(*command, said=f"{PASSWORD}\n")
            assert done.returncode == 0, done.stderr

        return cls(lambda: OverHttp(server.url), hire)

    def facilitator(self, name: str = "Ada") -> Facilitator:
        """Signed in; the same person with the same browser every time, conducting nothing yet."""
        if name not in self.hired:
            self.hire(name)
            self.hired[name] = Facilitator(self.browser(), name).signs_in().browser
        return Facilitator(self.hired[name], name)

    def supporter(self, lead: Facilitator, name: str = "Sam") -> Facilitator:
        """Somebody who helps at the session of `lead`; in this process only, since no door gives that role yet."""
        sam = self.facilitator(name)
        who = accounts.by_email(sam.email).id
        db.write(lambda session: session.add(LiveRole(live_id=lead.live, facilitator_id=who, role="support")))
        return Facilitator(sam.browser, name, lead.live)

    def helper(self, lead: Facilitator, link: str = "") -> Facilitator:
        """Somebody without an account who has taken a link of the lead's, or this one, and is at the console."""
        hal = Facilitator(self.browser(), "Hal", lead.live)
        answer = hal.browser.post(link or lead.invites())
        assert (answer.status, answer.headers.get("location")) == (303, lead.console), (answer.status, answer.text)
        return hal

    def shelves(self, owner: Facilitator, pack: str) -> str:
        """The address of a workshop of theirs made of `pack`; in this process only."""
        return f"/workshops/{shelf.put(accounts.by_email(owner.email).id, Pack.load(pack))}"

    def phone(self, where: str = "", name: str = "Mia") -> Phone:
        """A phone; with `where`, one that has joined there and said to every cover that it is ready."""
        phone = Phone(self.browser(), name)
        if where:
            phone.joins(where).confirms("consent")
        while where and (cover := phone.covered()):
            phone.confirms(cover.at["data-cover"])
        return phone

    def phones(self, where: str, many: int) -> list[Phone]:
        return [self.phone(where, NAMES[i % len(NAMES)]) for i in range(many)]
