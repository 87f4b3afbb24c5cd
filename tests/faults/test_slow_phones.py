"""Phones that do not keep up or go away, and sockets that are closed from here: nobody else notices."""

from __future__ import annotations

import contextlib
import json
import statistics
import time

from tests.raw_socket import PING, PONG, RawSocket
from tests.tiny_phones import ANA, closes, phone
from tests.tiny_server import Server


def test_a_phone_that_stops_reading_gets_whole_frames_and_the_newest_region(edge: Server) -> None:
    def shown(v: int) -> float:
        start = time.monotonic()
        edge.call("show", v=v, size=16_000)
        while healthy.event()[1]["v"] != v:
            pass
        return time.monotonic() - start

    slow = RawSocket(edge.url, receive_buffer=4096)
    with slow, phone(edge) as healthy:
        alone = statistics.median(shown(v) for v in range(2, 202))
        slow.join("/phone", ANA | {"seat": "slow"})
        beside = statistics.median(shown(v) for v in range(202, 402))
        seen = []
        while not seen or seen[-1] != 401:
            seen.append(slow.event()[1]["v"])
    assert seen == sorted(seen)
    assert len(seen) < 60, "a queue of old regions"
    assert beside < 3 * alone + 0.01, "the healthy phone waits for the slow one"


def test_a_phone_that_reads_slowly_gets_them_in_order_while_others_are_served(edge: Server) -> None:
    slow = RawSocket(edge.url, receive_buffer=4096)
    slow.join("/phone", ANA | {"seat": "slow"})
    with slow:
        seen = [slow.event()[1]["v"]]
        for v in range(2, 202, 20):
            edge.call("show", v=v, times=20, size=12_000)
            seen.append(slow.event()[1]["v"])
        while seen[-1] != 201:
            seen.append(slow.event()[1]["v"])
    assert seen == sorted(seen)


def test_pongs_do_not_break_into_the_frames_of_a_slow_phone(edge: Server) -> None:
    slow = RawSocket(edge.url, receive_buffer=4096)
    slow.join("/phone", ANA | {"seat": "slow"})
    with slow:
        edge.call("show", v=2, times=50, size=16_000)
        for number in range(20):
            slow.frame(b"%d" % number, opcode=PING)
        pongs, v = 0, 0
        while pongs < 20 or v != 51:
            opcode, payload = slow.receive()
            pongs += opcode == PONG
            if payload.startswith(b"42"):
                v = json.loads(payload[payload.index(b"[") :])[1]["v"]


def test_a_phone_that_vanishes_is_gone_and_harms_nobody(edge: Server) -> None:
    phones = [phone(edge, seat=str(number)) for number in range(50)]
    for gone in phones:
        gone.socket.setsockopt(1, 13, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # RST instead of a goodbye
        gone.socket.close()
    edge.call("show", v=2)
    edge.wait("here", [0])
    with phone(edge, seat="healthy") as healthy:
        edge.call("show", v=99)
        assert healthy.event()[1]["v"] == 99


def test_the_sockets_of_an_account_close_within_a_second_and_no_others(edge: Server) -> None:
    with phone(edge) as ana, RawSocket(edge.url) as hers, RawSocket(edge.url, receive_buffer=4096) as stuck:
        hers.join("/console", {"live": 1, "account": 7})
        stuck.join("/console", {"live": 1, "account": 7})
        edge.call("show", v=2, times=40, size=16_000, page="lead-full")
        start = time.monotonic()
        edge.call("do", **{"verb": "close_account", "with": [7]})
        edge.wait("here", [1])
        closes(hers)
        with contextlib.suppress(AssertionError):  # cut within a frame: nothing after it is one
            closes(stuck)
        assert time.monotonic() - start < 1.0
        edge.call("show", v=99)
        assert ana.event()[1]["v"] == 99


def test_everybody_hears_goodbye_before_a_session_closes(edge: Server) -> None:
    with phone(edge) as ana, phone(edge, live=2) as other:
        edge.call("do", **{"verb": "bye", "with": [1]})
        edge.call("do", **{"verb": "close_live", "with": [1]})
        assert ana.event() == ("bye", {})
        closes(ana)
        edge.call("show", v=2, live=2)
        assert other.event()[1]["v"] == 2
