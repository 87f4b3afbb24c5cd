"""What was deleted stays deleted, also when a backup from before is put back."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from sessions import closing, forget, lookup
from sessions.deleted import Deleted, deleted
from sessions.retention import retention
from sessions.vault import vault
from tests import factories
from tests.factories import TODAY
from tests.sessions.writing import Asked, rows
from workshop import backup, durable
from workshop.config import Settings
from workshop.database import db


@pytest.fixture(autouse=True)
def _open(app: object) -> Iterator[None]:
    yield
    db.close()


@pytest.fixture
def asked() -> Asked:
    asked = Asked.anew()
    for choice in "aabc":
        asked.writes(asked.seat(), choice=choice)
    closing.finish(asked.id, asked.row)
    return asked


def backed_up(folder: Path) -> Path:
    file = folder / "backup.db"
    backup.write(file)
    return file


def put_back(settings: Settings, copy: Path) -> None:
    """As docs/operate.md says, and start."""
    db.close()
    for name in ("attune.db-wal", "attune.db-shm"):
        (settings.data / name).unlink(missing_ok=True)
    shutil.copy(copy, settings.database)
    import_module("app").create_app(settings)


def test_a_backup_that_is_put_back_loses_what_was_deleted_since_and_nothing_else(
    asked: Asked, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = factories.session(factories.facilitator("Bob"))
    asked.ends()
    copy = backed_up(tmp_path)
    forget.delete(asked.id)
    with caplog.at_level(logging.WARNING, "attune"):
        put_back(settings, copy)
    assert lookup.of(asked.id) is None
    assert lookup.of(other.id)
    assert rows("SELECT * FROM releases") == []
    assert [record.getMessage() for record in caplog.records] == [
        "deleted 1 sessions once more that had been deleted before"
    ]


def test_it_loses_what_was_still_running_then_and_went_by_itself_since(
    asked: Asked, settings: Settings, tmp_path: Path
) -> None:
    copy = backed_up(tmp_path)
    asked.ends()
    forget.expire(TODAY + timedelta(days=retention.releases + 1))
    put_back(settings, copy)
    assert lookup.of(asked.id) is None
    assert vault.handles() == set()


def test_it_loses_what_is_past_its_time(asked: Asked, settings: Settings, tmp_path: Path) -> None:
    asked.ends()
    rows("UPDATE live_sessions SET ended_on = ?", (TODAY - timedelta(days=retention.releases + 1)).isoformat())
    put_back(settings, backed_up(tmp_path))
    assert lookup.of(asked.id) is None


def test_the_file_names_nobody_and_tells_no_order(asked: Asked, settings: Settings) -> None:
    handles = [asked.live.handle, *(bytes([i]) * 16 for i in range(5))]
    asked.ends()
    forget.delete(asked.id)
    for handle in handles:
        deleted.add(handle)
    said = (settings.data / "deleted").read_text()
    assert re.fullmatch(r"([0-9a-f]{64}\n){6}", said)
    assert said.split() == sorted(said.split())
    assert not any(handle.hex() in said for handle in handles)
    if os.name != "nt":
        assert (settings.data / "deleted").stat().st_mode & 0o777 == 0o600


def test_a_file_that_somebody_has_spoiled_is_read_as_far_as_it_goes(settings: Settings) -> None:
    deleted.add(b"h" * 16)
    with (settings.data / "deleted").open("ab") as file:
        file.write(b"\xff\xfe half a line")
    again = Deleted()
    again.open(settings)
    assert b"h" * 16 in again
    assert b"o" * 16 not in again


def test_a_crash_between_naming_and_deleting_is_finished_at_the_next_start(asked: Asked, settings: Settings) -> None:
    asked.ends()
    deleted.add(asked.live.handle)
    db.close()
    import_module("app").create_app(settings)
    assert lookup.of(asked.id) is None


def test_what_cannot_be_named_on_the_disk_is_not_deleted(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    asked.ends()
    monkeypatch.setattr(durable, "write", full)
    with pytest.raises(Exception, match="Nothing was saved"):
        forget.delete(asked.id)
    assert lookup.of(asked.id)
    assert asked.live.handle not in deleted
