"""A real server of ours with a session in it, made as facilitators make one, and the crowd that joins it."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from platformdirs import user_cache_path

from tests.actors import Cast
from tests.bench import machine, wire
from tests.bench.lines import Line, Reply
from tests.bench.phones import Heard, Socket
from tests.conducting import Facilitator
from tests.room_pack import step
from tests.serving import Server
from tests.workshop.small_pack import SMALL

POLLS = 24
OPTIONS = (
    "    options: [{id: none, text: I have never thought about it}, {id: some, text: Now and then with a friend}, "
    "{id: much, text: Most days and mostly by myself}, {id: all, text: Whenever somebody I like looks worried}]"
)
AT_ONCE = 64
PAD = 256


@dataclass
class Seat:
    """A phone that has joined: its cookie, and the rev that it may send next."""

    cookie: str
    rev: int = 1


@dataclass
class Room:
    """One session on a server of ours, with what its facilitator's scripts can do. Steps are `q1`, `q2` …"""

    server: Server
    lead: Facilitator
    join: str

    @property
    def pid(self) -> int:
        assert isinstance(self.server.process, subprocess.Popen)
        return self.server.process.pid

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.lead.browser.cookies.items())

    def desk(self) -> dict[str, Any]:
        return self.lead.desk

    async def press(self, verb: str, **fields: str) -> Reply:
        """A button of the console, on a connection of its own."""
        line = await Line.to(self.server.port)
        body = urlencode(fields | {"sure": "1"}).encode()
        reply = await line.ask(wire.post(self.host, f"/console/{self.lead.live}/{verb}", body, self.cookie))
        line.close()
        assert reply.status == 200, (verb, reply.status, reply.body[:400])
        return reply

    async def asks(self, number: int) -> str:
        """Close what is open, show a poll, and open it; its step id."""
        if self.desk()["step_state"] in ("open", "closing"):
            await self.press("close", now="1")
        await self.press("show", step=f"q{number}")
        return f"q{number}"

    async def seat(self, line: Line, *covers: str) -> Seat:
        """Join and confirm the covers, consent alone unless others are named; the cookies that this leaves."""
        reply = await line.ask(wire.post(self.host, self.join, b""))
        assert reply.status == 303, (reply.status, reply.body[:300])
        seat = confirmed = _cookie(reply)
        for cover in covers or ("consent",):
            reply = await line.ask(wire.post(self.host, "/w/ready", f"cover={cover}".encode(), confirmed))
            assert reply.status == 204, (reply.status, reply.body[:300])
            confirmed = f"{seat}; {_cookie(reply)}"
        return Seat(confirmed)

    async def seats(self, many: int, *covers: str) -> list[Seat]:
        """So many joined, over a few connections, each past the covers."""

        async def some(count: int) -> list[Seat]:
            line = await Line.to(self.server.port)
            try:
                return [await self.seat(line, *covers) for _ in range(count)]
            finally:
                line.close()

        shares = [many // AT_ONCE + (i < many % AT_ONCE) for i in range(AT_ONCE)]
        joined = await asyncio.gather(*(some(count) for count in shares if count))
        return [seat for part in joined for seat in part]

    async def sockets(self, seats: Sequence[Seat], heard: Heard) -> list[Socket]:
        """A socket for each seat."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(seat: Seat) -> Socket:
            async with gate:
                return await Socket.open(self.server.port, seat.cookie, heard)

        return list(await asyncio.gather(*map(one, seats)))

    def answer(self, seat: Seat, step_id: str, choice: str, phase: int = 0) -> bytes:
        """The bytes of an answer, padded as our script pads it."""
        fields = {"step": step_id, "round": "1", "phase": str(phase), "rev": str(seat.rev), "choice": choice, "pad": ""}
        body = urlencode(fields)
        return wire.post(self.host, "/w/answer", f"{body:x<{PAD}}".encode(), seat.cookie)


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A server of ours on the server's core, on a disk and not in memory: its syncs are part of what is measured."""
    with tempfile.TemporaryDirectory(dir=_disk()) as folder:
        ours = Server(Path(folder))
        with machine.servers_core():
            ours.start()
        try:
            yield ours
        finally:
            ours.kill()


@contextlib.contextmanager
def room(*steps: str, pack: str = SMALL) -> Iterator[Room]:
    """A server with one session, in its lobby. `steps`: what its workshop has before its polls, made of `pack`."""
    with server() as ours:
        yield opened(ours, Cast.at(ours).facilitator(), *steps, pack=pack)


def opened(ours: Server, lead: Facilitator, *steps: str, pack: str = SMALL) -> Room:
    """A session of the bench's own workshop: polls and, unless `steps` come before them, nothing else to do."""
    file = ours.folder / "bench.yaml"
    file.write_text(_pack(pack, *steps))
    done = ours.run("pack", "import", str(file), "--owner", lead.email)
    assert done.returncode == 0, done.stderr
    newest = max(int(link) for link in _workshops(lead))
    lead.opens(workshop=f"/workshops/{newest}")
    return Room(ours, lead, f"/j/{quote(lead.join_url.removeprefix('/j/'))}")


def _cookie(reply: Reply) -> str:
    return reply.header(b"set-cookie").partition(";")[0]


def _workshops(lead: Facilitator) -> list[str]:
    links = lead.browser.get("/workshops").page.all("a")
    ids = [link.at.get("href", "").removeprefix("/workshops/") for link in links]
    return [id for id in ids if id.isdigit()]


def _pack(pack: str, *steps: str) -> str:
    polls = (step(f"q{i}", "poll", "low", OPTIONS) for i in range(1, POLLS + 1))
    return pack.replace("  - id: talk\n", "".join((*steps, *polls, "  - id: talk\n")))


def _disk() -> str | None:
    """Beside the caches: a folder for temporary files is often in memory."""
    folder = user_cache_path("attune-bench")
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)
