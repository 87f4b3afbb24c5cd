"""Making accounts, checking passwords, signing out everywhere, and the one-time links."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import gevent
import pytest
from argon2 import extract_parameters
from flask import Flask

from tests import factories
from workshop import accounts, invitations, passwords, shelf
from workshop.accounts import NoSuchFacilitator, Refused, signed_out
from workshop.database import db
from workshop.epochs import Epochs
from workshop.invitations import NoSuchInvitation
from workshop.models import Facilitator, Invitation

GOOD = "a long walk by the quiet river"

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def ended() -> Iterator[list[int]]:
    """Ids of facilitators whose sign-ins ended."""
    heard: list[int] = []

    def hear(facilitator_id: int) -> None:
        heard.append(facilitator_id)

    with signed_out.connected_to(hear):
        yield heard


def test_a_new_account_is_known_by_its_password_alone() -> None:
    alice = factories.facilitator()
    found = accounts.check(alice.email, factories.PASSWORD)
    assert found is not None
    assert found.id == alice.id
    assert accounts.check(alice.email, factories.PASSWORD + "!") is None


def test_an_address_has_one_spelling() -> None:
    accounts.add(" Alice@Example.ORG ", "Alice", GOOD)
    assert accounts.by_email("alice@example.org").email == "alice@example.org"
    with pytest.raises(Refused, match="already") as refused:
        accounts.add("ALICE@example.org", "Another", GOOD)
    assert refused.value.field == "email"
    assert len(accounts.everyone()) == 1


def test_one_password_typed_on_two_keyboards_is_one_password() -> None:
    accounts.add("alice@example.org", "Alice", "cafe\u0301 au lait")
    assert accounts.check("alice@example.org", "caf\u00e9 au lait") is not None


def test_the_password_is_kept_only_as_an_argon2_hash() -> None:
    alice = factories.facilitator()
    assert alice.password.startswith("$argon2id$")
    assert factories.PASSWORD not in alice.password


@pytest.mark.parametrize(
    ("field", "email", "name", "password"),
    [
        ("email", "alice", "Alice", GOOD),
        ("email", "alice@", "Alice", GOOD),
        ("email", "@example.org", "Alice", GOOD),
        ("email", "al ice@example.org", "Alice", GOOD),
        ("email", "alice\0@example.org", "Alice", GOOD),
        ("email", "a" * 250 + "@example.org", "Alice", GOOD),
        ("name", "alice@example.org", "A" * 81, GOOD),
        ("name", "alice@example.org", "A\u202elice", GOOD),
        ("password", "alice@example.org", "Alice", "short"),
        ("password", "alice@example.org", "Alice", " " * 12),
        ("password", "alice@example.org", "Alice", "x" * 1025),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(field: str, email: str, name: str, password: str) -> None:
    with pytest.raises(Refused) as refused:
        accounts.add(email, name, password)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")
    assert not accounts.any_yet()


def test_the_sentences_name_the_lengths_that_hold() -> None:
    for password, length in (("x" * (passwords.SHORTEST - 1), passwords.SHORTEST), ("x" * 2000, passwords.LONGEST)):
        with pytest.raises(Refused, match=rf"\b{length}\b"):
            accounts.add("alice@example.org", "Alice", password)


def test_an_endless_password_never_reaches_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    alice = factories.facilitator()
    monkeypatch.setattr(passwords.passwords, "check", lambda *_: pytest.fail("argon2 was asked"))
    with pytest.raises(Refused):
        accounts.check(alice.email, "x" * 1_000_000)
    with pytest.raises(Refused):
        accounts.change_password(alice, "\u00e9" * 513, GOOD)


def test_an_unknown_address_costs_as_much_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    alice = factories.facilitator()
    asked: list[str] = []
    verify = passwords.passwords._verify

    def listen(stored: str, given: str) -> bool:
        asked.append(stored)
        return verify(stored, given)

    monkeypatch.setattr(passwords.passwords, "_verify", listen)
    assert accounts.check(alice.email, "not the password") is None
    assert accounts.check("nobody@example.org", "not the password") is None
    assert asked == [alice.password, passwords.passwords.decoy]
    assert extract_parameters(asked[0]) == extract_parameters(asked[1])


def test_the_decoy_is_checked_in_full_and_matches_nothing() -> None:
    decoy = passwords.passwords.decoy
    assert passwords.passwords.check(decoy, "anything") is False
    assert not passwords.passwords.outdated(decoy)


def test_argon2_works_for_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def slow(stored: str, given: str) -> bool:
        nonlocal now, most
        with lock:
            now, most = now + 1, max(most, now + 1)
        threading.Event().wait(0.02)
        with lock:
            now -= 1
        return True

    checked = passwords.Passwords()
    monkeypatch.setattr(checked, "_verify", slow)
    jobs = [gevent.spawn(checked.check, "a hash", "x") for _ in range(10)]
    gevent.joinall(jobs, raise_error=True)
    assert most == 2


def test_the_hub_goes_on_while_argon2_works() -> None:
    alice, ticks = factories.facilitator(), 0
    job = gevent.spawn(accounts.check, alice.email, "not the password")
    while not job.ready():
        gevent.sleep(0.001)
        ticks += 1
    assert ticks >= 5


def test_who_waits_too_long_is_told_that_the_server_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    full = passwords.Passwords()
    for _ in range(passwords.AT_ONCE):
        full._places.acquire()
    with pytest.raises(passwords.Busy):
        full.check(None, "x")


def test_signing_out_everywhere_kills_the_epoch_and_tells_who_holds_sockets(ended: list[int]) -> None:
    alice = factories.facilitator()
    accounts.sign_out(alice.id)
    assert accounts.find(alice.id, alice.epoch) is None
    assert accounts.find(alice.id, alice.epoch + 1) is not None
    assert ended == [alice.id]


def test_a_new_password_needs_the_old_one_and_signs_out(ended: list[int]) -> None:
    alice = factories.facilitator()
    with pytest.raises(Refused) as refused:
        accounts.change_password(alice, "not the password", GOOD + "!")
    assert (refused.value.field, ended) == ("old", [])
    accounts.change_password(alice, factories.PASSWORD, GOOD + "!")
    assert accounts.check(alice.email, factories.PASSWORD) is None
    assert accounts.check(alice.email, GOOD + "!") is not None
    assert ended == [alice.id]


def test_a_disabled_account_lets_nobody_in_and_keeps_what_it_owns(ended: list[int]) -> None:
    alice = factories.facilitator()
    accounts.disable(alice.id)
    assert accounts.check(alice.email, factories.PASSWORD) is None
    assert accounts.find(alice.id, alice.epoch + 1) is None
    assert ended == [alice.id]
    assert shelf.of(alice.id)
    accounts.enable(alice.id)
    assert accounts.check(alice.email, factories.PASSWORD) is not None


def test_a_sign_out_by_another_process_is_noticed_once(ended: list[int]) -> None:
    alice, bob = factories.facilitator("Alice"), factories.facilitator("Bob")
    epochs = Epochs()
    epochs.open()
    raise_elsewhere(alice)
    epochs.look()
    epochs.look()
    assert ended == [alice.id]
    accounts.sign_out(bob.id)
    epochs.look()
    assert ended == [alice.id, bob.id]


def test_an_unknown_address_is_an_error_with_a_name() -> None:
    with pytest.raises(NoSuchFacilitator):
        accounts.by_email("nobody@example.org")


def test_a_new_account_finds_the_built_in_workshop_on_its_shelf() -> None:
    alice = factories.facilitator()
    (workshop,) = shelf.of(alice.id)
    assert workshop.slug == "leaning-without-losing-yourself"
    assert shelf.opened(workshop).workshop.title == workshop.title


# ---------- one-time links ----------


def test_the_first_link_makes_one_account_and_then_none() -> None:
    token = invitations.first_link_token()
    assert token is not None
    assert len(token) == 43
    invitations.accept(token, "alice@example.org", "Alice", GOOD)
    assert invitations.first_link_token() is None
    with pytest.raises(NoSuchInvitation):
        invitations.accept(token, "bob@example.org", "Bob", GOOD)


def test_a_link_of_an_earlier_start_is_dead() -> None:
    old, new = invitations.first_link_token(), invitations.first_link_token()
    assert old is not None
    assert new is not None
    assert not invitations.opens(old)
    assert invitations.opens(new)


def test_the_first_link_dies_when_a_command_makes_the_first_account() -> None:
    token = invitations.first_link_token()
    assert token is not None
    factories.facilitator()
    assert not invitations.opens(token)
    with pytest.raises(NoSuchInvitation):
        invitations.accept(token, "eve@example.org", "Eve", GOOD)


def test_only_the_hash_of_a_token_is_stored(app: Flask) -> None:
    token = invitations.invite(factories.facilitator().id)
    with db.read() as session:
        (stored,) = session.query(Invitation).all()
    assert token.encode() not in stored.token_hash
    settings = app.extensions["attune"]
    files = [path.read_bytes() for path in settings.data.rglob("attune.db*")]
    assert files
    assert not any(token.encode() in content for content in files)


def test_of_two_who_use_one_link_at_once_one_gets_an_account() -> None:
    token = invitations.invite(factories.facilitator().id)

    def use(name: str) -> str:
        try:
            invitations.accept(token, f"{name}@example.org", name, GOOD)
        except NoSuchInvitation:
            return "no"
        return "yes"

    jobs = [gevent.spawn(use, name) for name in ("bob", "charlie", "dora")]
    gevent.joinall(jobs, raise_error=True)
    assert sorted(job.value for job in jobs) == ["no", "no", "yes"]
    assert len(accounts.everyone()) == 2


def test_a_link_survives_a_form_that_was_refused() -> None:
    alice = factories.facilitator()
    token = invitations.invite(alice.id)
    for email, password in (("bob", GOOD), (alice.email, GOOD), ("bob@example.org", "short")):
        with pytest.raises(Refused):
            invitations.accept(token, email, "Bob", password)
    assert invitations.opens(token)
    assert invitations.accept(token, "bob@example.org", "Bob", GOOD)


def test_an_invitation_opens_for_two_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    token = invitations.invite(factories.facilitator().id)
    today = invitations._today()
    monkeypatch.setattr(invitations, "_today", lambda: today + timedelta(days=13))
    assert invitations.opens(token)
    monkeypatch.setattr(invitations, "_today", lambda: today + timedelta(days=14))
    assert not invitations.opens(token)


def test_an_invitation_is_withdrawn_by_who_made_it_alone() -> None:
    alice, bob = factories.facilitator("Alice"), factories.facilitator("Bob")
    token = invitations.invite(alice.id)
    (mine,) = invitations.waiting(alice.id)
    assert mine.made_on <= date.today() + timedelta(days=1)
    for owner, number in ((bob.id, mine.id), (alice.id, mine.id + 1)):
        with pytest.raises(NoSuchInvitation):
            invitations.withdraw(owner, number)
    assert invitations.opens(token)
    invitations.withdraw(alice.id, mine.id)
    assert not invitations.opens(token)


def raise_elsewhere(who: Facilitator) -> None:
    """What a command in another process does: the row changes, and nothing here is told."""

    def change() -> None:
        db.connection().execute("UPDATE facilitators SET epoch = epoch + 1 WHERE id = ?", (who.id,))

    db.run(change)
