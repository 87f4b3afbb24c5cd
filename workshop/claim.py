"""One server to a data folder: a second one would think that the first has crashed, and tidy up beneath it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from workshop.config import Unfit

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_claimed: list[IO[bytes]] = []


def take(data: Path) -> None:
    """Claim the folder for as long as this process lives; raises `Unfit` when another server has it."""
    file = (data / "server.lock").open("a+b")
    try:
        _lock(file)
    except OSError:
        file.close()
        raise Unfit(
            f"Attune is running already on {data}. Stop it first, or set ATTUNE_DATA to another folder."
        ) from None
    _claimed.append(file)


def _lock(file: IO[bytes]) -> None:
    """The system lets go of it with the process, however that ends."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
