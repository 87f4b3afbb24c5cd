"""Bad input on the socket: refused or dropped, without a traceback, a leak, or harm to anybody else."""

from __future__ import annotations

import contextlib
import json
import os
import zlib

import pytest

from tests.raw_socket import BINARY, CLOSE, PING, PONG, Closed, RawSocket
from tests.tiny_phones import ANA, closes, phone
from tests.tiny_server import Server


def still_fine(edge: Server) -> None:
    with phone(edge, seat="healthy") as healthy:
        edge.call("show", v=99)
        assert healthy.event()[1]["v"] == 99


# ---------- who may come in ----------


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_handshake_from_anywhere_else_is_refused(edge: Server, origin: str) -> None:
    with RawSocket(edge.url, handshake=False) as socket:
        status, head = socket.handshake({"Origin": origin})
    assert status == 400
    assert "Access-Control" not in head


@pytest.mark.parametrize(
    "change", [{"Sec-WebSocket-Key": "short"}, {"Sec-WebSocket-Version": "12"}, {"Sec-WebSocket-Key": ""}]
)
def test_a_handshake_that_is_not_one_is_refused(edge: Server, change: dict[str, str]) -> None:
    with RawSocket(edge.url, handshake=False) as socket:
        assert socket.handshake(change)[0] == 400


def test_no_compression_is_agreed_on(edge: Server) -> None:
    with RawSocket(edge.url, handshake=False) as socket:
        status, head = socket.handshake({"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"})
    assert status == 101
    assert "extensions" not in head.lower()


@pytest.mark.parametrize("auth", [None, {}, {"token": "x"}])
def test_who_is_not_let_in_gets_an_error_and_no_region(edge: Server, auth: dict[str, str] | None) -> None:
    with RawSocket(edge.url) as socket:
        assert socket.join("/phone", auth) == '44/phone,{"message":"no_seat"}'
        edge.call("show", v=2)
        with pytest.raises(TimeoutError):
            socket.receive(0.3)


@pytest.mark.parametrize("namespace", ["/admin", "", "/phones"])
def test_no_other_namespace_exists(edge: Server, namespace: str) -> None:
    with RawSocket(edge.url) as socket:
        assert socket.hear().startswith("0{")
        socket.say(f"40{namespace},{{}}" if namespace else "40")
        assert socket.hear().startswith("44")


def test_an_error_while_connecting_is_a_refusal_and_its_words_are_not_logged(edge: Server) -> None:
    with RawSocket(edge.url) as socket:
        assert socket.join("/phone", ANA | {"fail": True}).startswith("44/phone")
    assert "KeyError at tiny_application.py" in edge.log


def test_an_error_while_catching_up_leaves_the_phone_in_and_its_words_are_not_logged(edge: Server) -> None:
    with RawSocket(edge.url) as ana:
        assert ana.join("/phone", {"live": 666}).startswith("40/phone")
        edge.call("show", v=2, live=666)
        assert ana.event()[1]["v"] == 2
    assert edge.log.count("KeyError at tiny_application.py") >= 1


# ---------- connecting is catching up ----------


def test_connecting_gives_the_present_stage(edge: Server) -> None:
    edge.call("show", v=7)
    with RawSocket(edge.url) as socket:
        assert socket.join("/phone", ANA).startswith("40/phone,")
        assert socket.event() == ("swap", {"target": "stage", "v": 7, "html": "<section>7</section>"})


def test_a_phone_that_comes_back_has_missed_nothing(edge: Server) -> None:
    with phone(edge):
        pass
    edge.call("show", v=3)
    edge.call("show", v=4)
    with RawSocket(edge.url) as again:
        again.join("/phone", ANA)
        assert again.event()[1]["v"] == 4
        edge.call("show", v=5)
        assert again.event()[1]["v"] == 5


def test_a_swap_goes_to_one_page_of_one_session_in_one_language(edge: Server) -> None:
    with phone(edge) as ana, phone(edge, live=2) as other, phone(edge, lang="fr") as french:
        edge.call("show", v=2)
        assert ana.event()[1]["v"] == 2
        for somebody in (other, french):
            with pytest.raises(TimeoutError):
                somebody.event(0.2)


def test_what_is_a_phones_own_reaches_all_its_pages_and_no_other(edge: Server) -> None:
    with phone(edge, seat="mia") as one, phone(edge, seat="mia") as two, phone(edge, seat="noor") as other:
        edge.call("own", seat="mia", v=8)
        for page in (one, two):
            assert page.event()[1] == {"target": "mine", "v": 8, "html": "<section>mine</section>"}
        edge.call("own", seat="mia", lang="fr", v=9)
        edge.call("show", v=9)
        for page in (one, two, other):
            assert page.event()[1]["target"] == "stage"


def test_the_end_reaches_every_page(edge: Server) -> None:
    with phone(edge, lang="fr") as ana, RawSocket(edge.url) as screen:
        screen.join("/screen", {"live": 1})
        screen.event()
        edge.call("do", **{"verb": "bye", "with": [1]})
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
def test_a_malformed_packet_closes_the_connection(edge: Server, message: str) -> None:
    with phone(edge) as ana:
        ana.say(message)
        assert closes(ana) == 1008
    edge.wait("here", [0])


@pytest.mark.parametrize(
    "arguments", ["", ",1", "," + ",".join("123456789"), ",[]", ",NaN", ",1e400", "," + "[" * 100 + "]" * 100]
)
def test_every_event_is_dropped(edge: Server, arguments: str) -> None:
    with phone(edge) as ana:
        for name in ("swap", "answer", "message", "connect", "disconnect", "connect_error", "*"):
            ana.say(f'42/phone,["{name}"{arguments}]')
            ana.say(f'42/phone,7["{name}"{arguments}]')
        edge.call("show", v=2)
        assert ana.event()[1]["v"] == 2
        assert edge.call("here") == [1]


def test_calling_our_handlers_by_name_does_not_change_who_is_here(edge: Server) -> None:
    with phone(edge), phone(edge) as attacker:
        with contextlib.suppress(OSError):
            for _ in range(1000):
                attacker.say('42/phone,["disconnect"]')
                attacker.say('42/phone,["connect"]')
        closes(attacker)
        edge.wait("here", [1])


def test_joining_again_and_again_is_one_listener(edge: Server) -> None:
    with phone(edge) as ana:
        for _ in range(10):
            ana.say(f"40/phone,{json.dumps(ANA)}")
        edge.call("show", v=2)
        assert edge.call("here") == [1]
        while ana.event()[1]["v"] != 2:
            pass


def test_a_flood_of_packets_is_cut_off(edge: Server) -> None:
    with phone(edge) as ana:
        with contextlib.suppress(OSError):
            for _ in range(500):
                ana.say("3")
        assert closes(ana) in (1008, None)
    still_fine(edge)


# ---------- size ----------


def test_forty_megabytes_are_refused_while_they_arrive(edge: Server) -> None:
    before = edge.memory()
    for head in (0x80, 0x00):
        with phone(edge) as ana:
            with contextlib.suppress(OSError):
                ana.frame(b"", head=head, length=40_000_000)
                for _ in range(640):
                    ana.socket.sendall(b"x" * 65536)
            assert closes(ana) in (1009, None)
    with phone(edge) as ana:
        with contextlib.suppress(OSError):
            ana.frame(b"x" * 16_000, head=0)
            for _ in range(2_500):
                ana.frame(b"x" * 16_000, head=0, opcode=0)
        assert closes(ana) in (1009, None)
    assert edge.memory() - before < 5_000_000


def test_sixteen_kilobytes_and_one_byte_are_too_many(edge: Server) -> None:
    with phone(edge) as ana:
        ana.say('42/phone,["x","' + "x" * (16_384 - 17) + '"]')
        edge.call("show", v=2)
        assert ana.event()[1]["v"] == 2
        ana.say("x" * 16_385)
        assert closes(ana) == 1009


def test_a_deflate_bomb_is_refused_packed(edge: Server) -> None:
    before = edge.memory()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(b"x" * 16_000_000) + packer.flush()
    with phone(edge) as ana:
        ana.frame(bomb[:16_000], head=0xC0)
        assert closes(ana) == 1002
    assert edge.memory() - before < 5_000_000


def test_control_frames_are_answered(edge: Server) -> None:
    with phone(edge) as ana:
        ana.frame(b"there?", opcode=PING)
        assert ana.receive() == (PONG, b"there?")
        ana.frame(b"\x0b\xb8bye", opcode=CLOSE)
        assert closes(ana) == 3000
    edge.wait("here", [0])


def test_binary_is_not_spoken_here(edge: Server) -> None:
    with phone(edge) as ana:
        ana.frame(b"\x00\x01", opcode=BINARY)
        assert closes(ana) == 1003


def test_ten_thousand_random_packets_leave_no_trace(edge: Server) -> None:
    before = edge.memory()
    pieces = ["4", "2", "0", "/phone", ",", "[", "]", '"x"', "{", "}", "9" * 30, "null", "\x1e", "é", ":", "1e999", "-"]
    for _ in range(200):
        with RawSocket(edge.url) as ana, contextlib.suppress(OSError, Closed):
            for _ in range(50):
                ana.say("".join(pieces[byte % len(pieces)] for byte in os.urandom(1 + os.urandom(1)[0] % 12)))
    assert edge.memory() - before < 20_000_000
    edge.wait("here", [0])
    still_fine(edge)
