"""The process behind `tests.faults.dying`: forks a server for each order, which dies at a named point when told to.

Everything is imported once, so that a server is up in a fraction of a second and can be killed many times.
"""

from __future__ import annotations

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

import importlib
import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import gevent
from gevent.monkey import get_original
from gevent.os import fork_gevent

import app
from sessions import checkpoints


def main() -> None:
    """An order a line: `argv`, `env`, `folder`, `log`, `broken`; the answer is the server's process id."""
    mother = os.getpid()
    on_signal = get_original("signal", "signal")
    on_signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not kept
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        child = fork_gevent()
        if child == 0:
            on_signal(signal.SIGCHLD, signal.SIG_DFL)
            gevent.spawn(_end_with, mother)
            _serve(order)
        print(child, flush=True)


def _end_with(mother: int) -> None:
    """No server outlives the tests, whatever became of the one that should have stopped it."""
    while os.getppid() == mother:
        gevent.sleep(1)
    os._exit(0)


def _serve(order: dict[str, Any]) -> None:
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["env"])
    checkpoints.listen(Death(Path(order["folder"]) / "die-at"))
    for name in order["broken"]:
        importlib.import_module(name).install()
    try:
        app.main(order["argv"], standalone_mode=False)
    except SystemExit as left:
        os._exit(int(left.code or 0))
    os._exit(0)


class Death:
    """Comes the n-th time that a point is reached; both stand in a file, as long as it is there: `counted 1`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: Counter[str] = Counter()

    def __call__(self, name: str) -> None:
        if not self._file.exists():
            return
        wanted, times = self._file.read_text().split()
        self._seen[name] += 1
        if name == wanted and self._seen[name] >= int(times):
            self._file.rename(self._file.with_name("died-at"))
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
