"""The link between a phone and the server, which can be cut, swallow and be mended: a proxy in threads of its own."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

Pair = tuple[socket.socket, socket.socket]


class Link:
    """Carries bytes from a port of its own to `target`. While it is cut, nobody gets through and nothing is kept."""

    def __init__(self, port: int, target: int) -> None:
        self.port = port
        self._target = target
        self._pairs: set[Pair] = set()
        self._deaf: set[Pair] = set()
        self._lock = threading.Lock()
        self._whole = True
        self._server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection at once, without a word."""
        with self._lock:
            self._whole = False
            pairs, self._pairs = self._pairs, set()
        for pair in pairs:
            _hang_up(pair)

    def swallow(self) -> None:
        """What comes by any connection that there is: neither end is told, and new ones are whole."""
        with self._lock:
            self._deaf |= self._pairs

    def mend(self) -> None:
        with self._lock:
            self._whole = True

    def close(self) -> None:
        self.cut()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        with self._lock:
            if not self._whole:
                return near.close()
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            return near.close()
        far.settimeout(None)
        pair = (near, far)
        with self._lock:
            self._pairs.add(pair)
        for ends in (pair, pair[::-1]):
            threading.Thread(target=self._carry, args=(*ends, pair), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, pair: Pair) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if pair not in self._deaf:
                    sink.sendall(data)
        with self._lock:
            self._pairs.discard(pair)
            self._deaf.discard(pair)
        _hang_up(pair)


def _hang_up(pair: Pair) -> None:
    for end in pair:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
