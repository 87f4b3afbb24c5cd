"""Keys: never printed, never where a backup looks, on the disk before they are used, overwritten before they go."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from sessions import checkpoints
from sessions.vault import Key, Vault
from tests.privacy import thief
from tests.sessions.writing import Asked
from workshop import backup, durable
from workshop.config import Settings

HANDLE = b"h" * 16


@pytest.fixture
def vault(settings: Settings) -> Vault:
    made = Vault()
    made.open(settings)
    return made


@pytest.fixture
def reopened(settings: Settings) -> Callable[[], Vault]:
    """The vault as the next process finds it."""

    def open() -> Vault:
        again = Vault()
        again.open(settings)
        return again

    return open


def test_a_key_never_prints(vault: Vault) -> None:
    key = vault.make(HANDLE)
    assert {repr(key), str(key), f"{key}", "%r" % key} == {"<key>"}  # noqa: UP031
    assert "<key>" in repr({"key": key})
    assert not hasattr(key, "__dict__")


def test_fields_of_an_hmac_cannot_run_into_each_other() -> None:
    key = Key(b"k" * 32)
    assert key.hmac("a", b"bc") != key.hmac("ab", b"c")
    assert key.hmac("a", b"b", b"c") != key.hmac("a", b"bc")
    assert key.hmac("a", b"", b"b") != key.hmac("a", b"b", b"")
    assert len(key.hmac("a")) == 32


def test_the_sessions_key_is_in_the_runtime_folder_alone(vault: Vault, settings: Settings) -> None:
    vault.make(HANDLE)
    (file,) = settings.runtime.iterdir()
    assert len(file.read_bytes()) == 32
    assert not thief.hits([file.read_bytes()], settings.data)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_key_files_are_for_their_user_alone(vault: Vault, settings: Settings) -> None:
    vault.make(HANDLE)
    vault.make_question(HANDLE, 1, 0)
    vault.make_texts(HANDLE, 1)
    vault.note(HANDLE, "opened", 7)
    files = [*thief.files(settings.runtime, settings.keys)]
    assert len(files) == 4
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_key_outlives_the_process(vault: Vault, reopened: Callable[[], Vault]) -> None:
    keys = (vault.make(HANDLE), vault.make_question(HANDLE, 3, 1), vault.make_texts(HANDLE, 3))
    again = reopened()
    found = (again.key(HANDLE), again.question(HANDLE, 3, 1), again.texts(HANDLE, 3))
    assert [key and key.hmac("same") for key in found] == [key.hmac("same") for key in keys]
    assert again.questions(HANDLE) == {(3, 1)}
    assert again.handles() == {HANDLE}


def test_a_key_that_is_there_stays(vault: Vault, reopened: Callable[[], Vault]) -> None:
    assert vault.make_question(HANDLE, 1, 0).hmac("same") == reopened().make_question(HANDLE, 1, 0).hmac("same")


def test_half_a_key_is_none(vault: Vault, settings: Settings, reopened: Callable[[], Vault]) -> None:
    (settings.runtime / f"{HANDLE.hex()}.k").write_bytes(b"half a key")
    assert vault.key(HANDLE) is None
    vault.make(HANDLE)
    assert reopened().key(HANDLE) is not None


def test_a_key_is_overwritten_before_its_file_goes(
    vault: Vault, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.make_question(HANDLE, 1, 0)
    path = settings.keys / f"{HANDLE.hex()}.1.0.d"
    seen = list[bytes]()
    monkeypatch.setattr(
        checkpoints, "_listeners", [lambda name: name == "key-overwritten" and seen.append(path.read_bytes())]
    )
    vault.destroy_question(HANDLE, 1, 0)
    assert seen == [b"\0" * 32]
    assert not path.exists()
    assert vault.question(HANDLE, 1, 0) is None


def test_destroying_twice_is_destroying_once(vault: Vault) -> None:
    vault.make_texts(HANDLE, 1)
    for _ in range(2):
        vault.destroy_texts(HANDLE, 1)
        vault.destroy(HANDLE)
    assert vault.handles() == set()


def test_the_end_of_one_session_leaves_another_alone(vault: Vault) -> None:
    other = b"o" * 16
    vault.make(HANDLE)
    vault.make_question(HANDLE, 1, 0)
    vault.note(HANDLE, "opened", 7)
    vault.make(other)
    vault.destroy(HANDLE)
    assert vault.handles() == {other}


def test_a_seat_that_was_given_up_stays_so_in_the_next_process_until_the_end(
    vault: Vault, reopened: Callable[[], Vault]
) -> None:
    vault.make(HANDLE)
    vault.give_up(HANDLE, b"s" * 16)
    for one in (vault, reopened()):
        assert one.gave_up(HANDLE, b"s" * 16)
        assert not one.gave_up(HANDLE, b"t" * 16)
        assert not one.gave_up(b"o" * 16, b"s" * 16)
    reopened().destroy(HANDLE)
    assert not reopened().gave_up(HANDLE, b"s" * 16)


def test_seats_that_were_given_up_lie_beside_the_key_alone_without_order_or_time(
    vault: Vault, settings: Settings
) -> None:
    seats = [bytes([i]) * 16 for i in (7, 3, 9, 3, 1)]
    vault.make(HANDLE)
    for seat in seats:
        vault.give_up(HANDLE, seat)
    file = settings.runtime / f"{HANDLE.hex()}.left"
    assert file.read_bytes() == b"".join(sorted(set(seats)))
    assert file.stat().st_mtime == 0
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert not thief.hits(seats, settings.data)
    vault.destroy(HANDLE)
    assert not [*thief.files(settings.runtime)]


def test_who_leaves_has_left_although_the_disk_is_full(
    vault: Vault, reopened: Callable[[], Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write", full)
    vault.give_up(HANDLE, b"s" * 16)
    assert vault.gave_up(HANDLE, b"s" * 16)
    assert not reopened().gave_up(HANDLE, b"s" * 16)


def test_minutes_are_whole_and_missing_ones_are_no_error(vault: Vault) -> None:
    assert vault.minutes(HANDLE) == {}
    vault.note(HANDLE, "opened", 29_000_000)
    vault.note(HANDLE, "started", 29_000_003)
    assert vault.minutes(HANDLE) == {"opened": 29_000_000, "started": 29_000_003}


def test_a_backup_holds_no_key(app: Flask, settings: Settings, tmp_path: Path) -> None:
    asked = Asked.anew()
    asked.writes(asked.seat())
    (tmp_path / "backup").mkdir()
    backup.write(tmp_path / "backup" / "copy.db")
    keys = [path.read_bytes() for path in thief.files(settings.runtime, settings.keys) if path.suffix in (".k", ".d")]
    assert len(keys) == 2
    assert not thief.hits(keys, tmp_path / "backup")
    assert {path.name for path in thief.files(tmp_path / "backup")} == {"copy.db"}
