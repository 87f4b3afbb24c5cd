"""P10: a second start, beside importing the three libraries that it cannot do without; and the report of a session."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import machine, rooms, storm
from tests.bench.figures import Figure, Series
from tests.serving import ROOT, Server

IMPORTS = "import flask_socketio, sqlalchemy.orm, pydantic"
QUESTIONS = 6
ASKED_EVERY = 0.005


async def run(phones: int, repeats: int) -> list[Figure]:
    """Both are started from a warm disk, by turns; what the first start has compiled is there for the second."""
    starts: list[float] = []
    imports: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        for repeat in range(repeats + 2):
            took, bare = _started(server), _imported()
            if repeat > 1:  # the first start is another; the second warms up
                starts.append(took)
                imports.append(bare)
    ours = Series("second start, until /healthz", starts)
    return [Figure.ratio("P10", "second start", ours, Series(IMPORTS, imports), 2.0), await _report(phones)]


def _started(server: Server) -> float:
    """Milliseconds until `/healthz` answers, asked all the time."""
    server.folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(ROOT / "app.py"), "--host", "127.0.0.1", "--port", str(server.port)]
    compiled = {name: value for name, value in server.environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with machine.servers_core():
        began = time.perf_counter()
        process = subprocess.Popen(command, env=compiled, stdout=subprocess.DEVNULL)
    while not server.healthy():
        time.sleep(ASKED_EVERY)
    took = (time.perf_counter() - began) * 1e3
    process.terminate()
    process.wait()
    return took


def _imported() -> float:
    with machine.servers_core():
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return (time.perf_counter() - began) * 1e3


async def _report(phones: int) -> Figure:
    """Everything that a facilitator takes home, after a session in which everybody answered some questions."""
    with rooms.room() as room:
        seats = await room.seats(phones)
        for question in range(1, QUESTIONS + 1):
            step = await room.asks(question)
            await storm.storm(room.server.port, room.pid, storm.answers(room, seats, step), 0.0)
        await room.press("close", now="1")
        await room.press("end")
        began = time.perf_counter()
        for part in ("", "/summary", "/export.json", "/export.csv"):
            answer = room.lead.browser.get(f"/sessions/{room.lead.live}{part}")
            assert answer.status == 200, (part, answer.status)
        took = Series("page, summary, JSON, CSV", [time.perf_counter() - began], "s")
    return Figure("P10", "report of a whole session", took.middle, 3.0, "s", (took,))
