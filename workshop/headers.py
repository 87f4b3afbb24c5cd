"""The headers of every answer: pages, fragments, refusals, errors and the socket's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

HASHED = re.compile(r"/static/[0-9a-f]{8,64}/")
"""A static file whose address names its content."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send `Origin: null` on plain form posts
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), "
        "xr-spatial-tracking=(), fullscreen=(self), screen-wake-lock=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
HTTPS_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
FOREVER = "public, max-age=31536000, immutable"


def dressed(path: str, start_response: Callable[..., Any], *, https: bool) -> Callable[..., Any]:
    """`start_response` that adds what an answer to `path` lacks; what a view has set itself stays."""
    hashed = bool(HASHED.match(path))

    def respond(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        given = [*headers]
        if hashed and status[:3] in ("200", "206", "304"):
            given = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            given.append(("Cache-Control", FOREVER))
        full = [*given, *missing(given, https=https)]
        return start_response(status, full, exc_info) if exc_info else start_response(status, full)

    return respond


def missing(given: list[tuple[str, str]], *, https: bool = False) -> list[tuple[str, str]]:
    """The headers that an answer with those given still needs."""
    wanted = HEADERS | HTTPS_HEADERS if https else HEADERS
    present = {name.lower() for name, _ in given}
    return [(name, value) for name, value in wanted.items() if name.lower() not in present]
