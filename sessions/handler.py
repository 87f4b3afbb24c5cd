"""One HTTP connection under gevent: deadlines for slow senders, the step up to a websocket, and no word to any log."""

from __future__ import annotations

import time
from email.errors import MultipartInvariantViolationDefect, StartBoundaryNotFoundDefect
from typing import Any

import gevent
from gevent.pywsgi import Input, WSGIHandler

from sessions.driver import UPGRADE
from workshop.headers import missing
from workshop.trouble import note

IDLE_SECONDS, HEAD_SECONDS, BODY_SECONDS = 15, 10, 20
"""Between two requests of a kept connection (its memory is worth a phone's); for a request's head; for its body."""
BODY_TO_COME = (StartBoundaryNotFoundDefect, MultipartInvariantViolationDefect)
"""What the standard library says of the head of every form with a file: it looks for the body, which comes later."""
SLOW_DOWN_SECONDS = 0.5
"""A 429 is told after so long: whoever floods gets no further ahead than its few connections let it."""
DISCARD_BYTES = 4 << 20
"""Of a body that was refused, so much is still read: a browser that is cut off while it sends shows no answer."""


class Body(Input):  # type: ignore[misc]
    """A request's body. All of it comes within `BODY_SECONDS` of the first read, or `TimeoutError`."""

    __slots__ = ("_until",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._until = 0.0

    def read(self, length: int | None = None) -> bytes:
        now = time.monotonic()
        self._until = self._until or now + BODY_SECONDS
        with gevent.Timeout(max(0.001, self._until - now), TimeoutError("the body came too slowly")):
            return bytes(super().read(length))

    def _discard(self) -> None:
        if not self.chunked_input and (self.content_length or 0) - self.position <= DISCARD_BYTES:
            super()._discard()


class Handler(WSGIHandler):  # type: ignore[misc]
    """pywsgi's own, quieter and less patient."""

    wsgi_input: Any

    def read_requestline(self) -> str:
        with gevent.Timeout(IDLE_SECONDS, TimeoutError()):
            return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> bool:
        with gevent.Timeout(HEAD_SECONDS, TimeoutError()):
            read = bool(super().read_request(raw_requestline))
        unclear = [defect for defect in self.headers.defects if not isinstance(defect, BODY_TO_COME)]
        if unclear or len(self.headers.get_all("content-length", [])) > 1:
            raise ValueError("not a head that everybody would read alike")
        return read

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        given: Any = self.wsgi_input
        body = Body(given.rfile, given.content_length, socket=given.socket, chunked_input=given.chunked_input)
        self.wsgi_input = environ["wsgi.input"] = body
        environ["wsgi.input_terminated"] = True
        environ[UPGRADE] = self._upgrade
        return environ

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        if status.startswith("429"):
            gevent.sleep(SLOW_DOWN_SECONDS)
        return super().start_response(status, headers, exc_info)

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.wsgi_input.chunked_input or self.wsgi_input.position < (self.content_length or 0):
            self.close_connection = True  # the rest of that body would be read as the next request

    def _upgrade(self, accept: str) -> Any:
        """Answer 101 and give the socket away; when the application returns, the connection is over."""
        head = "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"
        self.socket.sendall("\r\n".join((*head, f"Sec-WebSocket-Accept: {accept}", "", "")).encode())
        self.status, self.code = b"101 Switching Protocols", 101
        self.headers_sent = self.close_connection = True
        self.rfile.close()  # 8 kB of buffer for each phone that will not ask anything by HTTP again
        return self.socket

    def handle_error(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if not issubclass(kind, gevent.GreenletExit | TimeoutError | ConnectionError):
            note(error)
        if self.code != 101:
            self._send_error_response_if_possible(500)
        self.close_connection = True

    def handle_one_request(self) -> Any:
        """pywsgi answers a request that it cannot read with bytes of its own; ours carry our headers."""
        result = super().handle_one_request()
        return (result[0], _plain(result[0])) if isinstance(result, tuple) else result

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        return ("408" if isinstance(error, TimeoutError) else "400"), b""

    def log_error(self, msg: str, *args: Any) -> None:
        """pywsgi would write addresses and what was sent."""

    def log_request(self) -> None:
        """There is no access log."""


def _plain(status: str) -> bytes:
    reason = {"408": "Request Timeout", "414": "URI Too Long"}.get(status, "Bad Request")
    headers = [("Connection", "close"), ("Content-Length", "0"), *missing([])]
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode()
