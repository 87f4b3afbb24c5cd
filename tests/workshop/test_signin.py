"""The doors people come in by."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories
from tests.workshop.entering import cookie_of, is_in, signs_in, with_cookie
from workshop import accounts, invitations, passwords
from workshop.attempts import Attempts
from workshop.models import Facilitator

GOOD = "another walk by the quiet river"


@pytest.fixture
def alice(app: Flask) -> Facilitator:
    return factories.facilitator("Alice")


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
