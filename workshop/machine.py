"""What this machine is like, as far as the safety and the size of a room depend on it."""

from __future__ import annotations

import http.client
import socket
import stat
import sys
from contextlib import closing
from pathlib import Path

if sys.platform != "win32":
    import resource


def open_files() -> int | None:
    """How many files and sockets one process may have open at most; None where there is no such limit."""
    if sys.platform == "win32":
        return None
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return None if hard == resource.RLIM_INFINITY else hard


def open_to_others(path: Path) -> bool:
    """Whether other users of this machine may look into it."""
    return sys.platform != "win32" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def filesystem(folder: Path, table: Path = Path("/proc/self/mounts")) -> str | None:
    """The kind of file system that `folder` is on, where the system tells."""
    if not table.exists():
        return None
    mounts = [line.split(" ")[1:3] for line in table.read_text(encoding="utf-8", errors="replace").splitlines()]
    above = [(len(Path(place).parts), kind) for place, kind in mounts if folder.resolve().is_relative_to(place)]
    return max(above, key=lambda mount: mount[0])[1] if above else None


def swaps(table: Path = Path("/proc/swaps")) -> bool:
    """Whether memory may be written to a disk."""
    return table.exists() and len(table.read_text(encoding="utf-8").splitlines()) > 1


def taken(host: str, port: int) -> str | None:
    """Why a server cannot listen there, in the words of the system; None when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if sys.platform != "win32":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        try:
            trial.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def serves_attune(port: int) -> bool:
    """Whether what has the port answers as our own server does."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status == 200 and answer.read(8).strip() == b"ok"
        except (OSError, http.client.HTTPException):
            return False
