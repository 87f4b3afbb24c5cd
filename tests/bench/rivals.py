"""Start what Attune is held against, each as a process of its own on the server's core."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from tests.bench import machine, wire
from tests.bench.lines import Line
from tests.bench.phones import Heard, Socket
from tests.serving import ROOT, free_port

HERE = Path(__file__).parent
STARTS_WITHIN = 20.0


class NoNode(Exception):
    """Node or its packages are not there."""


@dataclass(frozen=True)
class Rival:
    """One of them, running."""

    name: str
    port: int
    pid: int

    async def holds(self, many: int, heard: Heard, at_once: int = 64) -> list[Socket]:
        """So many phones connected to it."""
        gate = asyncio.Semaphore(at_once)

        async def one() -> Socket:
            async with gate:
                return await Socket.open(self.port, "", heard)

        return list(await asyncio.gather(*(one() for _ in range(many))))

    async def send(self, body: bytes) -> None:
        """Have it send this to all its phones."""
        line = await Line.to(self.port)
        reply = await line.ask(wire.post(f"127.0.0.1:{self.port}", "/send", body, kind="application/json"))
        line.close()
        assert reply.status == 200, reply


@contextlib.contextmanager
def running(name: str) -> Iterator[Rival]:
    """`node`, or one of the modules in `servers`."""
    port = free_port()
    command, env = _command(name)
    with machine.servers_core():
        process = subprocess.Popen(
            [*command, str(port)], cwd=ROOT, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    try:
        _wait(name, port, process)
        yield Rival(name, port, process.pid)
    finally:
        process.kill()
        process.wait()


def _command(name: str) -> tuple[list[str], dict[str, str]]:
    if name == "node":
        return ["node", str(HERE / "node" / "server.cjs")], {"NODE_PATH": str(_packages()), "NODE_ENV": "production"}
    return [sys.executable, "-m", f"tests.bench.servers.{name}"], {}


def _packages() -> Path:
    """Where the packages that Node needs are; installed on first use, exactly as locked."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NoNode("Node and npm are needed to compare with socket.io.")
    lock = (HERE / "node" / "package-lock.json").read_bytes()
    folder = user_cache_path("attune-bench") / hashlib.sha256(lock).hexdigest()[:12]
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "node" / file, folder)
        done = subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=False)
        if done.returncode:
            raise NoNode(f"npm ci failed in {folder}.")
        (folder / "installed").touch()
    return folder / "node_modules"


def _wait(name: str, port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{name} did not start")
