"""Bad input and bad phones on the socket: refused or dropped, without a traceback, a leak, or harm to anybody else."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import statistics
import time
import zlib
from collections.abc import Iterator

import pytest

from tests.raw_socket import BINARY, CLOSE, PING, PONG, Closed, RawSocket
from tests.tiny_server import Server, running

ANA = {"live": 1, "seat": "ana"}


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(shared: Server) -> Iterator[Server]:
    shared.wait("here", [0])
    shared.call("show", v=1)
    yield shared
    assert shared.process.poll() is None
    assert "Traceback" not in shared.log
    assert "secret" not in shared.log


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


def still_fine(server: Server) -> None:
    with phone(server, seat="healthy") as healthy:
        server.call("show", v=99)
        assert healthy.event()[1]["v"] == 99


# ---------- who may come in ----------


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_handshake_from_anywhere_else_is_refused(server: Server, origin: str) -> None:
    with RawSocket(server.url, handshake=False) as socket:
        status, head = socket.handshake({"Origin": origin})
    assert status == 400
    assert "Access-Control" not in head


@pytest.mark.parametrize(
    "change", [{"Sec-WebSocket-Key": "short"}, {"Sec-WebSocket-Version": "12"}, {"Sec-WebSocket-Key": ""}]
)
def test_a_handshake_that_is_not_one_is_refused(server: Server, change: dict[str, str]) -> None:
    with RawSocket(server.url, handshake=False) as socket:
        assert socket.handshake(change)[0] == 400


def test_no_compression_is_agreed_on(server: Server) -> None:
    with RawSocket(server.url, handshake=False) as socket:
        status, head = socket.handshake({"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"})
    assert status == 101
    assert "extensions" not in head.lower()


@pytest.mark.parametrize("auth", [None, {}, {"token": "x"}])
def test_who_is_not_let_in_gets_an_error_and_no_region(server: Server, auth: dict[str, str] | None) -> None:
    with RawSocket(server.url) as socket:
        assert socket.join("/phone", auth) == '44/phone,{"message":"no_seat"}'
        server.call("show", v=2)
        with pytest.raises(TimeoutError):
            socket.receive(0.3)


@pytest.mark.parametrize("namespace", ["/admin", "", "/phones"])
def test_no_other_namespace_exists(server: Server, namespace: str) -> None:
    with RawSocket(server.url) as socket:
        assert socket.hear().startswith("0{")
        socket.say(f"40{namespace},{{}}" if namespace else "40")
        assert socket.hear().startswith("44")


def test_an_error_while_connecting_is_a_refusal_and_its_words_are_not_logged(server: Server) -> None:
    with RawSocket(server.url) as socket:
        assert socket.join("/phone", ANA | {"fail": True}).startswith("44/phone")
    assert "KeyError at tiny_application.py" in server.log


def test_an_error_while_catching_up_leaves_the_phone_in_and_its_words_are_not_logged(server: Server) -> None:
    with RawSocket(server.url) as ana:
        assert ana.join("/phone", {"live": 666}).startswith("40/phone")
        server.call("show", v=2, live=666)
        assert ana.event()[1]["v"] == 2
    assert server.log.count("KeyError at tiny_application.py") >= 1


# ---------- connecting is catching up ----------


def test_connecting_gives_the_present_stage(server: Server) -> None:
    server.call("show", v=7)
    with RawSocket(server.url) as socket:
        assert socket.join("/phone", ANA).startswith("40/phone,")
        assert socket.event() == ("swap", {"target": "stage", "v": 7, "html": "<section>7</section>"})


def test_a_phone_that_comes_back_has_missed_nothing(server: Server) -> None:
    with phone(server):
        pass
    server.call("show", v=3)
    server.call("show", v=4)
    with RawSocket(server.url) as again:
        again.join("/phone", ANA)
        assert again.event()[1]["v"] == 4
        server.call("show", v=5)
        assert again.event()[1]["v"] == 5


def test_a_swap_goes_to_one_page_of_one_session_in_one_language(server: Server) -> None:
    with phone(server) as ana, phone(server, live=2) as other, phone(server, lang="fr") as french:
        server.call("show", v=2)
        assert ana.event()[1]["v"] == 2
        for somebody in (other, french):
            with pytest.raises(TimeoutError):
                somebody.event(0.2)


def test_mine_and_bye_reach_the_pages_they_are_for(server: Server) -> None:
    with phone(server, lang="fr") as ana, RawSocket(server.url) as screen:
        screen.join("/screen", {"live": 1})
        screen.event()
        server.call("do", **{"verb": "mine", "with": [1, 8]})
        server.call("do", **{"verb": "bye", "with": [1]})
        assert ana.event() == ("mine", {"v": 8})
        assert ana.event() == ("bye", {})
        assert screen.event() == ("bye", {})


# ---------- what comes up ----------


@pytest.mark.parametrize(
    "message",
    [
        "", "x", "4", "4" + "[" * 15000, "42{}", "42", "42[1]", "42" + "9" * 5000 + '["x"]', "9",
        '451-/phone,["x",{"_placeholder":true,"num":9}]', "40/phone,{]", "40" + "[" * 15000, "43/phone,0[]",
    ],
    ids=lambda message: message[:20] or "nothing",
)  # fmt: skip
def test_a_malformed_packet_closes_the_connection(server: Server, message: str) -> None:
    with phone(server) as ana:
        ana.say(message)
        assert closes(ana) == 1008
    server.wait("here", [0])


@pytest.mark.parametrize(
    "arguments", ["", ",1", "," + ",".join("123456789"), ",[]", ",NaN", ",1e400", "," + "[" * 100 + "]" * 100]
)
def test_every_event_is_dropped(server: Server, arguments: str) -> None:
    with phone(server) as ana:
        for name in ("swap", "answer", "message", "connect", "disconnect", "connect_error", "*"):
            ana.say(f'42/phone,["{name}"{arguments}]')
            ana.say(f'42/phone,7["{name}"{arguments}]')
        server.call("show", v=2)
        assert ana.event()[1]["v"] == 2
        assert server.call("here") == [1]


def test_calling_our_handlers_by_name_does_not_change_who_is_here(server: Server) -> None:
    with phone(server), phone(server) as attacker:
        with contextlib.suppress(OSError):
            for _ in range(1000):
                attacker.say('42/phone,["disconnect"]')
                attacker.say('42/phone,["connect"]')
        closes(attacker)
        server.wait("here", [1])


def test_joining_again_and_again_is_one_listener(server: Server) -> None:
    with phone(server) as ana:
        for _ in range(10):
            ana.say(f"40/phone,{json.dumps(ANA)}")
        server.call("show", v=2)
        assert server.call("here") == [1]
        while ana.event()[1]["v"] != 2:
            pass


def test_a_flood_of_packets_is_cut_off(server: Server) -> None:
    with phone(server) as ana:
        with contextlib.suppress(OSError):
            for _ in range(500):
                ana.say("3")
        assert closes(ana) in (1008, None)
    still_fine(server)


# ---------- size ----------


def test_forty_megabytes_are_refused_while_they_arrive(server: Server) -> None:
    before = server.memory()
    for head in (0x80, 0x00):
        with phone(server) as ana:
            with contextlib.suppress(OSError):
                ana.frame(b"", head=head, length=40_000_000)
                for _ in range(640):
                    ana.socket.sendall(b"x" * 65536)
            assert closes(ana) in (1009, None)
    with phone(server) as ana:
        with contextlib.suppress(OSError):
            ana.frame(b"x" * 16_000, head=0)
            for _ in range(2_500):
                ana.frame(b"x" * 16_000, head=0, opcode=0)
        assert closes(ana) in (1009, None)
    assert server.memory() - before < 5_000_000


def test_sixteen_kilobytes_and_one_byte_are_too_many(server: Server) -> None:
    with phone(server) as ana:
        ana.say('42/phone,["x","' + "x" * (16_384 - 17) + '"]')
        server.call("show", v=2)
        assert ana.event()[1]["v"] == 2
        ana.say("x" * 16_385)
        assert closes(ana) == 1009


def test_a_deflate_bomb_is_refused_packed(server: Server) -> None:
    before = server.memory()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(b"x" * 16_000_000) + packer.flush()
    with phone(server) as ana:
        ana.frame(bomb[:16_000], head=0xC0)
        assert closes(ana) == 1002
    assert server.memory() - before < 5_000_000


def test_control_frames_are_answered(server: Server) -> None:
    with phone(server) as ana:
        ana.frame(b"there?", opcode=PING)
        assert ana.receive() == (PONG, b"there?")
        ana.frame(b"\x0b\xb8bye", opcode=CLOSE)
        assert closes(ana) == 3000
    server.wait("here", [0])


def test_binary_is_not_spoken_here(server: Server) -> None:
    with phone(server) as ana:
        ana.frame(b"\x00\x01", opcode=BINARY)
        assert closes(ana) == 1003


def test_ten_thousand_random_packets_leave_no_trace(server: Server) -> None:
    before = server.memory()
    pieces = ["4", "2", "0", "/phone", ",", "[", "]", '"x"', "{", "}", "9" * 30, "null", "\x1e", "é", ":", "1e999", "-"]
    for _ in range(200):
        with RawSocket(server.url) as ana, contextlib.suppress(OSError, Closed):
            for _ in range(50):
                ana.say("".join(pieces[byte % len(pieces)] for byte in os.urandom(1 + os.urandom(1)[0] % 12)))
    assert server.memory() - before < 20_000_000
    server.wait("here", [0])
    still_fine(server)


# ---------- phones that do not keep up, or go away ----------


def test_a_phone_that_stops_reading_gets_whole_frames_and_the_newest_region(server: Server) -> None:
    def shown(v: int) -> float:
        start = time.monotonic()
        server.call("show", v=v, size=16_000)
        while healthy.event()[1]["v"] != v:
            pass
        return time.monotonic() - start

    slow = RawSocket(server.url, receive_buffer=4096)
    with slow, phone(server) as healthy:
        alone = statistics.median(shown(v) for v in range(2, 202))
        slow.join("/phone", ANA | {"seat": "slow"})
        beside = statistics.median(shown(v) for v in range(202, 402))
        seen = []
        while not seen or seen[-1] != 401:
            seen.append(slow.event()[1]["v"])
    assert seen == sorted(seen)
    assert len(seen) < 60, "a queue of old regions"
    assert beside < 3 * alone + 0.01, "the healthy phone waits for the slow one"


def test_a_phone_that_reads_slowly_gets_them_in_order_while_others_are_served(server: Server) -> None:
    slow = RawSocket(server.url, receive_buffer=4096)
    slow.join("/phone", ANA | {"seat": "slow"})
    with slow:
        seen = [slow.event()[1]["v"]]
        for v in range(2, 202, 20):
            server.call("show", v=v, times=20, size=12_000)
            seen.append(slow.event()[1]["v"])
        while seen[-1] != 201:
            seen.append(slow.event()[1]["v"])
    assert seen == sorted(seen)


def test_pongs_do_not_break_into_the_frames_of_a_slow_phone(server: Server) -> None:
    slow = RawSocket(server.url, receive_buffer=4096)
    slow.join("/phone", ANA | {"seat": "slow"})
    with slow:
        server.call("show", v=2, times=50, size=16_000)
        for number in range(20):
            slow.frame(b"%d" % number, opcode=PING)
        pongs, v = 0, 0
        while pongs < 20 or v != 51:
            opcode, payload = slow.receive()
            pongs += opcode == PONG
            if payload.startswith(b"42"):
                v = json.loads(payload[payload.index(b"[") :])[1]["v"]


def test_a_phone_that_vanishes_is_gone_and_harms_nobody(server: Server) -> None:
    phones = [phone(server, seat=str(number)) for number in range(50)]
    for gone in phones:
        gone.socket.setsockopt(1, 13, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # RST instead of a goodbye
        gone.socket.close()
    server.call("show", v=2)
    server.wait("here", [0])
    still_fine(server)


# ---------- closed from here ----------


def test_the_sockets_of_an_account_close_within_a_second_and_no_others(server: Server) -> None:
    with phone(server) as ana, RawSocket(server.url) as hers, RawSocket(server.url, receive_buffer=4096) as stuck:
        hers.join("/console", {"live": 1, "account": 7})
        stuck.join("/console", {"live": 1, "account": 7})
        server.call("show", v=2, times=40, size=16_000, page="lead-full")
        start = time.monotonic()
        server.call("do", **{"verb": "close_account", "with": [7]})
        server.wait("here", [1])
        closes(hers)
        with contextlib.suppress(AssertionError):  # cut within a frame: nothing after it is one
            closes(stuck)
        assert time.monotonic() - start < 1.0
        server.call("show", v=99)
        assert ana.event()[1]["v"] == 99


def test_everybody_hears_goodbye_before_a_session_closes(server: Server) -> None:
    with phone(server) as ana, phone(server, live=2) as other:
        server.call("do", **{"verb": "bye", "with": [1]})
        server.call("do", **{"verb": "close_live", "with": [1]})
        assert ana.event() == ("bye", {})
        closes(ana)
        server.call("show", v=2, live=2)
        assert other.event()[1]["v"] == 2


# ---------- the other transport ----------


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


def test_a_polling_phone_is_caught_up_and_told_the_newest(server: Server) -> None:
    ana = Polling(server)
    assert ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())[0] == 200
    assert '"v":1' in ana.get()
    server.call("show", v=2, times=50, size=1000)
    told = ana.get()
    assert '"v":51' in told
    assert told.count("swap") == 1
    assert ana.ask("POST", b"1")[0] == 200


@pytest.mark.parametrize(
    "body", [b"", b"x", b"4" + b"[" * 15000, b"42[1]", b"\xff", b"x" * 16_385, b"d=4%5B", b"3\x1e42{}", b"b4AAA"]
)
def test_a_malformed_body_ends_a_polling_phone(server: Server, body: bytes) -> None:
    ana = Polling(server)
    assert ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())[0] == 200
    assert ana.ask("POST", body)[0] == 400
    server.wait("here", [0])


def test_an_event_in_a_polling_body_is_dropped(server: Server) -> None:
    ana = Polling(server)
    assert ana.ask("POST", f'40/phone,{json.dumps(ANA)}\x1e42/phone,["disconnect"]'.encode())[0] == 200
    assert ana.ask("POST", b'42/phone,["x",NaN]')[0] == 200
    assert server.call("here") == [1]
    assert ana.ask("POST", b"1")[0] == 200


def test_a_phone_may_go_from_polling_to_a_websocket(server: Server) -> None:
    ana = Polling(server)
    ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())
    ana.get()
    with RawSocket(server.url, handshake=False) as socket:
        status, _ = socket.handshake(query=f"&sid={ana.sid}")
        assert status == 101
        socket.say("2probe")
        assert socket.hear() == "3probe"
        socket.say("5")
        ana.get()
        server.call("show", v=2)
        assert socket.event()[1]["v"] == 2
        assert ana.ask("GET")[0] == 400
    server.wait("here", [0])


def test_a_phone_that_fails_to_change_transport_goes_on_as_before(server: Server) -> None:
    ana = Polling(server)
    ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())
    with RawSocket(server.url, handshake=False) as socket:
        assert socket.handshake(query=f"&sid={ana.sid}")[0] == 101
        socket.say("2probe")
        socket.hear()
    ana.get()
    server.call("show", v=2)
    assert '"v":2' in ana.get()
    assert ana.ask("POST", b"1")[0] == 200
