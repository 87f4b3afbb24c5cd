"""A dry run: simulated phones that join a practice session over HTTP and the socket, answer, change, pass and leave."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlencode, urlsplit

import gevent
import simple_websocket
from simple_websocket.errors import SimpleWebsocketError

from sessions.forms import Form, filled, forms_in

ANSWERED, CHANGED, PASSED, LEFT = "answered", "changed", "passed", "left"


class Line(simple_websocket.Client):  # type: ignore[misc]
    """A websocket whose Host header names the port where the address does, as every browser's does."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._place = urlsplit(url).netloc
        super().__init__(url, headers=headers)

    def handshake(self) -> None:
        self.host = self._place
        super().handshake()


@dataclass
class Habits:
    """How this phone's person is: seconds of thought, and how often they change, pass and leave (0 to 1)."""

    slowest: float = 8.0
    changes: float = 0.2
    passes: float = 0.1
    leaves: float = 0.02


@dataclass
class Phone:
    """One simulated phone. `tell` hears a word for everything it does."""

    base: str
    join_path: str
    tell: Callable[[str], None]
    habits: Habits = field(default_factory=Habits)
    rng: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self._cookies: dict[str, str] = {}
        self._asked = ""

    def run(self) -> None:
        """Join, and take part until the session ends or this person leaves."""
        if self._post(self.join_path, {})[0] != 303:
            self.tell("could not join")
            return
        for cover in ("consent", "interruption"):
            self._post("/w/ready", {"cover": cover})
        self.tell("joined")
        while self._listen():
            time.sleep(1)

    def _listen(self) -> bool:
        """Follow the room over one socket; False when it is over for this phone."""
        parts = urlsplit(self.base)
        scheme = "wss" if parts.scheme == "https" else "ws"
        headers = {"Origin": self.base, "Cookie": self._cookie_header()}
        try:
            socket = Line(f"{scheme}://{parts.netloc}/socket.io/?EIO=4&transport=websocket", headers)
        except (OSError, SimpleWebsocketError):
            return True
        try:
            return self._follow(socket)
        except (OSError, SimpleWebsocketError, HTTPException):
            return True
        finally:
            socket.close()

    def _follow(self, socket: Line) -> bool:
        while True:
            message = str(socket.receive())
            if message.startswith("0"):
                socket.send("40/phone,")
            elif message == "2":
                socket.send("3")
            elif message.startswith("44/phone,"):
                return False
            elif message.startswith("42/phone,"):
                event, values = json.loads(message.removeprefix("42/phone,"))
                if event == "bye":
                    return False
                if event == "swap" and not self._see(values["html"]):
                    return False

    def _see(self, html: str) -> bool:
        """React to a new stage; False: this person leaves."""
        form = next((form for form in forms_in(html) if form.action == "/w/answer"), None)
        if form is None or form.question == self._asked:
            return True
        self._asked = form.question
        if self.rng.random() < self.habits.leaves:
            self._get("/x")
            self.tell(LEFT)
            return False
        gevent.spawn(self._answer, form)
        return True

    def _answer(self, form: Form) -> None:
        time.sleep(self.rng.uniform(0.5, self.habits.slowest))
        passes = self.rng.random() < self.habits.passes
        rev = self._send(form, passes, 1)
        if rev:
            self.tell(PASSED if passes else ANSWERED)
        if rev and self.rng.random() < self.habits.changes:
            time.sleep(self.rng.uniform(1.0, 4.0))
            if self._send(form, False, rev):
                self.tell(CHANGED)

    def _send(self, form: Form, passes: bool, rev: int) -> int:
        """The next rev once the answer is stored; 0 when the question has gone."""
        fields = [*form.hidden, ("rev", str(rev)), *([("pass", "1")] if passes else filled(form, self.rng))]
        for _ in range(20):
            status, headers = self._post("/w/answer", fields, fragment=True)
            if status == 200:
                return int(headers["X-Attune-Next"])
            if status not in (429, 503):
                return 0
            time.sleep(float(headers.get("Retry-After", "1")))
        return 0

    # -- HTTP

    def _get(self, path: str) -> int:
        return self._request("GET", path, b"", {})[0]

    def _post(
        self, path: str, fields: dict[str, str] | list[tuple[str, str]], *, fragment: bool = False
    ) -> tuple[int, dict[str, str]]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base}
        if fragment:
            headers["Accept"] = "text/html-fragment"
        return self._request("POST", path, urlencode(fields).encode(), headers)

    def _request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
        connection = self._connection()
        try:
            connection.request(method, path, body, {**headers, "Cookie": self._cookie_header()})
            response = connection.getresponse()
            response.read()
            self._keep_cookies(response)
            return response.status, dict(response.getheaders())
        except (OSError, HTTPException):
            return 503, {}
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        """Over TLS for https, the server's certificate being checked."""
        parts = urlsplit(self.base)
        sort = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return sort(parts.hostname or "localhost", parts.port, timeout=10)

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for header, value in response.getheaders():
            if header.lower() == "set-cookie":
                name, _, rest = value.partition("=")
                self._cookies[name] = rest.partition(";")[0]


def run(base: str, join_path: str, phones: int, tell: Callable[[str], None], seed: int | None = None) -> None:
    """Let `phones` people take part until the session at `base` ends."""
    rng = random.Random(seed)  # noqa: S311 - these people are made up
    greenlets = []
    for _ in range(phones):
        habits = Habits(
            slowest=rng.choice((3.0, 6.0, 15.0)), changes=rng.choice((0.0, 0.3)), passes=rng.choice((0, 0.2))
        )
        phone = Phone(base, join_path, tell, habits, random.Random(rng.random()))  # noqa: S311
        greenlets.append(gevent.spawn_later(rng.uniform(0.0, 3.0), phone.run))
    gevent.joinall(greenlets)
