"""Passwords: hashed and checked by argon2, two at a time, on threads of their own so that no phone waits for one."""

from __future__ import annotations

import base64
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.lock import BoundedSemaphore
from gevent.threadpool import ThreadPool

SHORTEST = 8
"""Characters; anything shorter is guessed from lists in minutes."""
LONGEST = 1024
"""Bytes; a longer one is an attempt to keep argon2 busy."""
AT_ONCE = 2
"""argon2 takes 64 MiB and a core each time."""
PATIENCE = 10.0
"""Seconds to wait for one of the two places."""


class Busy(Exception):
    """Too many passwords are being checked: the server looks after its rooms first."""


class Passwords:
    """Hashes and checks. Without a stored hash a check takes the same time and fails."""

    def __init__(self) -> None:
        self._argon2 = PasswordHasher()
        self._places = BoundedSemaphore(AT_ONCE)
        self._pool: ThreadPool | None = None
        self.decoy = _decoy(self._argon2)

    def hash(self, password: str) -> str:
        hashed: str = self._threads().apply(self._argon2.hash, (_same(password),))
        return hashed

    def check(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one behind `stored`; raises `Busy` when nobody gets round to it."""
        if not self._places.acquire(timeout=PATIENCE):
            raise Busy
        try:
            right: bool = self._threads().apply(self._verify, (stored or self.decoy, _same(password)))
        finally:
            self._places.release()
        return right and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether argon2's defaults have become stronger since `stored` was made."""
        return self._argon2.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:  # an error that leaves a gevent thread is printed, with its words
            return self._argon2.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def _threads(self) -> ThreadPool:
        # Not the hub's own pool: it also resolves names and reads files, and argon2 would fill it.
        if self._pool is None:
            self._pool = ThreadPool(AT_ONCE)
        return self._pool


def _same(password: str) -> str:
    """Two keyboards may send one letter in two ways; NFKC makes them one."""
    return unicodedata.normalize("NFKC", password)


def _decoy(argon2: PasswordHasher) -> str:
    """A well-formed hash that no password has, as costly to check as a real one whatever the defaults become."""
    cost = f"m={argon2.memory_cost},t={argon2.time_cost},p={argon2.parallelism}"
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (argon2.salt_len, argon2.hash_len)
    )
    return f"$argon2id$v=19${cost}${salt}${digest}"


passwords = Passwords()
