"""Who may call what: every route of the URL map and every namespace of the socket, for everybody who could try.

A route without a row fails. What is not yours is answered byte for byte like what does not exist.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from sessions import express, presses
from sessions.realtime import NAMESPACES
from sessions.seats import Seat
from tests.actors import Cast, Facilitator
from tests.browsers import FRAGMENT, Answer, Browser, InProcess
from tests.raw_socket import Closed, RawSocket
from tests.serving import Server
from workshop import assets

WHO = ("nobody", "participant", "helper", "other", "support", "lead")
"""In this order, so that what the lead changes was refused to everybody else before."""


@dataclass(frozen=True)
class Row:
    """What each of `WHO` is answered; a `helper` like somebody without an account, if nothing is said.

    `fields`: what they send.
    """

    rule: str
    method: str
    nobody: int
    participant: int
    other: int
    support: int
    lead: int
    fields: dict[str, str] = field(default_factory=dict)
    by_script: bool = False
    helper: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "helper", self.helper or self.nobody)

    def __str__(self) -> str:
        verb = f" {self.fields['verb']}" if "verb" in self.fields else ""
        return f"{self.method} {self.rule}{verb}{' by script' if self.by_script else ''}"


def get(rule: str, *status: int, helper: int = 0) -> Row:
    return Row(rule, "GET", *status, helper=helper)


def post(rule: str, *status: int, helper: int = 0, **fields: str) -> Row:
    return Row(rule, "POST", *status, fields=fields, helper=helper)


def sent(rule: str, *status: int, **fields: str) -> Row:
    """As our script posts, which may take another way through the server."""
    return Row(rule, "POST", *status, fields=fields, by_script=True)


def anybody(status: int) -> tuple[int, ...]:
    return (status,) * 5


SIGN_IN, GONE = 303, 410
FACILITATOR = (SIGN_IN, SIGN_IN)
"""Nobody and a participant are sent to sign in."""

OPEN_DOORS = ("/join", "/j/<secret>", "/w/ready", "/w/flag", "/w/partner")
"""Whose redirects go on into the room."""

BALLOTS = "/console/<int:live_id>/ballots/<step_id>/<int:number>/<int:phase>"

ROWS = [
    get("/", *anybody(200)),
    get("/healthz", *anybody(200)),
    get("/static/<mark>/<path:name>", *anybody(200)),
    get("/j/<secret>", *anybody(200)),
    post("/j/<secret>", *anybody(303)),
    post("/join", *anybody(303)),
    get("/screen/<token>", *anybody(200)),
    # phones: a facilitator's account is no seat
    get("/w", GONE, 200, GONE, GONE, GONE),
    get("/w/mine", GONE, 200, GONE, GONE, GONE),
    get("/w/help", GONE, 200, GONE, GONE, GONE),
    get("/w/agreement", GONE, 404, GONE, GONE, GONE),  # until the room has adopted one
    post("/w/answer", GONE, 409, GONE, GONE, GONE),
    sent("/w/answer", GONE, 409, GONE, GONE, GONE),  # past the framework: see `sessions.express`
    post("/w/ready", GONE, 303, GONE, GONE, GONE),
    post("/w/flag", GONE, 303, GONE, GONE, GONE),
    post("/w/partner", GONE, 303, GONE, GONE, GONE),
    get("/x", *anybody(200)),
    post("/x", *anybody(200)),
    # accounts
    get("/signin", 200, 200, 303, 303, 303),
    post("/signin", *anybody(422), password="wrong"),
    post("/signout", *anybody(303)),
    get("/setup/<token>", *anybody(404)),
    post("/setup/<token>", *anybody(404)),
    get("/account", *FACILITATOR, 200, 200, 200),
    post("/account/password", *FACILITATOR, 422, 422, 422, old="wrong", new="something else entirely"),
    post("/account/invitations", *FACILITATOR, 200, 200, 200),
    post("/account/invitations/<int:invitation_id>/withdraw", *FACILITATOR, 404, 404, 303),
    # everybody's own help page
    get("/help-page", *FACILITATOR, 200, 200, 200),
    post("/help-page", *FACILITATOR, 303, 303, 303),
    post("/help-page/begin", *FACILITATOR, 303, 303, 303),
    post("/help-page/confirm", *FACILITATOR, 303, 303, 303),
    # workshops: the owner's alone
    get("/workshops", *FACILITATOR, 200, 200, 200),
    post("/workshops/import", *FACILITATOR, 422, 422, 422),
    post("/workshops/built-in/<name>", *FACILITATOR, 303, 303, 303),
    get("/workshops/<int:workshop_id>", *FACILITATOR, 404, 404, 200),
    get("/workshops/<int:workshop_id>.yaml", *FACILITATOR, 404, 404, 200),
    get("/workshops/<int:workshop_id>/print/<plan>", *FACILITATOR, 404, 404, 200),
    get("/workshops/<int:workshop_id>/cards", *FACILITATOR, 404, 404, 200),
    get("/workshops/<int:workshop_id>/guide", *FACILITATOR, 404, 404, 200),
    get("/workshops/<int:workshop_id>/adapt", *FACILITATOR, 404, 404, 200),
    post("/workshops/<int:workshop_id>/adapt", *FACILITATOR, 404, 404, 303, do="hide", id="p01"),
    get("/workshops/<int:workshop_id>/adapt/<what>/<thing>", *FACILITATOR, 404, 404, 200),
    post("/workshops/<int:workshop_id>/adapt/<what>/<thing>", *FACILITATOR, 404, 404, 303),
    get("/workshops/<int:workshop_id>/open", *FACILITATOR, 404, 404, 200),
    post("/workshops/<int:workshop_id>/open", *FACILITATOR, 404, 404, 303, variant="core", help="emergency"),
    post("/workshops/<int:workshop_id>/copy", *FACILITATOR, 404, 404, 303),
    post("/workshops/<int:workshop_id>/delete", *FACILITATOR, 404, 404, 303),
    # a live session
    get("/console/<int:live_id>", *FACILITATOR, 404, 200, 200, helper=200),
    get("/console/<int:live_id>/guide", *FACILITATOR, 404, 200, 200, helper=200),
    get(BALLOTS, *FACILITATOR, 404, 404, 404),  # once it was asked: see tests/story/test_folded_ballots.py
    post(BALLOTS, *FACILITATOR, 404, 404, 404),
    get("/console/<int:live_id>/adapt", *FACILITATOR, 404, 404, 200),
    post("/console/<int:live_id>/adapt", *FACILITATOR, 404, 404, 303, do="hide", id="p01", edition="0"),
    get("/console/<int:live_id>/adapt/<what>/<thing>", *FACILITATOR, 404, 404, 200),
    post("/console/<int:live_id>/adapt/<what>/<thing>", *FACILITATOR, 404, 404, 303, edition="0"),
    get("/console/<int:live_id>.json", 401, 401, 404, 200, 200, helper=200),
    post("/console/<int:live_id>/view", *FACILITATOR, 404, 303, 303, helper=303),
    # helpers: a link that is not there, and the page that makes one
    get("/h", *anybody(200), helper=303),
    get("/h/<secret>", *anybody(200)),
    post("/h/<secret>", *anybody(404)),
    get("/console/<int:live_id>/helper", *FACILITATOR, 404, 200, 200, helper=200),
    post("/console/<int:live_id>/helper", *FACILITATOR, 404, 404, 200, helper=404),
    # and one that is over
    get("/sessions", *FACILITATOR, 200, 200, 200),
    get("/sessions/<int:live_id>", *FACILITATOR, 404, 200, 200),
    get("/sessions/<int:live_id>/summary", *FACILITATOR, 404, 200, 200),
    get("/sessions/<int:live_id>/export.csv", *FACILITATOR, 404, 200, 200),
    get("/sessions/<int:live_id>/export.json", 401, 401, 404, 200, 200),
    post("/sessions/<int:live_id>/headcount", *FACILITATOR, 404, 404, 303, headcount="24"),
    post("/sessions/<int:live_id>/again", *FACILITATOR, 404, 404, 303),
    post("/sessions/<int:live_id>/delete", *FACILITATOR, 404, 404, 409),
]

IN_THE_LOBBY = {
    "next",
    "forward",
    "lock",
    "unlock",
    "code",
    "end",
    "quiet",
    "kind-note",
    "show",
    "drop",
    "bring-back",
    "plan",
    "dismiss",
    "quiet-to",
}
LOOKS_AFTER_PEOPLE = {"care", "pause", "resume", "text", "quiet", "kind-note"}
"""All that somebody in support may do, besides choosing their view."""

VERBS = [
    post(
        "/console/<int:live_id>/<verb>",
        *FACILITATOR,
        404,
        (303 if verb in IN_THE_LOBBY else 409) if verb in LOOKS_AFTER_PEOPLE else 404,
        303 if verb in IN_THE_LOBBY else 409,
        helper=(303 if verb in IN_THE_LOBBY else 409) if verb in LOOKS_AFTER_PEOPLE else 404,
        verb=verb,
        step="s00_warmup",
        steps="s00_warmup",
        variant="core",
        number="1",
    )
    for verb in presses.VERBS
]


@dataclass
class Scene:
    """A session of Ada's with Sam in support and a phone in it, one that is over, and everybody's browser."""

    browsers: dict[str, Browser]
    places: dict[str, str]

    def path(self, row: Row) -> str:
        places = self.places | row.fields
        if row.rule.startswith("/sessions"):
            places["live_id"] = places["over"]
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: places[found[1]], row.rule)

    def ask(self, who: str, row: Row) -> Answer:
        browser, path = self.browsers[who], self.path(row)
        if row.method == "GET":
            return browser.get(path)
        of_rule = {"/join": {"code": self.places["code"]}, "/signin": {"email": f"{who}@example.org"}}
        own = of_rule.get(row.rule, {})
        fields = {name: value for name, value in (row.fields | own).items() if name != "verb"}
        return browser.post(path, fields, **(FRAGMENT if row.by_script else {}))


@pytest.fixture
def scene(cast: Cast) -> Scene:
    ada, bob, sam = (cast.facilitator(name) for name in ("Ada", "Bob", "Sam"))
    bob.opens("core")
    over = Facilitator(ada.browser).opens("core")
    cast.supporter(over)
    over.ends()
    ada.opens("core")
    cast.supporter(ada)
    phone = cast.phone(ada.join_url)
    page = ada.browser.post("/account/invitations")
    assert page.status == 200
    copy = ada.browser.post(f"{ada.workshop}/copy").headers["location"]
    desk = ada.desk
    places = {
        "live_id": str(ada.live), "over": str(over.live), "workshop_id": copy.removeprefix("/workshops/"),
        "code": ada.code, "secret": ada.join_url[3:], "token": desk["screen_url"].rsplit("/", 1)[1],
        "mark": assets.fingerprint(), "name": "css/base.css", "verb": "next", "plan": "core",
        "what": "step", "thing": "s10_listening", "step_id": "s07_messages", "number": "1", "phase": "0",
        "invitation_id": max(re.findall(r"/account/invitations/(\d+)/withdraw", page.text), key=int),
    }  # fmt: skip
    hal = cast.helper(ada)
    own = {"lead": ada, "support": sam, "helper": hal, "other": bob, "participant": phone, "nobody": cast.phone()}
    return Scene({who: _copied(actor.browser) for who, actor in own.items()}, places)


def _copied(browser: Browser) -> Browser:
    """What one test does to its cookies is not the next one's."""
    assert isinstance(browser, InProcess)
    return replace(browser, cookies=dict(browser.cookies))


@pytest.fixture
def rules(cast: Cast) -> list[Rule]:
    browser = cast.browser()
    assert isinstance(browser, InProcess)
    return list(browser.app.url_map.iter_rules())


def test_every_route_has_a_row(rules: list[Rule]) -> None:
    there = {(method, rule.rule) for rule in rules for method in (rule.methods or set()) & {"GET", "POST"}}
    assert there == {(row.method, row.rule) for row in [*ROWS, *VERBS]}
    assert all((rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"} for rule in rules)


@pytest.mark.parametrize("row", [*ROWS, *VERBS], ids=str)
def test_each_is_answered_as_they_may(cast: Cast, scene: Scene, row: Row) -> None:
    if row.rule == "/workshops/built-in/<name>":
        scene.places["name"] = "leaning-without-losing-yourself"
    answered = {}
    for who in WHO:
        answer = scene.ask(who, row)
        answered[who] = answer.status
        if getattr(row, who) == SIGN_IN and who in ("nobody", "participant") and row.rule not in OPEN_DOORS:
            assert answer.headers["location"].startswith("/signin")
    assert answered == {who: getattr(row, who) for who in WHO}
    if row.rule == "/signout":
        cast.hired = {name: Facilitator(cast.browser(), name).signs_in().browser for name in cast.hired}


def test_an_answer_by_script_counts_in_the_room_of_its_seat_and_from_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the framework there is the same gate: an account is no seat, and a seat is one of its own room alone."""
    found, look = list[bool](), express._seat
    monkeypatch.setattr(express, "_seat", lambda asking: _noted(found, look(asking)))
    ada, bob = cast.facilitator("Ada").opens("core"), cast.facilitator("Bob").opens("core")
    sam = cast.supporter(ada)
    ada.starts()
    bob.starts()
    mia, stranger = cast.phone(ada.join_url), cast.phone(bob.join_url)
    form = {**mia.form(), "choice": "bus"}
    browsers = (cast.browser(), bob.browser, sam.browser, ada.browser)
    answers = [browser.post("/w/answer", form, **FRAGMENT) for browser in browsers]
    assert {(one.status, one.code) for one in answers} == {(GONE, "no_seat")}
    assert (ada.desk["answered"], bob.desk["answered"]) == (0, 0)
    assert stranger.browser.post("/w/answer", form, **FRAGMENT).status == 200
    assert (ada.desk["answered"], bob.desk["answered"]) == (0, 1)
    assert mia.browser.post("/w/answer", form, **FRAGMENT).status == 200
    assert (ada.desk["answered"], bob.desk["answered"]) == (1, 1)
    ada.closes(now=True)
    assert mia.browser.post("/w/answer", form, **FRAGMENT).code == "closed"
    mia.leaves()
    assert mia.browser.post("/w/answer", form, **FRAGMENT).status == GONE
    assert found == [False] * 4 + [True] * 3 + [False], "some of these did not take the short way"


def _noted(found: list[bool], seat: Seat | None) -> Seat | None:
    found.append(seat is not None)
    return seat


def _tries(rules: list[Rule]) -> list[tuple[str, str, str]]:
    """Method, rule and its converter's name for all rules with the number of something that belongs to somebody."""
    return [
        (method, rule.rule, next(iter(rule.arguments & {"live_id", "workshop_id", "invitation_id"})))
        for rule in rules
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.arguments & {"live_id", "workshop_id", "invitation_id"}
    ]


def test_what_is_somebody_elses_is_byte_for_byte_what_is_not_there(scene: Scene, rules: list[Rule]) -> None:
    tries = _tries(rules)
    assert len(tries) > 15
    for method, rule, number in tries:
        for who in ("other", "lead"):
            answers = []
            for id in (scene.places[number], "999999", str(2**70)):
                row = Row(rule, method, *anybody(404), fields={number: id, "variant": "core", "sure": "1"})
                if who == "lead" and id == scene.places[number]:
                    continue
                scene.places["over"] = id if number == "live_id" else scene.places["over"]
                answers.append(scene.ask(who, row))
            seen = {(one.status, one.body, tuple(sorted(one.headers.items()))) for one in answers}
            assert len(seen) == 1, f"{method} {rule} tells {who} what is there"
            assert answers[0].status == 404


def test_support_learns_of_no_button_that_only_the_lead_may_press(cast: Cast, ada: Facilitator) -> None:
    ada.opens("core").starts()
    sam = cast.supporter(ada)
    assert sam.buttons()
    assert {verb for verb in sam.buttons() if verb != "view"} <= LOOKS_AFTER_PEOPLE
    assert sam.tries("next").body == sam.tries("dance").body


def test_the_document_names_every_verb() -> None:
    said = Path("docs/protocol.md").read_text(encoding="utf-8")
    assert not [verb for verb in presses.VERBS if f"`{verb}`" not in said]
    named = set(re.findall(r"`([\w-]+)`", said.split("somebody in support")[1].split(".")[0]))
    assert named == LOOKS_AFTER_PEOPLE | {"view"}


# ---------- the socket ----------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("who"), {}, ()).start()
    yield server
    server.stop()


HEARS = {
    "/phone": {"participant"},
    "/screen": set(WHO),
    "/console": {"lead", "support", "helper"},
}
"""Who is let in with what they have; a screen's token is all that a screen needs."""


def test_every_namespace_has_a_row() -> None:
    assert set(NAMESPACES) == set(HEARS)


def test_only_those_hear_who_may(served: Server) -> None:
    cast = Cast.at(served)
    ada, bob, sam = (cast.facilitator(name) for name in ("Ada", "Bob", "Sam"))
    bob.opens("core")
    ada.opens("core")
    with sqlite3.connect(served.data / "attune.db") as database:
        (who,) = database.execute("SELECT id FROM facilitators WHERE email = ?", (sam.email,)).fetchone()
        database.execute(
            "INSERT INTO live_roles (live_id, facilitator_id, role) VALUES (?, ?, 'support')", (ada.live, who)
        )
    phone, stranger, hal = cast.phone(ada.join_url), cast.browser(), cast.helper(ada)
    browsers = {
        "lead": ada.browser, "support": sam.browser, "helper": hal.browser, "other": bob.browser,
        "participant": phone.browser, "nobody": stranger,
    }  # fmt: skip
    token = ada.desk["screen_url"].rsplit("/", 1)[1]
    auth = {"/phone": {"live": ada.live}, "/screen": {"token": token}, "/console": {"live": ada.live}}
    for namespace, may in HEARS.items():
        let_in = {who for who in WHO if _join(served, browsers[who], namespace, auth[namespace]).startswith("40")}
        assert let_in == may, namespace
    for wrong in ({}, {"live": "1 OR 1"}, {"live": True}, {"live": [ada.live]}, {"token": token[:-1]}, [token], None):
        for namespace in ("/screen", "/console"):
            assert _join(served, bob.browser, namespace, wrong).startswith("44")


def _join(server: Server, browser: Browser, namespace: str, auth: object) -> str:
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    with RawSocket(server.url, headers={"Cookie": cookie}) as socket:
        try:
            return socket.join(namespace, auth)  # type: ignore[arg-type]
        except Closed as closed:
            return f"44 {closed.code}"
