"""A room at a server that will die: a facilitator, a crowd of phones, and what is left of them on the disk."""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.actors import Cast, Facilitator
from tests.browsers import OverHttp
from tests.faults.crowd import Crowd
from tests.privacy import thief
from tests.room_pack import OPTIONS, TEXTS, step
from tests.serving import Server
from tests.workshop.small_pack import SMALL
from workshop.config import Settings
from workshop.database import db

QUESTIONS = 60
POLLS = "".join(step(f"q{i:02}", "poll", "low", OPTIONS) for i in range(QUESTIONS))
LINES = "".join(step(f"t{i:02}", "open_text", "low", TEXTS) for i in range(6))
PACK = SMALL.replace("  - id: talk\n", f"{POLLS}{LINES}  - id: talk\n")


@dataclass
class Room:
    """`question`: what was asked last, as `step/round/phase`."""

    server: Server
    ada: Facilitator
    crowd: Crowd
    handle: bytes
    key: bytes
    workshop: str
    fresh: Iterator[str]
    question: str = ""

    @classmethod
    def opened(cls, server: Server, phones: int) -> Room:
        """Its account, pack and session made by the verbs, then served, and everybody in by HTTP."""
        server.folder.mkdir(parents=True, exist_ok=True)
        folders = {"ATTUNE_DATA": str(server.data), "ATTUNE_RUNTIME": str(server.runtime)}
        settings = Settings.from_environment(folders, host="127.0.0.1", port=server.port)
        cast = Cast.of(importlib.import_module("app").create_app(settings))
        ada = cast.facilitator("Ada")
        workshop = cast.shelves(ada, PACK)
        ada.opens("core", workshop)
        db.close()
        ada.browser = OverHttp(server.url, ada.browser.cookies)
        server.start()
        crowd = Crowd(f"127.0.0.1:{server.port}", phones)
        crowd.joins(ada.join_url)
        (kept,) = server.runtime.rglob("*.k")
        return cls(server, ada, crowd, bytes.fromhex(kept.stem), kept.read_bytes(), workshop, _steps())

    def asks(self) -> str:
        """The next question, of which nobody has answered anything."""
        step = next(self.fresh)
        self.settles()
        self.ada.shows(step)
        self.question = f"{step}/1/0"
        return self.question

    def settles(self) -> None:
        """Nothing is asked any more, and nobody has answered what comes next."""
        if self.state in ("open", "closing", "interrupted"):
            self.ada.closes(now=True)
        self.crowd.asked_anew()

    def another(self, phones: int) -> Room:
        """One more session at this server."""
        ada = Facilitator(self.ada.browser, self.ada.name).opens("core", self.workshop)
        crowd = Crowd(f"127.0.0.1:{self.server.port}", phones)
        crowd.joins(ada.join_url)
        ((handle,),) = thief.ask(self.database, "SELECT handle FROM live_sessions WHERE id = ?", ada.live)
        assert isinstance(handle, bytes)
        made = Room(self.server, ada, crowd, handle, b"", self.workshop, _steps())
        made.key = made.kept.read_bytes()
        return made

    @property
    def kept(self) -> Path:
        """The file of the session's key."""
        (found,) = self.server.runtime.rglob(f"{self.handle.hex()}.k")
        return found

    @property
    def database(self) -> Path:
        return self.server.data / "attune.db"

    @property
    def state(self) -> str:
        return str(self.ada.desk["step_state"])

    def released(self) -> dict[str, int]:
        """The exact counts of the question, as the room will see them; none where there are too few."""
        query = (
            "SELECT published FROM releases JOIN live_steps s ON s.id = releases.step WHERE live_id = ? AND step_id = ?"
        )
        ((published,),) = thief.ask(self.database, query, self.ada.live, self.question.partition("/")[0])
        tables = json.loads(str(published))["parts"]
        return {cell["options"][0]: cell["shown"] for table in tables for cell in table["cells"]}

    def pseudonyms(self) -> list[bytes]:
        step, round, phase = self.question.split("/")
        secrets = (thief.secret(phone.cookie) for phone in self.crowd.phones)
        return [thief.pseudonym(self.key, secret, step, int(round), int(phase)) for secret in secrets]

    def stored(self) -> list[int | None]:
        """The revision that is kept of each phone, found as its key allows."""
        query = "SELECT p, rev FROM open_answers JOIN live_steps s ON s.id = step WHERE live_id = ? AND step_id = ?"
        rows = dict(thief.ask(self.database, query, self.ada.live, self.question.partition("/")[0]))  # type: ignore[arg-type]
        return [rows.get(name) for name in self.pseudonyms()]

    def keeps_the_bytes_of_its_key(self) -> Callable[[], bytes]:
        """What stands on the disk where the key of the open question stood, whatever becomes of its name."""
        (key,) = self.server.data.glob(f"runtime/{self.handle.hex()}.*.d")
        place = self.server.folder / "where-the-key-was"
        place.unlink(missing_ok=True)
        os.link(key, place)
        return place.read_bytes

    def plants_a_stray(self) -> None:
        """An answer of the question that was asked last, although it is closed; no server runs."""
        trigger = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'open_answers'"
        name = "SELECT id FROM live_steps WHERE live_id = ? AND step_id = ?"
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            triggers = connection.execute(trigger).fetchall()
            for one, _ in triggers:
                connection.execute(f"DROP TRIGGER {one}")
            (row,) = connection.execute(name, (self.ada.live, self.question.partition("/")[0])).fetchone()
            stray = (row, 0, self.pseudonyms()[0], 1, b"x" * 64)
            connection.execute("INSERT INTO open_answers VALUES (?, ?, ?, ?, ?)", stray)
            for _, made in triggers:
                connection.execute(made)

    def traces(self) -> list[object]:
        """What is left of a question that was counted: its key, its rows, the names beside its answers."""
        closed = "SELECT id FROM live_steps WHERE state NOT IN ('open', 'closing', 'interrupted')"
        rows = {id for (id,) in thief.ask(self.database, closed)}
        keys = [path.name for path in self.server.data.glob("runtime/*.d") if int(path.name.split(".")[1]) in rows]
        left = thief.ask(self.database, f"SELECT step FROM open_answers WHERE step IN ({closed})")
        named = [name for _, name in thief.hits(self.pseudonyms(), self.server.data, self.server.runtime)]
        return [*keys, *left, *sorted(set(named))]


def _steps() -> Iterator[str]:
    return (f"q{i:02}" for i in count())
