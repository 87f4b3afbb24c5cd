"""A server that gives up silent sockets after two seconds and not after twenty-five, so that tests need not wait."""

from __future__ import annotations

from sessions import realtime

SECONDS = 1
"""Between two pings, and for the answer to one."""


def install() -> None:
    realtime.INTERVAL = realtime.TIMEOUT = SECONDS
    realtime.socketio.server_options |= {"ping_interval": SECONDS, "ping_timeout": SECONDS}  # type: ignore[attr-defined]
