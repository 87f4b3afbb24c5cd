"""Phones of the tiny server: one by websocket that is in already, and one that can only poll."""

from __future__ import annotations

import contextlib
import http.client
import json

from tests.raw_socket import Closed, RawSocket
from tests.tiny_server import Server

ANA = {"live": 1, "seat": "ana"}


def phone(server: Server, **auth: object) -> RawSocket:
    """A phone that is in and has its stage."""
    socket = RawSocket(server.url)
    assert socket.join("/phone", ANA | auth).startswith("40/phone,")
    assert socket.event()[0] == "swap"
    return socket


def closes(socket: RawSocket, timeout: float = 5.0) -> int | None:
    """Until the server closes; the code it gives."""
    try:
        while True:
            socket.receive(timeout)
    except Closed as closed:
        return closed.code


class Polling:
    """A phone without websockets."""

    def __init__(self, server: Server) -> None:
        self.server, self.sid = server, ""
        self.sid = json.loads(self.get()[1:])["sid"]

    def get(self) -> str:
        return self.ask("GET")[1]

    def ask(self, method: str, body: bytes | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.server.host, timeout=5)
        path = (
            f"/socket.io/?EIO=4&transport=polling&sid={self.sid}" if self.sid else "/socket.io/?EIO=4&transport=polling"
        )
        connection.request(method, path, body, {"Origin": self.server.url})
        answer = connection.getresponse()
        with contextlib.closing(connection):
            return answer.status, answer.read().decode()
