"""A server for tests of the socket and the guard: the real edge around a small application, in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.serving import free_port

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    """`url` of a running server; `log` holds all that it has written."""

    url: str
    process: subprocess.Popen[bytes]
    _log: Path

    @property
    def log(self) -> str:
        return self._log.read_text()

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def call(self, path: str, **values: Any) -> Any:
        """POST to one of the tiny application's doors."""
        body = json.dumps(values).encode()
        headers = {"Origin": self.url, "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/{path}", body, headers), timeout=10) as answer:
            return json.load(answer)

    def memory(self) -> int:
        """Peak resident memory in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024

    def limits(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The system's limits of the process: soft and hard, by name."""
        for line in Path(f"/proc/{self.process.pid}/limits").read_text().splitlines()[1:]:
            soft, hard = line[26:].split()[:2]
            yield line[:26].strip(), (soft, hard)

    def wait(self, path: str, wanted: Any, seconds: float = 5.0) -> None:
        """Until a door answers what is wanted."""
        ends = time.monotonic() + seconds
        while (given := self.call(path)) != wanted:
            assert time.monotonic() < ends, f"{path}: {given}, not {wanted}"
            time.sleep(0.02)


@contextlib.contextmanager
def running(wait: bool = True, **environ: str) -> Iterator[Server]:
    """One server, with `environ` in its environment; `wait=False` for one that is not expected to start."""
    port = int(environ.get("TINY_PORT", "0")) or free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.tiny_application", str(port), folder],
                cwd=ROOT, env=os.environ | environ, stdout=out, stderr=out,
            )  # fmt: skip
        try:
            if wait:
                _reachable(port, process, log)
            yield Server(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            process.wait(10)


def _reachable(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError("the tiny server did not start")
