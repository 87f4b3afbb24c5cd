"""The outermost guard, over Flask and the socket alike: which requests may come in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop.config import Settings
from workshop.headers import dressed
from workshop.network import Network

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

BODY_BYTES = 64 * 1024
IMPORT_BYTES = 2 * 1024 * 1024
URL_BYTES = 8 * 1024
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
SOCKET = "/socket.io/"
IMPORTS = re.compile(r"/workshops/import/?")
"""The one door for files."""


class Refusal(Exception):
    """A request that goes no further: the status, and a sentence that says why without repeating any of it."""

    def __init__(self, status: str, sentence: str) -> None:
        super().__init__(status)
        self.status, self.sentence = status, sentence


class Guard:
    """A WSGI application around another."""

    def __init__(self, application: Application, settings: Settings, network: Network | None = None) -> None:
        self._application = application
        self._public = urlsplit(settings.public_url or "")
        self._ports = {None, settings.port}
        self._proxied = settings.trusted_proxies > 0
        self._network = network or Network()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        respond = dressed(environ.get("PATH_INFO", ""), start_response, https=self._https(environ))
        try:
            self._check(environ)
        except Refusal as refusal:
            return _refuse(environ, respond, refusal)
        return self._application(environ, respond)

    def _check(self, environ: Environ) -> None:
        if not self._proxied:
            for name in [name for name in environ if name.startswith("HTTP_X_FORWARDED") or name == "HTTP_FORWARDED"]:
                del environ[name]
        if environ["REQUEST_METHOD"] not in METHODS:
            raise Refusal("405 Method Not Allowed", "This method is not used here.")
        _check_address(environ)
        self._check_host(environ)
        self._check_origin(environ)
        _read_body(environ)

    def _check_host(self, environ: Environ) -> None:
        host = environ.get("HTTP_HOST", "").lower()
        name, port = _parted(host)
        ports = self._ports | {_whole(environ.get("SERVER_PORT", ""))}
        ours = name in self._network.hosts() and port in ports
        if not (ours or (host and host == self._public.netloc)):
            raise Refusal("400 Bad Request", "This address is not one of this server's. Use the address on the screen.")

    def _check_origin(self, environ: Environ) -> None:
        """Whoever changes something, or opens a socket, comes from a page of ours: no token can be forgotten."""
        upgrade, origin = "HTTP_UPGRADE" in environ, environ.get("HTTP_ORIGIN")
        socket = environ["PATH_INFO"].startswith(SOCKET)
        if upgrade and not socket:
            raise Refusal("400 Bad Request", "There is no socket at this address.")
        if socket and "j" in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True):
            raise Refusal("400 Bad Request", "JSONP is not used here.")
        needed = upgrade or environ["REQUEST_METHOD"] == "POST"
        if (needed or (socket and origin is not None)) and origin != self._own_origin(environ):
            raise Refusal("400 Bad Request", "This request did not come from a page of this server.")
        if needed and not upgrade and environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            raise Refusal("400 Bad Request", "This request did not come from a page of this server.")

    def _own_origin(self, environ: Environ) -> str:
        host = environ.get("HTTP_HOST", "").lower()
        scheme = "https" if self._https(environ) else environ["wsgi.url_scheme"]
        return f"{scheme}://{host}"

    def _https(self, environ: Environ) -> bool:
        if environ["wsgi.url_scheme"] == "https":
            return True
        return self._public.scheme == "https" and environ.get("HTTP_HOST", "").lower() == self._public.netloc


def install(app: Flask, settings: Settings, network: Network | None = None) -> None:
    """Put the guard around everything that `app` answers; after the socket has been attached."""
    app.config["MAX_CONTENT_LENGTH"] = IMPORT_BYTES
    guarded: Any = Guard(app.wsgi_app, settings, network)
    hops = settings.trusted_proxies
    app.wsgi_app = ProxyFix(guarded, x_for=hops, x_proto=hops, x_host=hops) if hops else guarded  # type: ignore[method-assign]


def _check_address(environ: Environ) -> None:
    path = environ.get("PATH_INFO", "")
    if len(path) + len(environ.get("QUERY_STRING", "")) > URL_BYTES:
        raise Refusal("414 URI Too Long", "This address is too long.")
    try:
        readable = "\0" not in path.encode("latin-1").decode()
    except UnicodeError:
        readable = False
    if not readable:
        raise Refusal("404 Not Found", "There is nothing at this address.")


def _read_body(environ: Environ) -> None:
    """Take the whole body before anybody is kept waiting for it, and only as much as its door allows."""
    length = _whole(environ.get("CONTENT_LENGTH") or "0")
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise Refusal("411 Length Required", "Say how long the content is.")
    if length is None:
        raise Refusal("400 Bad Request", "This length is not a number.")
    if length > (IMPORT_BYTES if IMPORTS.fullmatch(environ["PATH_INFO"]) else BODY_BYTES):
        raise Refusal("413 Content Too Large", "This is more than this server takes.")
    try:
        body = environ["wsgi.input"].read(length) if length else b""
    except OSError:
        raise Refusal("408 Request Timeout", "The content did not come in time.") from None
    environ["wsgi.input"] = io.BytesIO(body)


def _refuse(environ: Environ, respond: Callable[..., Any], refusal: Refusal) -> list[bytes]:
    body = f"{refusal.sentence}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    headers.append(("Connection", "close"))  # its body has not been read
    if refusal.status.startswith("405"):
        headers.append(("Allow", ", ".join(METHODS)))
    respond(refusal.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _parted(host: str) -> tuple[str, int | None]:
    """Name and port of a Host header; port -1 when it is not a number."""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host, None
    number = _whole(port)
    return name, -1 if number is None else number


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
