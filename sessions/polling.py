"""The socket's other transport, plain requests: what comes up passes the same gate as on a websocket."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from sessions import packets

SEPARATOR = "\x1e"
BACKLOG = 64
"""Packets that may wait for a phone that stopped polling; regions wait in one place each, so a phone has a few."""


class Gate:
    """Stands where Flask-SocketIO's middleware expects the Socket.IO server."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def handle_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            return self._receive(environ, start_response)
        return self._pass(environ, start_response)

    def _receive(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        sid = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])[0]
        peer = self._server.eio.sockets.get(sid)
        try:
            body = _admitted(environ["wsgi.input"].read(packets.LONGEST + 1))
        except ValueError:
            body = None
        if peer is None or body is None or peer.queue.qsize() > BACKLOG:
            return _refuse(peer, start_response)
        if not body:
            start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"ok"]
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return self._pass(environ, start_response)

    def _pass(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._server.handle_request(environ, start_response)
        return answer


def _admitted(body: bytes) -> bytes:
    """The packets of `body` that may come up; raises `ValueError`."""
    if not body or len(body) > packets.LONGEST:
        raise packets.Malformed
    messages = body.decode().split(SEPARATOR)
    return SEPARATOR.join([message for message in messages if packets.admit(message)]).encode()


def _refuse(peer: Any, start_response: Callable[..., Any]) -> list[bytes]:
    if peer is not None:
        peer.close(wait=False, abort=True)
    start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"This is not a message that Attune reads.\n"]
