"""A real server that is started in a moment, dies at a named point, or lacks one of its protections."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cache

from tests.serving import ROOT, Process, Server

DIES_WITHIN = 20.0


class NotDead(Exception):
    """It never came to that point."""


@dataclass
class Forked:
    """A process that somebody else has started."""

    pid: int

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def wait(self, timeout: float | None = None) -> int:
        until = time.monotonic() + (timeout or DIES_WITHIN)
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or DIES_WITHIN)
            time.sleep(0.005)
        return -1

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)


@cache
def _mother() -> subprocess.Popen[str]:
    """It ends with whoever runs the tests: its standard input is closed then."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "tests.faults.doomed"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@dataclass
class Doomed(Server):
    """`broken`: modules whose `install` takes a protection out."""

    broken: list[str] = field(default_factory=list)

    def dies_at(self, point: str, times: int = 1) -> None:
        """From now on, or from its next start."""
        (self.folder / "died-at").unlink(missing_ok=True)
        (self.folder / "die-at").write_text(f"{point} {times}")

    def is_dead(self) -> None:
        """Until it is; raises `NotDead`."""
        assert self.process is not None
        try:
            self.process.wait(DIES_WITHIN)
        except subprocess.TimeoutExpired:
            raise NotDead((self.folder / "die-at").read_text()) from None
        finally:
            (self.folder / "die-at").unlink(missing_ok=True)
        self.process = None

    def _spawn(self, options: list[str]) -> Process:
        order = {
            "argv": options,
            "env": self.environment,
            "folder": str(self.folder),
            "log": str(self.log),
            "broken": self.broken,
        }
        mother = _mother()
        assert mother.stdin is not None
        assert mother.stdout is not None
        mother.stdin.write(json.dumps(order) + "\n")
        mother.stdin.flush()
        return Forked(int(mother.stdout.readline()))
