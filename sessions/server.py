"""Runs the application: one gevent process, one listening socket, a clean end within five seconds."""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any

import gevent
from flask import Flask
from gevent import socket as green
from gevent.pywsgi import WSGIServer

from sessions import realtime
from sessions.handler import Handler
from workshop.trouble import note

if sys.platform != "win32":
    import resource

BACKLOG = 4096
"""A whole room taps at once when the QR code appears."""
STOP_SECONDS = 3.0


class PortTaken(Exception):
    """Somebody else listens there."""


class Nowhere:
    """Where `wsgi.errors` goes: a library that writes there writes values. Errors are noted by class and id."""

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: Any) -> None:
        """As `write`."""

    def flush(self) -> None:
        """There is nothing to flush."""


def serve(
    app: Flask,
    listener: Any,
    ready: Callable[[int], None] | None = None,
    beside: Sequence[Callable[[], None]] = (),
) -> None:
    """Serve what comes to `listener` until SIGTERM or Ctrl-C.

    `ready` is told the port once requests are taken; `beside` runs along, in order.
    """
    server = WSGIServer(listener, app, handler_class=Handler, log=None, error_log=Nowhere())
    server.start()
    for task in beside:
        gevent.spawn(task)
    _settle()
    stopped = gevent.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stopped.set)
    if ready:
        ready(listener.getsockname()[1])
    stopped.wait()
    server.close()
    realtime.close_all()
    server.stop(timeout=STOP_SECONDS)


def listen(host: str, port: int) -> Any:
    """A listening socket; raises `PortTaken` with a sentence."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, proto, _, address = found[0]
    listener = green.socket(family, kind, proto)
    if sys.platform != "win32":  # there, the same option would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # 30 ms of each answer, otherwise
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Attune cannot listen on {host}, port {port} ({error.strerror}). "
            f"Is it running already? Another port: --port {port + 1}"
        ) from error
    listener.listen(BACKLOG)
    return listener


def _settle() -> None:
    """What a process that serves for hours wants and one that runs tests does not."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold keys
    gc.collect()
    gc.freeze()  # what was loaded at start never becomes garbage
    gc.enable()
    gc.set_threshold(50_000, 20, 100)
    gevent.get_hub().print_exception = lambda _context, _kind, error, _trace: error and note(error)
