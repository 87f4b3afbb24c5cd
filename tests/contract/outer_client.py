"""A client of Attune that shares no code with it: the standard library, and what docs/protocol.md says."""

from __future__ import annotations

import http.client
import json
import re
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

FRAGMENT = {"Accept": "text/html-fragment"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def where(self) -> str | None:
        return self.headers["Location"]


@dataclass
class Outer:
    """One browser or script at `url`."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, fields: Any = (), **headers: str) -> Reply:
        form = {"Origin": self.url, "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields, doseq=True), form | headers)

    def script(self, path: str, fields: Any = ()) -> Reply:
        """A post that wants a fragment."""
        return self.post(path, fields, **FRAGMENT)

    def ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        cookie = {"Cookie": self.cookie} if self.cookies else {}
        with closing(http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)) as connection:
            connection.request(method, path, body, named | cookie)
            given = connection.getresponse()
            for line in given.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Reply(given.status, given.headers, given.read())

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)


def attribute(html: str, id: str, name: str) -> str:
    """The value of an attribute of the element with this id."""
    tag = re.search(rf'<[^>]*\bid="{id}"[^>]*>', html)
    assert tag, f"there is no #{id}"
    found = re.search(rf'\b{name}="([^"]*)"', tag[0])
    return found[1] if found else ""


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the answer form."""
    form = re.search(r'<form[^>]*action="/w/answer"[^>]*data-form.*?</form>', html, re.DOTALL)
    assert form, "there is nothing to answer"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))
