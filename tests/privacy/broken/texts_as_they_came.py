"""Puts texts away in the order in which they were counted."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from itertools import count

from sessions import holding


def install(put: Callable[[object, str, object], None] = setattr) -> None:
    numbers = count()
    put(holding, "_shuffle", lambda waiting: None)
    put(secrets, "token_hex", lambda size: f"{next(numbers):0{2 * size}x}")
