"""The doors people come in by, and that every other door is locked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import factories
from workshop import accounts, invitations, passwords, signin
from workshop.access import is_public
from workshop.attempts import Attempts
from workshop.models import Facilitator

GOOD = "another walk by the quiet river"


@pytest.fixture
def alice(app: Flask) -> Facilitator:
    return factories.facilitator("Alice")


def signs_in(client: FlaskClient, password: str = factories.PASSWORD, name: str = "alice", **more: str) -> TestResponse:
    return client.post("/signin", data={"email": f"{name}@example.org", "password": password, **more})


def cookie_of(answer: TestResponse) -> str:
    (jar,) = [SimpleCookie(header) for header in answer.headers.getlist("Set-Cookie")]
    return jar["attune"].value


def with_cookie(app: Flask, value: str, name: str = "attune") -> FlaskClient:
    browser = app.test_client()
    browser.environ_base["HTTP_ORIGIN"] = "http://localhost"
    browser.set_cookie(name, value)
    return browser


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


# ---------- in and out ----------


def test_the_right_password_opens_the_library(client: FlaskClient, alice: Facilitator) -> None:
    answer = signs_in(client)
    assert (answer.status_code, answer.location) == (303, "/workshops")
    assert client.get("/workshops").status_code == 200


def test_a_cookie_planted_before_sign_in_is_worth_nothing_afterwards(
    app: Flask, client: FlaskClient, alice: Facilitator
) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    planted = client.get_cookie("attune")
    assert planted is not None
    fresh = cookie_of(signs_in(client))
    assert fresh != planted.value
    assert not is_in(with_cookie(app, planted.value))
    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_kills_every_copy_of_the_cookie(app: Flask, client: FlaskClient, alice: Facilitator) -> None:
    copy = with_cookie(app, cookie_of(signs_in(client)))
    assert is_in(copy)
    ended: list[int] = []
    with accounts.signed_out.connected_to(ended.append):
        assert client.post("/signout").location == "/signin"
    assert ended == [alice.id]
    assert not is_in(client)
    assert not is_in(copy)


def test_a_new_password_keeps_this_browser_in_and_puts_the_others_out(
    app: Flask, client: FlaskClient, alice: Facilitator
) -> None:
    other = with_cookie(app, cookie_of(signs_in(client)))
    answer = client.post("/account/password", data={"old": factories.PASSWORD, "new": GOOD})
    assert answer.status_code == 303
    assert b"Your password is changed" in client.get(answer.location).data
    assert not is_in(other)


def test_a_wrong_present_password_is_said_at_its_field(client: FlaskClient, alice: Facilitator) -> None:
    signs_in(client)
    answer = client.post("/account/password", data={"old": "wrong", "new": GOOD})
    assert answer.status_code == 422
    assert re.search(rb'id="old-error" role="alert">That is not your present password', answer.data)


def test_a_disabled_account_is_out_at_once(client: FlaskClient, alice: Facilitator) -> None:
    signs_in(client)
    accounts.disable(alice.id)
    assert not is_in(client)
    assert signs_in(client).status_code == 422


def test_an_unknown_account_and_a_wrong_password_get_the_same_bytes(client: FlaskClient, alice: Facilitator) -> None:
    wrong, unknown = signs_in(client, "not the password"), signs_in(client, name="nobody")
    assert (wrong.status_code, wrong.data) == (unknown.status_code, unknown.data)
    assert wrong.status_code == 422
    assert [*wrong.headers] == [*unknown.headers]


@pytest.mark.parametrize(("length", "status"), [(1025, 400), (1_000_000, 413)])
def test_an_endless_password_is_refused_before_argon2(
    client: FlaskClient, alice: Facilitator, monkeypatch: pytest.MonkeyPatch, length: int, status: int
) -> None:
    monkeypatch.setattr(passwords.passwords, "check", lambda *_: pytest.fail("argon2 was asked"))
    assert signs_in(client, "x" * length).status_code == status


def test_the_sixth_try_in_a_minute_has_to_wait_even_with_the_right_password(
    client: FlaskClient, alice: Facilitator
) -> None:
    factories.facilitator("Bob")
    for _ in range(5):
        assert signs_in(client, "not the password").status_code == 422
    answer = signs_in(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert b"Wait a minute" in answer.data
    assert signs_in(client, name="bob").status_code == 303


def test_who_knows_the_password_may_sign_in_as_often_as_they_like(client: FlaskClient, alice: Facilitator) -> None:
    assert {signs_in(client).status_code for _ in range(8)} == {303}


def test_tries_are_forgotten_after_a_minute_and_sooner_for_nobody() -> None:
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    assert [attempts.take("alice") for _ in range(6)] == [0, 0, 0, 0, 0, 60]
    now = 59.9
    assert attempts.take("alice") == 1
    now = 60.0
    assert attempts.take("alice") == 0


def test_ten_thousand_made_up_addresses_leave_no_memory_behind() -> None:
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    for number in range(10_000):
        now += 1.0
        attempts.take(str(number))
    assert len(attempts._tries) <= 1000


def test_a_server_that_checks_many_passwords_says_when_to_come_back(
    client: FlaskClient, alice: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords.passwords, "check", busy)
    answer = signs_in(client)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"


# ---------- where to afterwards ----------


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "\\\\evil.example", "/\\evil.example", "javascript:alert(1)", "http://evil.example/", "/\t/evil",
     "///evil.example", "workshops", "", "/%0d%0a evil", "/\u2028/evil"],
)  # fmt: skip
def test_a_way_out_of_this_server_leads_home(client: FlaskClient, alice: Facilitator, wanted: str) -> None:
    assert signs_in(client, next=wanted).location == "/workshops"
    assert client.get("/signin", query_string={"next": wanted}).location == "/workshops"


def test_a_path_of_ours_is_where_one_wanted_to_go(client: FlaskClient, alice: Facilitator) -> None:
    sent = client.get("/workshops/1?variant=short")
    assert (sent.status_code, sent.location) == (303, "/signin?next=/workshops/1%3Fvariant%3Dshort")
    assert b'name="next" value="/workshops/1?variant=short"' in client.get(sent.location).data
    assert signs_in(client, next="/workshops/1?variant=short").location == "/workshops/1?variant=short"


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

    monkeypatch.setattr(signin, "time", Time)
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

    monkeypatch.setattr(signin, "busy", busy)
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


# ---------- the first account, invitations ----------


def test_the_set_up_link_makes_the_first_account_and_signs_in(client: FlaskClient) -> None:
    token = invitations.first_link_token()
    page = client.get(f"/setup/{token}")
    assert page.status_code == 200
    form = {"email": "alice@example.org", "name": "Alice", "password": GOOD}
    answer = client.post(f"/setup/{token}", data=form)
    assert (answer.status_code, answer.location) == (303, "/workshops")
    assert b"Leaning Without Losing Yourself" in client.get("/workshops").data
    assert client.get(f"/setup/{token}").status_code == 404
    assert client.post(f"/setup/{token}", data=form).status_code == 404


def test_looking_at_a_set_up_link_uses_nothing_up(client: FlaskClient) -> None:
    token = invitations.first_link_token()
    assert {client.get(f"/setup/{token}").status_code for _ in range(3)} == {200}
    assert not accounts.any_yet()


def test_a_dead_link_looks_like_one_that_never_was(client: FlaskClient) -> None:
    used = invitations.first_link_token()
    assert used is not None
    invitations.accept(used, "alice@example.org", "Alice", GOOD)
    dead, never = client.get(f"/setup/{used}"), client.get(f"/setup/{'x' * 43}")
    assert (dead.status_code, dead.data) == (never.status_code, never.data)
    assert dead.status_code == 404


def test_what_does_not_fit_comes_back_with_its_sentence_and_what_was_typed(client: FlaskClient) -> None:
    token = invitations.first_link_token()
    form = {"email": "alice@example.org", "name": "<b>Alice", "password": "short"}
    answer = client.post(f"/setup/{token}", data=form)
    assert answer.status_code == 422
    assert b'value="alice@example.org"' in answer.data
    assert b"&lt;b&gt;Alice" in answer.data
    assert b'id="password-error" role="alert">A password has at least' in answer.data
    assert b"short" not in answer.data


def test_an_invitation_is_shown_once_works_once_and_can_be_withdrawn(
    app: Flask, client: FlaskClient, alice: Facilitator
) -> None:
    signs_in(client)
    found = re.search(rb'value="http://localhost(/setup/[\w-]{43})"', client.post("/account/invitations").data)
    assert found is not None
    link = found[1].decode()
    page = client.get("/account").data
    assert link.encode() not in page
    (withdraw,) = re.findall(rb'action="(/account/invitations/\d+/withdraw)"', page)
    assert with_cookie(app, "").get(link).status_code == 200
    assert client.post(withdraw.decode()).status_code == 303
    assert with_cookie(app, "").get(link).status_code == 404


def test_somebody_elses_invitation_is_not_there(client: FlaskClient, alice: Facilitator) -> None:
    invitations.invite(factories.facilitator("Bob").id)
    signs_in(client)
    theirs = client.post("/account/invitations/1/withdraw")
    missing = client.post("/account/invitations/999/withdraw")
    assert (theirs.status_code, theirs.data) == (missing.status_code, missing.data) == (404, theirs.data)


def test_the_sign_in_page_of_an_empty_server_says_how_to_begin(client: FlaskClient) -> None:
    assert "Set up:" in client.get("/signin").text
    factories.facilitator()
    assert "Set up:" not in client.get("/signin").text


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
