"""An older database is brought up to date at start, and no try to do so can cost anybody anything."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import app as attune
from tests import factories
from tests.privacy import thief
from workshop import accounts, copies, database, helping
from workshop.config import Settings
from workshop.database import db
from workshop.storage import Unusable

NEXT = '''\
"""A migration of a test: one more table."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{before}", None, None


def upgrade() -> None:
    op.create_table("guests", sa.Column("id", sa.Integer(), primary_key=True))
    {then}
'''


@pytest.fixture
def older(settings: Settings) -> Settings:
    """A database of today, with somebody in it."""
    db.open(settings)
    factories.facilitator("Alice")
    db.close()
    return settings


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes this the Attune of tomorrow, with one more migration."""

    def make(then: str = "pass") -> None:
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True)
        for path in (*database.MIGRATIONS.glob("*.*"), *database.MIGRATIONS.glob("versions/*.py")):
            folder.joinpath(path.relative_to(database.MIGRATIONS)).write_text(path.read_text())
        (folder / "versions" / "9999_guests.py").write_text(NEXT.format(before=database.LATEST, then=then))
        monkeypatch.setattr(database, "MIGRATIONS", folder)
        monkeypatch.setattr(database, "LATEST", "9999")

    return make


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(found)


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_latest_migration_is_the_one_that_is_called_so() -> None:
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [database.LATEST]


def test_a_new_database_is_of_the_latest_schema_and_leaves_no_copy(settings: Settings) -> None:
    db.open(settings)
    db.close()
    assert revision(settings.database) == database.LATEST
    assert not copies.before(settings.database).exists()


def test_a_database_from_before_help_pages_gets_them_and_keeps_who_is_there(older: Settings) -> None:
    with closing(sqlite3.connect(older.database)) as connection:
        connection.executescript("DROP TABLE help_pages; DROP TABLE live_helpers")
        connection.executescript("UPDATE alembic_version SET version_num = '0001'")
    attune.create_app(older)
    alice = accounts.by_email("alice@example.org")
    helping.keep(alice.id, [("any", "Somebody", "112", "To talk")])
    assert [entry.name for entry in helping.of(alice.id).entries] == ["Somebody"]
    db.close()
    assert revision(older.database) == database.LATEST


def test_an_older_database_is_brought_up_to_date_by_a_start_and_the_copy_goes_after_it(
    older: Settings, newer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer()
    seen = list[set[str]]()
    copied = copies.before(older.database)
    settle = db.settle
    monkeypatch.setattr(db, "settle", lambda: (seen.append(tables(copied)), settle()))
    attune.create_app(older)
    assert accounts.by_email("alice@example.org").name == "Alice"
    db.close()
    assert revision(older.database) == "9999"
    assert "guests" in tables(older.database)
    ((before),) = seen
    assert "facilitators" in before
    assert "guests" not in before
    assert not [path.name for path in older.data.iterdir() if "before" in path.name]


def test_a_command_that_meets_an_older_database_leaves_the_copy_for_the_server(
    older: Settings, newer: Callable[..., None]
) -> None:
    was = database.LATEST
    newer()
    db.open(older)
    db.close()
    assert (revision(older.database), revision(copies.before(older.database))) == ("9999", was)


@pytest.mark.parametrize("stumble", ["op.drop_table('nobody')", "raise ValueError('of Alice')"])
def test_a_migration_that_fails_changes_nothing_and_the_copy_stays(
    older: Settings, newer: Callable[..., None], stumble: str
) -> None:
    was = database.LATEST
    newer(stumble)
    for _ in range(2):  # a second try meets the first one's copy
        with pytest.raises(Unusable, match="could not be brought up to date") as told:
            attune.create_app(older)
        db.close()
    copied = copies.before(older.database)
    assert str(copied) in str(told.value)
    assert "Alice" not in str(told.value)
    for path in (older.database, copied):
        assert revision(path) == was
        assert "guests" not in tables(path)
    assert thief.hits([b"alice@example.org"], copied.parent)
    if os.name != "nt":
        assert copied.stat().st_mode & 0o777 == 0o600


def test_without_room_for_the_copy_nothing_is_changed(
    older: Settings, newer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    was = database.LATEST
    newer()
    monkeypatch.setattr(copies, "make", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("disk is full")))
    with pytest.raises(Unusable, match=r"cannot be copied .*disk is full"):
        db.open(older)
    db.close()
    assert revision(older.database) == was


def test_a_database_of_a_newer_version_is_left_alone(older: Settings) -> None:
    with closing(sqlite3.connect(older.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(Unusable, match="newer version"):
        db.open(older)
    db.close()
    assert not copies.before(older.database).exists()


def test_a_copy_that_goes_is_overwritten_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = copies.before(tmp_path / "attune.db")
    copied.write_bytes(b"what was deleted since")
    seen = list[bytes]()
    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda path: (seen.append(path.read_bytes()), unlink(path)))
    copies.drop(tmp_path / "attune.db")
    assert not copied.exists()
    assert set(seen[0]) == {0}
