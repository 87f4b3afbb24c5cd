"""The database: one writing thread with the only writing connection, and readers that can only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from gevent.threadpool import ThreadPool
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import StaticPool

from workshop import copies, storage
from workshop.config import Settings
from workshop.storage import Unsaved, Unusable

T = TypeVar("T")

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
}
"""What every writing connection must answer when asked (SECURITY.md); fullfsync matters on macOS alone."""


MIGRATIONS = Path(__file__).parent / "migrations"

LATEST = "0003"
"""The newest migration; a test holds it against the folder."""


class Base(DeclarativeBase):
    """The mother of all tables."""


class Weak(Unusable):
    """The database does not keep a promise that forgetting relies on."""


def fresh(connection: sqlite3.Connection, *, busy_ms: int = 5000) -> sqlite3.Connection:
    """Set and read back the pragmas of a writing connection; raises `Weak` when one does not hold."""
    connection.isolation_level = None  # we say BEGIN ourselves: sqlite3's implicit one is deferred
    connection.execute(f"PRAGMA busy_timeout={busy_ms}")
    for name, wanted in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={wanted}").fetchall()
        (got,) = connection.execute(f"PRAGMA {name}").fetchone()
        if got != wanted:
            raise Weak(f"PRAGMA {name} is {got}, not {wanted}: this SQLite cannot keep Attune's promises.")
    return connection


class Database:
    """Opened once by `create_app`. Reads on the hub, writes on one native thread that nobody else touches."""

    def __init__(self) -> None:
        self.path = Path()
        self._files: tuple[int, ...] = ()
        self._pool: ThreadPool | None = None
        self.farewell: Callable[[], None] = lambda: None
        """Called before it closes: whoever has work put off on this database drops it."""

    def open(self, settings: Settings) -> None:
        """Open the database of these settings, its schema brought up to date; raises `Unusable`."""
        self.close()
        self.path = settings.database
        self._pool = ThreadPool(1)
        self._writing = self._engine(StaticPool)
        event.listen(self._writing, "connect", lambda raw, _: fresh(raw))
        event.listen(self._writing, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
        self._reading = self._engine(None)
        event.listen(self._reading, "connect", _only_read)
        try:
            self.run(lambda: storage.examine(self.connection(), self.path))
        except DBAPIError as error:
            raise storage.unusable(self.path, error.orig) from error
        self._upgrade()
        self._files = storage.identities(self.path)

    def close(self) -> None:
        """Let go of both; safe to call twice."""
        if self._pool is None:
            return
        self.farewell()
        pool, self._pool = self._pool, None
        pool.apply(self._writing.dispose)
        pool.kill()
        self._reading.dispose()

    def _engine(self, pool: type[StaticPool] | None) -> Engine:
        options: dict[str, Any] = {"poolclass": pool} if pool else {"pool_size": 5, "max_overflow": 50}
        return create_engine(
            f"sqlite:///{self.path}", hide_parameters=True, connect_args={"check_same_thread": False}, **options
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that can only read. Do not wait for anything inside: a reader must never hold up forgetting."""
        with Session(self._reading, autoflush=False, expire_on_commit=False) as session:
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction on the writing thread and wait for its commit; its errors are raised here.

        Raises `Unsaved` when the disk does not take it.
        """
        if not self.whole:
            raise Unsaved(storage.MOVED)
        return self.run(lambda: self._transact(work))

    def run(self, job: Callable[[], T]) -> T:
        """Run `job` on the writing thread, in turn, and wait for it."""
        if self._pool is None:
            raise RuntimeError("the database is not open")
        result, error = self._pool.apply(_outcome, (job,))
        if error is not None:
            raise error
        return cast(T, result)

    @property
    def whole(self) -> bool:
        """False once somebody has taken the file or its log away beneath us: what is committed then is not kept."""
        return storage.identities(self.path) == self._files

    def connection(self) -> sqlite3.Connection:
        """The writing connection itself; only for jobs that `run` runs."""
        with self._writing.connect() as connection:
            return cast(sqlite3.Connection, connection.connection.driver_connection)

    def _upgrade(self) -> None:
        """Bring the schema up to date; Alembic is only loaded where it is not, since that costs a second start."""
        present = self.run(lambda: _revision(self.connection()))
        if present == LATEST:
            return
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        if present and present not in {known.revision for known in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}:
            raise Unusable(f"{self.path} was written by a newer version of Attune. Start that one.")
        if present:
            self._keep_a_copy()

        def upgrade() -> None:
            with self._writing.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")

        try:
            self.run(upgrade)
        except Exception as error:
            raise storage.stuck(self.path, copies.before(self.path), error) from error

    def _keep_a_copy(self) -> None:
        try:
            self.run(lambda: copies.keep(self.connection(), self.path))
        except (sqlite3.Error, OSError) as error:
            raise storage.uncopied(self.path, error) from error

    def settle(self) -> None:
        """A start went well: the copy from before a change of the schema is not needed any more."""
        copies.drop(self.path)

    def _transact(self, work: Callable[[Session], T]) -> T:
        try:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                return work(session)
        except DBAPIError as error:
            code = storage.fault(error.orig)
            if code is None:
                raise
            raise Unsaved(storage.FAULTS[code]) from None
        except OSError:  # a key was to be written in the same breath
            raise Unsaved(storage.FAULTS[sqlite3.SQLITE_IOERR]) from None


def _outcome(job: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """What a job gave or raised, as a value: gevent prints whatever a thread raises, with its words."""
    try:
        return job(), None
    except Exception as error:  # noqa: BLE001 - carried to the caller, who raises it
        return None, error


def _revision(connection: sqlite3.Connection) -> str | None:
    """The schema's revision, or None for a new database."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return row[0] if row else None


def _only_read(raw: sqlite3.Connection, _: object) -> None:
    raw.execute("PRAGMA query_only=1")
    raw.execute("PRAGMA busy_timeout=0")
    raw.execute("PRAGMA temp_store=2")


db = Database()
