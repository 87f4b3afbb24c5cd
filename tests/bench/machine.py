"""This machine as a measuring place: a core for the server, another for the crowd; processor time, memory, disk."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import psutil


def settle() -> str:
    """Make this process a crowd's: its core, as many connections as allowed. Says what this machine is."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    pinned = _pin(-1)
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{'server and crowd on a core each' if pinned else 'NOT PINNED: one core, or no way to choose'}, {load}"


@contextlib.contextmanager
def servers_core() -> Iterator[None]:
    """What is started inside, threads and all, stays on the server's core."""
    _pin(0)
    try:
        yield
    finally:
        _pin(-1)


@contextlib.contextmanager
def calm() -> Iterator[None]:
    """No garbage collection while something is timed."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def processor(pid: int) -> float:
    """Seconds of processor that a process has used; to the nanosecond where the system counts so."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except OSError:
        used = psutil.Process(pid).cpu_times()
        return used.user + used.system


def memory(pid: int) -> int:
    """Resident bytes of a process."""
    return int(psutil.Process(pid).memory_info().rss)


def sync_seconds(folder: Path, times: int = 60) -> list[float]:
    """How long this disk takes to keep four kilobytes."""
    taken = []
    with (folder / "sync").open("wb") as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"\0" * 4096)
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    (folder / "sync").unlink()
    return taken


def _pin(which: int) -> bool:
    """Run on the first or the last of the cores we may use; False where that means nothing."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    if not _cores:
        _cores.extend(sorted(os.sched_getaffinity(0)))
    os.sched_setaffinity(0, {_cores[which]})
    return len(_cores) > 1


_cores: list[int] = []
