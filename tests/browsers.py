"""What an actor acts with: cookies, GET and POST, against the app in this process or a real server at a URL."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from tests.pages import Element, read

Given = Mapping[str, str | Sequence[str]]
FRAGMENT = {"Accept": "text/html-fragment"}


@dataclass(frozen=True)
class Answer:
    """What came back. Names of headers are in lower case; `cookies` as the server set them."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> Element:
        return read(self.text)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """Why an answer was refused."""
        return self.headers.get("x-attune-code")


class Browser(Protocol):
    """Keeps its cookies, says where its posts come from, and follows no redirect."""

    cookies: dict[str, str]

    def get(self, path: str, **headers: str) -> Answer: ...

    def post(self, path: str, fields: Given | None = None, **headers: str) -> Answer: ...


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _set(cookies: dict[str, str], lines: Sequence[str]) -> None:
    """Keep what a server set; drop what it let expire."""
    for line in lines:
        pair, _, rest = line.partition(";")
        name, _, value = pair.strip().partition("=")
        if "max-age=0" in rest.lower() or not value:
            cookies.pop(name, None)
        else:
            cookies[name] = value


@dataclass
class InProcess:
    """Flask's own client. Its cookies are kept here, so that a test can read, plant and share them."""

    app: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    origin: str = "http://localhost"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Given | None = None, **headers: str) -> Answer:
        return self._ask("POST", path, fields or {}, {"Origin": self.origin, **headers})

    def _ask(self, method: str, path: str, fields: Given | None, headers: Mapping[str, str]) -> Answer:
        client: FlaskClient = self.app.test_client(use_cookies=False)
        sent = _names(headers) | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        given = client.open(path, method=method, data=fields, headers={n: v for n, v in sent.items() if v})
        lines = given.headers.getlist("Set-Cookie")
        _set(self.cookies, lines)
        kept = {name.lower(): value for name, value in given.headers.items() if name.lower() != "set-cookie"}
        return Answer(given.status_code, kept, given.data, tuple(lines))


@dataclass
class OverHttp:
    """A real server; one connection a request, as a phone on a bad network has it."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = ""
    """Of this machine, from which it comes; any."""

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Given | None = None, **headers: str) -> Answer:
        form = {"Origin": self.url, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields or {}, doseq=True), form | headers)

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        sent = _names(headers) | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        place, source = urlsplit(self.url).netloc, (self.address, 0) if self.address else None
        with closing(http.client.HTTPConnection(place, timeout=20, source_address=source)) as connection:
            connection.request(method, path, body, {n: v for n, v in sent.items() if v})
            given = connection.getresponse()
            lines = given.headers.get_all("Set-Cookie") or []
            _set(self.cookies, lines)
            kept = {name.lower(): value for name, value in given.getheaders() if name.lower() != "set-cookie"}
            return Answer(given.status, kept, given.read(), tuple(lines))
