"""A network between phones and server, on loopback, that can be spoiled: cut, reset, swallowed, stalled, slow."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

CHUNK = 1460


class Proxy:
    """Faults hold until `heals`. It runs in a thread of its own; `port` is where phones connect."""

    def __init__(self, target: int, seed: int = 59) -> None:
        self._target, self._random = target, random.Random(seed)
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()
        self._tasks = set[asyncio.Task[None]]()
        self.heals_flags()

    def heals_flags(self) -> None:
        self.latency = self.stalls = self.bytes_a_second = 0.0
        self.deaf = self.swallows_replies = self.refuses = False

    @contextlib.contextmanager
    def running(self) -> Iterator[Proxy]:
        thread = threading.Thread(target=self._loop.run_forever)
        thread.start()
        server = self._do(self._serve())
        try:
            yield self
        finally:
            self._do(self._end(server))
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    # ---------- faults ----------

    def cuts(self) -> None:
        """Every connection, with a goodbye."""
        self._do(self._each(lambda writer: writer.close()))

    def resets(self) -> None:
        """Every connection, without one."""
        self._do(self._each(_reset))

    def holds(self) -> None:
        """Nothing passes and nothing is lost, as when a laptop's lid is shut for a moment."""
        self._loop.call_soon_threadsafe(self._open.clear)

    def heals(self) -> None:
        """From here on everything passes; what a fault swallowed is over."""
        deaf = self.deaf
        self.heals_flags()
        self._loop.call_soon_threadsafe(self._open.set)
        if deaf:
            self.resets()

    # ---------- inside ----------

    async def _serve(self) -> asyncio.Server:
        self._open.set()
        server = await asyncio.start_server(self._came, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        return server

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            return _reset(writer)
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
        pair = (writer, up_writer)
        self._pairs.add(pair)
        ways = (self._pump(reader, up_writer, down=False), self._pump(up_reader, writer, down=True))
        tasks = [asyncio.create_task(way) for way in ways]
        self._tasks |= set(tasks)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for one in pair:
            one.close()
        await asyncio.wait(tasks, timeout=1)
        self._tasks -= set(tasks)
        self._pairs.discard(pair)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._spoil(len(data))
                if down and self.swallows_replies:
                    return
                if not self.deaf:
                    writer.write(data)
                    await writer.drain()

    async def _spoil(self, size: int) -> None:
        await self._open.wait()
        if self.stalls and self._random.random() < self.stalls:
            await asyncio.sleep(self._random.uniform(0.2, 0.6))
        if self.bytes_a_second:
            await asyncio.sleep(size / self.bytes_a_second)
        if self.latency:
            await asyncio.sleep(self.latency / 2)

    async def _each(self, act: Callable[[asyncio.StreamWriter], None]) -> None:
        for pair in list(self._pairs):
            for writer in pair:
                act(writer)

    async def _end(self, server: asyncio.Server) -> None:
        server.close()
        self._open.set()
        await self._each(_reset)
        for task in self._tasks:
            task.cancel()
        await asyncio.sleep(0.05)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


def _reset(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
