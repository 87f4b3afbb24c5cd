"""What a phone keeps for us: four cookies of one sort, which last as long as its seat and go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Request
from werkzeug.http import dump_cookie
from werkzeug.wrappers import Response

SECONDS = 12 * 3600
"""Longer than a session, since a browser that was killed must not lose its seat."""


@dataclass(frozen=True)
class Cookie:
    """HttpOnly and SameSite=Lax. `host`: on HTTPS named `__Host-…`, which no neighbour can plant."""

    name: str
    host: bool

    def called(self, https: bool) -> str:
        return f"__Host-{self.name}" if https and self.host else self.name

    def brought(self, asking: Request) -> str:
        """What the phone that asks has kept; empty for nothing."""
        return asking.cookies.get(self.called(asking.is_secure), "")

    def line(self, value: str, https: bool, seconds: int = SECONDS) -> tuple[str, str]:
        """The header that makes a phone keep `value`."""
        return "Set-Cookie", dump_cookie(
            self.called(https),
            value,
            max_age=seconds,
            sync_expires=seconds == 0,
            path="/",
            secure=https,
            httponly=True,
            samesite="Lax",
            max_size=0,
        )

    def gone(self, https: bool) -> tuple[str, str]:
        """The header that makes a phone forget it."""
        return self.line("", https, 0)


SEAT: Final = Cookie("w", host=True)
FIRST: Final = Cookie("l", host=True)
"""The first of two linked answers: see `linking`."""
COVERS: Final = Cookie("i", host=False)
"""Which covers were confirmed."""
GROUP: Final = Cookie("g", host=False)
"""See `claims`."""
HELPER: Final = Cookie("h", host=True)
"""Of somebody who helps at one session, on a phone or not: no part of a seat, and gone with the right to help."""

ALL: Final = (SEAT, FIRST, COVERS, GROUP)


def forget(answer: Response, *, https: bool, what: tuple[Cookie, ...] = ALL) -> None:
    """A phone keeps none of these from here on, by whichever way it came in.

    By name: `Clear-Site-Data: "cookies"` would sign people out of the whole registrable domain.
    """
    for cookie in what:
        for name in dict.fromkeys((cookie.called(True), cookie.called(False))):
            answer.delete_cookie(name, path="/", secure=name.startswith("__Host-"), httponly=True, samesite="Lax")
    if https:
        answer.headers["Clear-Site-Data"] = '"storage"'
