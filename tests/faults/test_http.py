"""Bad requests at every door of the whole app: refused in a sentence, with the same headers as ever."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask

from sessions import desk
from tests.actors import Cast, Facilitator
from tests.browsers import Answer, Browser, InProcess
from tests.room_pack import ROOM
from workshop import assets
from workshop.headers import HEADERS

NASTY = '<script>alert(1)</script><img src=x onerror="alert(2)">{{1337*7919}}</textarea>\'"javascript:alert(3)'
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.fixture
def app(cast: Cast) -> Flask:
    browser = cast.browser()
    assert isinstance(browser, InProcess)
    return browser.app


def paths(app: Flask, ada: Facilitator) -> list[str]:
    """An address for every rule: of something that is there, where there can be."""
    places = {
        "live_id": str(ada.live), "workshop_id": ada.workshop.rsplit("/", 1)[1], "verb": "next", "name": "css/base.css",
        "mark": assets.fingerprint(), "secret": ada.join_url[3:], "token": "A" * 22, "invitation_id": "1",
        "plan": "core", "what": "step", "thing": "hello", "step_id": "hello", "number": "1", "phase": "0",
    }  # fmt: skip
    rules = sorted({rule.rule for rule in app.url_map.iter_rules()})
    return [re.sub(r"<(?:\w+:)?(\w+)>", lambda found: places[found[1]], rule) for rule in rules]


def ask(browser: Browser, method: str, path: str) -> Answer:
    assert isinstance(browser, InProcess)
    return browser._ask(method, path, {} if method != "GET" else None, {"Origin": browser.origin})


def everything(ada: Facilitator, phone: Browser) -> list[object]:
    return [ada.desk, ada.browser.get(ada.console).body, phone.get("/w").body, ada.browser.get("/workshops").body]


def test_every_answer_of_every_door_carries_exactly_these_headers(cast: Cast, ada: Facilitator, app: Flask) -> None:
    ada.opens("core")
    browsers = (ada.browser, cast.phone(ada.join_url).browser, cast.browser())
    for path in [*paths(app, ada), "/nowhere", "/%00", "/static/x/y.css"]:
        for browser in browsers:
            for method in ("GET", "HEAD", "OPTIONS"):
                if path == "/x":
                    continue
                answer = ask(browser, method, path)
                own = {"content-security-policy"} if "sandbox" in answer.headers["content-security-policy"] else set()
                own |= {"cache-control"} if path.startswith("/static/") and answer.status == 200 else set()
                for name, value in HEADERS.items():
                    assert answer.headers[name.lower()] == value or name.lower() in own, f"{method} {path}: {name}"
                assert "server" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_other_methods_are_refused_everywhere(cast: Cast, ada: Facilitator, app: Flask, method: str) -> None:
    ada.opens("core")
    phone = cast.phone(ada.join_url)
    before = everything(ada, phone.browser)
    for path in paths(app, ada):
        for browser in (ada.browser, phone.browser):
            assert ask(browser, method, path).status == 405, path
    assert everything(ada, phone.browser) == before


def test_looking_changes_nothing_but_leaving(cast: Cast, ada: Facilitator, app: Flask) -> None:
    ada.opens("core").starts()
    phone = cast.phone(ada.join_url)
    phone.answers(choice="bus")
    before = everything(ada, phone.browser)
    for path in paths(app, ada):
        for method in ("GET", "HEAD", "OPTIONS"):
            for browser in (ada.browser, phone.browser):
                if path != "/x":
                    assert ask(browser, method, path).status < 500
    assert everything(ada, phone.browser) == before
    ask(phone.browser, "GET", "/x")
    assert phone.browser.get("/w").status == 410


def test_asking_for_the_head_alone_gives_no_data(cast: Cast, ada: Facilitator, app: Flask) -> None:
    ada.opens("core")
    for path in paths(app, ada):
        if path != "/x":
            for method in ("HEAD", "OPTIONS"):
                answer = ask(ada.browser, method, path)
                assert answer.body == b"" or answer.status == 404, f"{method} {path}"


@pytest.mark.parametrize(
    "path",
    ["/%00", "/w/%00", "/console/%00", "/..%2f..%2fetc/passwd", "/static/x/..%2f..%2fapp.py", "/ünïcödé", "/%ff%fe",
     "/console/1e3", "/console/-1", "/console/99999999999999999999999.json", "/sessions/0x1",
     "/j/%0d%0aSet-Cookie:x=1", "/w/mine/", "//evil.example/", "/console/1/next/", "/setup/%00"],
)  # fmt: skip
def test_odd_addresses_lead_nowhere(ada: Facilitator, path: str) -> None:
    answer = ada.browser.get(path)
    assert answer.status in (400, 404, 405)
    assert "evil" not in answer.headers.get("location", "")


@pytest.mark.parametrize("v", ["", "x", "-1", "1e9", "9" * 400, "٣", "\x00", "NaN"])
def test_an_odd_version_is_answered_with_the_present_one(cast: Cast, ada: Facilitator, v: str) -> None:
    ada.opens("core")
    phone = cast.phone(ada.join_url)
    answer = phone.browser.get("/w/mine?v=" + v.replace("\x00", "%00"))
    assert answer.status == 200
    assert answer.page.get("stage").at["data-v"] == str(ada.desk["version"])


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    """A page that cannot be drawn; the error's own words hold a secret."""
    secret = "the words of somebody"

    def fails(*_: object, **__: object) -> None:
        raise KeyError(secret)

    monkeypatch.setattr(desk, "values", fails)
    return secret


def test_an_error_is_an_id_and_nothing_else(ada: Facilitator, broken: str, caplog: pytest.LogCaptureFixture) -> None:
    ada.opens("core")
    with caplog.at_level(logging.DEBUG):
        answer = ada.browser.get(ada.console)
    assert answer.status == 500
    (name,) = re.findall(r"\b[0-9a-f]{8}\b", answer.page.text)
    assert name in caplog.text
    for never in (broken, "Traceback", "127.0.0.1", ada.browser.cookies["attune"], "KeyError"):
        assert never not in answer.text
    for never in (broken, "127.0.0.1", ada.browser.cookies["attune"], ada.email, ada.console):
        assert never not in caplog.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_markup_in_a_workshop_is_text_on_every_page(cast: Cast, ada: Facilitator) -> None:
    named = '"<b>Nasty</b> {{1337*7919}} </script><script>alert(1)</script>"'
    pack = (
        ROOM.replace("title: My first workshop", f"title: {named}", 1)
        .replace("prompt: What of easy?", f"prompt: {named}", 1)
        .replace("text: Apples", "text: '<img src=x onerror=alert(1)>'", 1)
        .replace("caption: easy", "caption: 'javascript:alert(1) <i>'", 1)
    )
    ada.opens(workshop=cast.shelves(ada, pack)).goes_to("easy")
    phones = cast.phones(ada.join_url, 3)
    pages = [ada.page(), ada.screen.page(), phones[0].page(), ada.browser.get("/workshops").page]
    for phone in phones:
        phone.answers(choice="a")
    ada.closes(now=True, show=True)
    pages += [ada.page(), ada.screen.page(), phones[0].page()]
    ada.goes_to("talk")
    ada.ends()
    pages += [ada.browser.get(place).page for place in ("/sessions", f"/sessions/{ada.live}")]
    for page in pages:
        assert not [one for one in page if any(name.startswith("on") for name in one.at)]
        assert not [one for one in page.all("script") if one.text or not one.at["src"].startswith("/static/")]
        assert not [one for one in page.all("img") if one.at.get("src") == "x"]
        assert not [one for one in page if one.at.get("href", "").startswith("javascript")]
        assert "10587703" not in page.text
    assert "<b>Nasty</b> {{1337*7919}} </script>" in pages[1].text


def test_markup_in_what_people_send_is_text_on_every_page(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("lines")
    phones = cast.phones(ada.join_url, 3)
    for phone in phones:
        phone.answers(text=NASTY[:90])
        phone.asks_for_a_quiet_word(NASTY)
    ada.closes(now=True)
    pages = [ada.page()]
    ada.lets_through()
    ada.reveals()
    pages += [ada.page(), ada.screen.page(), phones[0].page()]
    assert all(NASTY[:25] in page.text for page in pages)
    for page in pages:
        assert not [one for one in page if any(name.startswith("on") for name in one.at)]
        assert not [one for one in page.all("script") if one.text]
