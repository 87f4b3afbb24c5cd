"""What a log says of an error: its class, where it was raised, and an id. Never its words: they may hold an answer."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path

log = logging.getLogger("attune")


def note(error: BaseException) -> str:
    """Log `error` and return the id that its page shows."""
    name = secrets.token_hex(4)
    log.error("%s at %s, id %s", type(error).__name__, _place(error), name)
    return name


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    return f"{Path(frames[0].filename).name}:{frames[0].lineno}" if frames else "an unknown place"
