"""The server process: impatient with slow senders, silent about what it was sent, gone within five seconds."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.raw_socket import RawSocket
from tests.serving import ROOT
from tests.tiny_server import Server, running
from workshop.headers import HEADERS


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    with running(TINY_SECONDS="1") as server:
        yield server


@pytest.fixture
def server(shared: Server) -> Iterator[Server]:
    yield shared
    assert "Traceback" not in shared.log
    assert "secret" not in shared.log
    assert "127.0.0.1" not in shared.log


def connect(server: Server) -> socket.socket:
    name, port = server.host.split(":")
    connection = socket.create_connection((name, int(port)), 5)
    connection.settimeout(5)
    return connection


def exchange(server: Server, sent: str) -> str:
    """All that the server says to these bytes until it closes."""
    with connect(server) as connection:
        connection.sendall(sent.encode("latin-1"))
        said = b""
        with contextlib.suppress(ConnectionError):
            while more := connection.recv(65536):
                said += more
    return said.decode("latin-1")


def head(server: Server, *lines: str, start: str = "POST /echo HTTP/1.1") -> str:
    return "\r\n".join([start, f"Host: {server.host}", f"Origin: {server.url}", *lines, "", ""])


def test_a_kept_connection_is_ended_when_it_is_idle(server: Server) -> None:
    with connect(server) as connection:
        connection.sendall(head(server, start="GET / HTTP/1.1").encode())
        said = b""
        while not said.endswith(b"\r\n\r\nok"):
            said += connection.recv(65536)
        start = time.monotonic()
        assert connection.recv(65536) == b""
    assert 0.8 < time.monotonic() - start < 3


def test_a_connection_that_says_nothing_is_ended(server: Server) -> None:
    assert exchange(server, "") == ""


def test_a_head_that_comes_byte_by_byte_is_a_timeout(server: Server) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(40):
                connection.sendall(b"X")
                time.sleep(0.05)
        assert connection.recv(65536).startswith(b"HTTP/1.1 408")


def test_a_body_that_comes_byte_by_byte_is_a_timeout_and_others_are_served(server: Server) -> None:
    with connect(server) as connection:
        connection.sendall(head(server, "Content-Length: 1000").encode())
        with contextlib.suppress(ConnectionError):
            for _ in range(40):
                connection.sendall(b"x")
                assert server.call("echo", a=1)["length"] == 8
                time.sleep(0.05)
        assert connection.recv(65536).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Content-Length: -1"], 400),
        (["Content-Length: five"], 400),
        (["Content-Length: 5", "Content-Length: 6"], 400),
        (["Transfer-Encoding: chunked"], 411),
        (["Transfer-Encoding: chunked", "Content-Length: 5"], 411),
        (["Transfer-Encoding: gzip, chunked", "Content-Length: 5"], 411),
        (["Content-Length: 65537"], 413),
        (["Content-Length: 99999999999"], 413),
        (["Content-Length: 99999999999999999999999"], 400),
        (["Host: evil.example"], 400),
        ([f"X: {'x' * 70_000}"], 400),
        ([f"X-{number}: x" for number in range(200)], 400),
        (["no colon here"], 400),
    ],
)
def test_a_request_that_cannot_be_taken_is_refused_and_its_connection_ended(
    server: Server, lines: list[str], status: int
) -> None:
    said = exchange(server, head(server, *lines) + "0\r\n\r\nGET / HTTP/1.1\r\n\r\n")
    assert said.startswith(f"HTTP/1.1 {status}")
    assert said.count("HTTP/1.1") == 1, "what was left of it was taken for another request"
    for name, value in HEADERS.items():
        assert said.count(f"\r\n{name}: {value}\r\n") == 1


@pytest.mark.parametrize(
    "start", [f"GET /{'a' * 9000} HTTP/1.1", "GET / HTTP/9.9", "nonsense", "GET /a b HTTP/1.1", "\x16\x03\x01"]
)
def test_a_request_line_that_is_none_is_refused_with_our_headers(server: Server, start: str) -> None:
    said = exchange(server, head(server, start=start))
    assert said[:12] in ("HTTP/1.1 400", "HTTP/1.1 414")
    assert "Content-Security-Policy: default-src 'none';" in said
    assert "\r\nServer:" not in said


def test_a_forced_error_says_nothing_and_logs_its_class(server: Server) -> None:
    connection = http.client.HTTPConnection(server.host, timeout=5)
    connection.request("GET", "/broken?code=48172093", headers={"Cookie": "w=secret"})
    answer = connection.getresponse()
    assert answer.status == 500
    assert "Server" not in answer.headers
    assert b"secret" not in answer.read()
    connection.close()
    assert "KeyError at tiny_application.py" in server.log
    assert "48172093" not in server.log


def test_answers_are_not_held_back(server: Server) -> None:
    connection = http.client.HTTPConnection(server.host, timeout=5)
    times = []
    for _ in range(20):
        start = time.monotonic()
        connection.request("POST", "/echo", b"x" * 300, {"Origin": server.url})
        connection.getresponse().read()
        times.append(time.monotonic() - start)
    connection.close()
    assert sorted(times)[10] < 0.03


def test_a_taken_port_is_one_sentence_and_exit_2(server: Server, tmp_path: Path) -> None:
    environment = {**os.environ, "ATTUNE_DATA": str(tmp_path), "ATTUNE_RUNTIME": str(tmp_path)}
    command = [sys.executable, str(ROOT / "app.py"), "--host", "127.0.0.1", "--port", server.host.split(":")[1]]
    second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (second.returncode, second.stdout) == (2, "")
    (line,) = second.stderr.splitlines()
    assert "Is it running already?" in line
    assert not (tmp_path / "attune.db").exists(), "it touched the data before it knew that it could serve"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_five_seconds_whatever_its_phones_do(number: signal.Signals) -> None:
    with running() as server:
        stuck = RawSocket(server.url, receive_buffer=4096)
        stuck.join("/phone", {"live": 1})
        server.call("show", v=2, times=50, size=16_000)
        half = connect(server)
        half.sendall(b"POST /echo HTTP/1.1\r\nHo")
        start = time.monotonic()
        server.process.send_signal(number)
        assert server.process.wait(10) == 0
        assert time.monotonic() - start < 5
        assert "Traceback" not in server.log
        for connection in (stuck.socket, half):
            connection.close()


def test_core_dumps_are_off_and_every_file_the_system_allows_may_be_open(server: Server) -> None:
    limits = dict(server.limits())
    assert limits["Max core file size"] == ("0", "0")
    assert limits["Max open files"][0] == limits["Max open files"][1]


def test_a_phone_that_answers_pings_stays_and_a_silent_one_is_gone(server: Server) -> None:
    with RawSocket(server.url) as ana, RawSocket(server.url) as silent:
        ana.join("/phone", {"live": 1, "seat": "ana"})
        silent.join("/phone", {"live": 1, "seat": "silent"})
        assert server.call("here") == [2]
        ends = time.monotonic() + 6
        while time.monotonic() < ends:
            with contextlib.suppress(TimeoutError):
                ana.hear(0.5)
        assert server.call("here") == [1]
        server.call("show", v=9)
        while ana.event()[1]["v"] != 9:
            pass
    server.wait("here", [0])
