"""A real server, started as everybody starts it: a process of its own, by the public command, on its own data."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN, ENDS_WITHIN = 30.0, 5.0


class NotServing(Exception):
    """It did not start, or did not end; with the last that it said."""


class Process(Protocol):
    """What is needed of a process; `subprocess.Popen` has it."""

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def send_signal(self, sig: int) -> None: ...


def free_port() -> int:
    """A port that nobody listens on, below those that systems hand out: one of theirs may be gone before it is used."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Server:
    """One server, its folders under `folder`; it can be killed and started again on the same data and port."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: Process | None = None
    began: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def runtime(self) -> Path:
        return self.folder / "runtime"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """What a command on the same data needs too."""
        ours = {"ATTUNE_DATA": str(self.data), "ATTUNE_RUNTIME": str(self.runtime), "PYTHONUNBUFFERED": "1"}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("ATTUNE_") and not k.endswith("_URL")}
        return clean | ours | self.env

    def start(self) -> Server:
        """Until it can serve; raises `NotServing`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        options = ["--host", "127.0.0.1", "--port", str(self.port), *self.options]
        self.began = len(self.said())
        self.process = self._spawn(options)
        until = time.monotonic() + STARTS_WITHIN
        while not (self.printed("Phones") and self.healthy()):
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise NotServing(self.said()[-3000:])
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """As an operator does; raises `NotServing` when it takes longer than is promised."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            raise NotServing(f"It was still there {ENDS_WITHIN} s after SIGTERM.\n{self.said()[-3000:]}") from None
        self.process = None

    def kill(self) -> None:
        """As a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def freeze(self) -> None:
        self._signal("SIGSTOP")

    def thaw(self) -> None:
        self._signal("SIGCONT")

    def run(self, *command: str, said: str = "") -> subprocess.CompletedProcess[str]:
        """Another command of Attune on the same data, with `said` on its standard input."""
        words = [sys.executable, str(ROOT / "app.py"), *command]
        place = {"cwd": self.folder, "env": self.environment}
        return subprocess.run(words, **place, input=said, capture_output=True, text=True, timeout=60, check=False)

    def healthy(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection:
            try:
                connection.request("GET", "/healthz")
                answer = connection.getresponse()
                return answer.status == 200 and answer.read() == b"ok"
            except (OSError, http.client.HTTPException):
                return False

    def said(self) -> str:
        """All that it has printed and logged."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def printed(self, label: str) -> str | None:
        """What stands after `label: ` since it was started last, such as the address for phones."""
        start = f"{label}: "
        lines = self.said()[self.began :].splitlines()
        return next((line.removeprefix(start) for line in lines if line.startswith(start)), None)

    def _spawn(self, options: list[str]) -> Process:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, str(ROOT / "app.py"), *options],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _signal(self, name: str) -> None:
        assert self.process is not None
        self.process.send_signal(getattr(signal, name))
