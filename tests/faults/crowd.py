"""A hundred phones that answer as fast as they may, change their minds, and remember what they were told was saved."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.bench import wire

OPTIONS = ("a", "b", "c")
PASS = "pass"
LONGEST, AGAIN = 10.0, 0.3
"""Seconds: to wait for an answer, and before the same is sent again."""

Sent = tuple[int, str]
"""A revision, and what was chosen in it."""


class Cut(Exception):
    """The connection broke: whether the last send arrived is not known."""


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: str


@dataclass
class Phone:
    """`acked`: the newest that it was told is saved. `pending`: sent, with no answer yet. `port`: of a proxy."""

    host: str
    port: int = 0
    cookie: str = ""
    next: int = 1
    acked: Sent | None = None
    pending: Sent | None = None
    acks: int = 0
    cuts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    _stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def join(self, path: str) -> None:
        reply = await self.ask(wire.post(self.host, path, b""))
        self.cookie = reply.headers["set-cookie"].partition(";")[0]

    def asked_anew(self) -> None:
        self.next, self.acked, self.pending = 1, None, None

    async def send(self, question: str, choice: Sent) -> None:
        """Send, and take note of what became of it; raises `Cut`."""
        self.pending = choice
        step, round, phase = question.split("/")
        given = {"pass": "1"} if choice[1] == PASS else {"choice": choice[1]}
        body = urlencode({"step": step, "round": round, "phase": phase, "rev": choice[0], **given})
        reply = await self.ask(wire.post(self.host, "/w/answer", body.encode(), self.cookie))
        if reply.status == 200:
            self.acked, self.acks = choice, self.acks + 1
        else:
            self.refused[reply.headers.get("x-attune-code", str(reply.status))] += 1
        if reply.status not in (429, 503):  # which say nothing but: try the same again
            self.pending = None
        self.next = int(reply.headers.get("x-attune-next", self.next))

    async def ask(self, request: bytes) -> Reply:
        try:
            return await asyncio.wait_for(self._ask(request), LONGEST)
        except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.hang_up()
            self.cuts += 1
            raise Cut from error

    def hang_up(self) -> None:
        if self._stream:
            self._stream[1].transport.abort()
        self._stream = None

    async def _ask(self, request: bytes) -> Reply:
        if self._stream is None:
            host, port = self.host.split(":")
            self._stream = await asyncio.open_connection(host, self.port or int(port))
        reader, writer = self._stream
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        lines = (line.partition(": ") for line in reversed(head[1:]) if line)  # the first of a name is what counts
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.hang_up()
        return Reply(int(head[0].split()[1]), headers, body.decode())


class Crowd:
    """Phones of one room. `pace`: seconds from one choice of a phone to its next."""

    def __init__(self, host: str, many: int, seed: int = 7, pace: float = 0.55) -> None:
        self.phones = [Phone(host) for _ in range(many)]
        self._random = random.Random(seed)
        self._pace = pace
        self._stop = threading.Event()
        self.seconds = 0.0

    @property
    def acks(self) -> int:
        return sum(phone.acks for phone in self.phones)

    def joins(self, path: str) -> None:
        async def everybody() -> None:
            for phone in self.phones:
                await phone.join(path)
                phone.hang_up()

        asyncio.run(everybody())

    def asked_anew(self) -> None:
        for phone in self.phones:
            phone.asked_anew()

    @contextlib.contextmanager
    def answering(self, question: str) -> Iterator[None]:
        """Inside the block everybody answers and changes their minds, and tries again when a send fails."""
        self._stop.clear()
        thread = threading.Thread(target=lambda: asyncio.run(self._all(question)))
        began = time.monotonic()
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            self.seconds += time.monotonic() - began

    def everybody_answers(self, question: str) -> None:
        """Once, each, and until it is acknowledged or refused."""

        async def one(phone: Phone) -> None:
            choice = phone.pending or (phone.next, self._random.choice(OPTIONS))
            while choice:
                with contextlib.suppress(Cut):
                    await phone.send(question, choice)
                choice = phone.pending
                if choice:
                    await asyncio.sleep(AGAIN)
            phone.hang_up()

        async def everybody() -> None:
            await asyncio.gather(*(one(phone) for phone in self.phones))

        asyncio.run(everybody())

    async def _all(self, question: str) -> None:
        await asyncio.gather(*(self._one(phone, question) for phone in self.phones))

    async def _one(self, phone: Phone, question: str) -> None:
        await self._rest(self._pace * self._random.random())
        while not self._stop.is_set():
            fresh = (phone.next, self._random.choice((*OPTIONS, *OPTIONS, *OPTIONS, PASS)))
            try:
                await phone.send(question, phone.pending or fresh)
                await self._rest(self._pace * self._random.uniform(0.7, 1.3))
            except Cut:
                await self._rest(AGAIN)
        phone.hang_up()

    async def _rest(self, seconds: float) -> None:
        """For so long, or until the block ends."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._stop.is_set():
            await asyncio.sleep(min(left, 0.1))
