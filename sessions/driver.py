"""From an HTTP request to a websocket: what stands in engineio's driver slot."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sessions.wire import Wire

UPGRADE = "attune.upgrade"
"""Where the server's handler puts the function that answers 101 and gives the socket away."""
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Driver:
    """What engineio calls to turn a request into a websocket: `Driver(handler, server)(environ, start_response)`."""

    def __init__(self, handler: Callable[[Wire], list[bytes]], _server: Any) -> None:
        self._handler = handler
        self._peer = handler.__self__  # type: ignore[attr-defined]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = accept(environ)
        if answer is None or UPGRADE not in environ:
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")])
            return [b"This is not a WebSocket handshake.\n"]
        wire = Wire(environ[UPGRADE](answer), self._peer.queue, self._peer.schedule_ping)
        self._peer.wire, self._peer.poll = wire, partial(_taken, self._peer.queue)
        try:
            return self._handler(wire)
        except OSError:  # it went away between two steps of changing its transport: it goes on by polling
            self._peer.upgrading = False
            return []


def _taken(queue: Any) -> list[Any]:
    """What waits for a phone's writer, or nothing at the end. engineio's own gives up on a phone that it did not have
    to write to for a while, which is usual here: most of what goes down never waits."""
    found = [queue.get()]
    while found[-1] is not None and queue.qsize():
        found.append(queue.get())
    if found[-1] is None:
        found.pop()
        if found:
            queue.put(None)  # for the next time
    return found


def accept(environ: dict[str, Any]) -> str | None:
    """The answer to a handshake's key, or None if it is not one."""
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    try:
        if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13" or len(base64.b64decode(key, validate=True)) != 16:
            return None
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()  # noqa: S324 - the protocol's own
