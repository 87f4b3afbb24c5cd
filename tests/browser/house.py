"""The server that the tests of the pages share, with Ada's account and a workshop that has every sort of step."""

from __future__ import annotations

from dataclasses import dataclass

from tests.actors import Cast, Facilitator
from tests.serving import Server


@dataclass
class House:
    """A server with Ada's account on it; every test opens a session of its own there."""

    server: Server
    cast: Cast
    room: str
    """Her workshop that has every sort of step."""

    @property
    def url(self) -> str:
        return self.server.url

    def opens(self, step: str = "", plan: str = "core", workshop: str = "") -> Facilitator:
        """Ada in a new session, at `step` or in the lobby."""
        ada = self.cast.facilitator("Ada").opens(plan, workshop)
        if step:
            ada.shows(step)
        return ada

    def opens_room(self, step: str = "") -> Facilitator:
        """The same, in the workshop that has every sort of step."""
        return self.opens(step, workshop=self.room)

    def door(self, ada: Facilitator) -> str:
        """Where the QR leads, by the way that this browser has to the server."""
        return f"{self.url}{ada.join_url}"
