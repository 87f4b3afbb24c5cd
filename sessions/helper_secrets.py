"""The secrets of helpers: one in a link until it is used, another in a cookie from then on. Only hashes are kept."""

from __future__ import annotations

import hashlib
import re
import secrets

SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


def make() -> str:
    """A new one, of 128 bits."""
    return secrets.token_urlsafe(16)


def hashed(secret: str) -> bytes:
    """What is kept of it: nobody tries out 128 bits, so no salt and no work are needed."""
    return hashlib.sha256(secret.encode()).digest()
