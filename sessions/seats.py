"""Seats: one phone's right to answer in one live session; taken, recognised, turned into pseudonyms, stored nowhere."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass

from sessions.snapshot import Snapshot
from sessions.vault import Key

HANDLE, SECRET, MAC = 16, 16, 8


@dataclass(frozen=True)
class Token:
    """What a phone's cookie says: the handle of a session, the phone's secret, and the server's mark on it."""

    handle: bytes
    secret: bytes
    mac: bytes

    def __repr__(self) -> str:
        return "<token>"

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.handle + self.secret + self.mac).decode().rstrip("=")


@dataclass(frozen=True)
class Seat:
    """A phone that was recognised. `name`: 16 bytes for it in memory. `fresh`: its cookie is still to be set."""

    live: Snapshot
    token: Token
    key: Key
    name: bytes
    fresh: bool = False

    def pseudonym(self, step: str, round: int, phase: int) -> bytes:
        """The seat's name beside its answer to one question, and nowhere else; 16 bytes."""
        return self.key.hmac("step", step.encode(), b"%d" % round, b"%d" % phase, self.token.secret)[:16]


def take(handle: bytes, key: Key) -> Token:
    """A new seat in the session of `handle`."""
    secret = secrets.token_bytes(SECRET)
    return Token(handle, secret, _mac(key, secret))


def parse(cookie: str) -> Token | None:
    """The token in a cookie, or None for anything else; says nothing of whether it is ours."""
    try:
        raw = base64.b64decode(cookie + "=" * (-len(cookie) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != HANDLE + SECRET + MAC:
        return None
    return Token(raw[:HANDLE], raw[HANDLE : HANDLE + SECRET], raw[-MAC:])


def ours(token: Token, key: Key) -> bool:
    """True when this server issued the token under this key."""
    return hmac.compare_digest(token.mac, _mac(key, token.secret))


def seated(live: Snapshot, token: Token, key: Key, *, fresh: bool = False) -> Seat:
    return Seat(live, token, key, key.hmac("seat", token.secret)[:16], fresh)


def _mac(key: Key, secret: bytes) -> bytes:
    return key.hmac("join", secret)[:MAC]
