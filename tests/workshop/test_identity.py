"""How long somebody is signed in, what their cookie holds, and that every door is locked which nobody marked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient

from tests import factories
from tests.workshop.entering import cookie_of, is_in, signs_in, with_cookie
from workshop import identity
from workshop.access import is_public
from workshop.models import Facilitator


@pytest.fixture
def alice(app: Flask) -> Facilitator:
    return factories.facilitator("Alice")


# ---------- how long ----------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the wall clock of the doors."""
    start, ahead = time.time(), 0.0

    def move(seconds: float) -> None:
        nonlocal ahead
        ahead += seconds

    class Time:
        @staticmethod
        def time() -> float:
            return start + ahead

    monkeypatch.setattr(identity, "time", Time)
    return move


def test_a_sign_in_ends_after_two_hours_without_use(client: FlaskClient, alice: Facilitator, clock: Any) -> None:
    signs_in(client)
    clock(2 * 3600 - 1)
    assert is_in(client)
    clock(2 * 3600)
    assert not is_in(client)


def test_a_sign_in_ends_after_twelve_hours_however_much_it_is_used(
    client: FlaskClient, alice: Facilitator, clock: Any
) -> None:
    signs_in(client)
    for _ in range(11):
        clock(3600)
        assert is_in(client)
    clock(3600)
    assert not is_in(client)


def test_nobody_is_signed_out_in_front_of_a_room(
    client: FlaskClient, alice: Facilitator, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def busy(facilitator_id: int) -> bool:
        asked.append(facilitator_id)
        return True

    monkeypatch.setattr(identity, "busy", busy)
    signs_in(client)
    clock(13 * 3600)
    assert is_in(client)
    assert asked == [alice.id]
    clock(11 * 3600)
    assert not is_in(client)


def test_a_clock_that_was_set_back_signs_nobody_out(client: FlaskClient, alice: Facilitator, clock: Any) -> None:
    signs_in(client)
    clock(-5 * 3600)
    assert is_in(client)


# ---------- cookies ----------


def test_the_cookie_is_as_strict_as_plain_http_allows(client: FlaskClient, alice: Facilitator) -> None:
    (header,) = signs_in(client).headers.getlist("Set-Cookie")
    assert header.startswith("attune=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header
    assert "Secure" not in header


def test_on_https_no_neighbouring_host_can_plant_the_cookie(client: FlaskClient, alice: Facilitator) -> None:
    data = {"email": alice.email, "password": factories.PASSWORD}
    answer = client.post("/signin", data=data, base_url="https://localhost", headers={"Origin": "https://localhost"})
    (header,) = answer.headers.getlist("Set-Cookie")
    assert header.startswith("__Host-attune=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))


def test_a_cookie_holds_no_address_browser_or_secret(client: FlaskClient, alice: Facilitator) -> None:
    signs_in(client)
    with client.session_transaction() as session:
        assert set(session) == {"_user_id", "_fresh", "since", "seen"}


def tampered(app: Flask, good: str) -> Iterator[str]:
    payload, stamp, signature = good.rsplit(".", 2)
    yield from (
        "",
        ".",
        "x" * 4000,
        good[:-1],
        good[:20],
        f"{payload}.{stamp}.{signature[::-1]}",
        f"e30.{stamp}.{signature}",
    )
    other = Flask("other")
    other.secret_key = "somebody else's key" * 4
    signer = SecureCookieSessionInterface().get_signing_serializer(other)
    assert signer is not None
    yield signer.dumps({"_user_id": "1:1", "since": 9e9, "seen": 9e9})
    ours = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    for value in ("1", "1:", ":1", "1:2", "x:y", "999999:1", "-1:1", f"{10**30}:1"):
        yield ours.dumps({"_user_id": value})
    yield ours.dumps({"_user_id": "1:1"})  # right, but from a time that is not said


def test_a_cookie_that_is_not_ours_is_none_and_no_error(app: Flask, client: FlaskClient, alice: Facilitator) -> None:
    for value in tampered(app, cookie_of(signs_in(client))):
        answer = with_cookie(app, value).get("/workshops")
        assert (answer.status_code, answer.location) == (303, "/signin?next=/workshops"), value


def test_the_remember_cookie_of_flask_login_is_not_read(app: Flask, alice: Facilitator) -> None:
    for value in ("1:1|\u00e9", "1:1|abc", "|", "1:1"):
        browser = app.test_client()
        answer = browser.get("/workshops", headers={"Cookie": f"remember_token={value}"})
        assert answer.status_code == 303, value


# ---------- deny by default ----------


def test_a_door_that_nobody_marked_is_locked(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "open"
    app._got_first_request = False
    app.add_url_rule("/forgotten", "forgotten")
    assert app.test_client().get("/forgotten").status_code == 303


def test_every_door_that_is_not_public_sends_strangers_to_sign_in(app: Flask) -> None:
    stranger = app.test_client()
    stranger.environ_base["HTTP_ORIGIN"] = "http://localhost"
    locked = [rule for rule in app.url_map.iter_rules() if not is_public(app.view_functions[rule.endpoint])]
    assert len(locked) > 10
    for rule in locked:
        path = re.sub(r"<(int:)?\w+>", lambda found: "1" if found[1] else "x", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:  # type: ignore[operator]
            answer = stranger.open(path, method=method)
            assert answer.status_code in (303, 401), (method, path)
            assert answer.location in (None, "/signin", f"/signin?next={path}")


def test_a_script_that_is_not_signed_in_gets_no_page_for_its_fragment(client: FlaskClient) -> None:
    assert client.get("/workshops", headers={"Accept": "text/html-fragment"}).status_code == 401
