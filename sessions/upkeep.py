"""What a running server looks after by itself: its address, the plan's clock, and what is past its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import gevent

from sessions import broadcast, closing, forget, invitation, lookup, pairing
from sessions.change import change
from sessions.limits import limits
from workshop.trouble import note

TIME_SECONDS, LOOK_SECONDS, LISTEN_SECONDS, PLAN_SECONDS, EXPIRE_SECONDS = 1.0, 2.0, 5.0, 20.0, 6 * 3600.0


def follow_the_network() -> None:
    """For as long as the server runs: when phones find it elsewhere, screens and consoles show the new address."""
    known = [invitation.base()]

    def look() -> None:
        if invitation.base() != known[0]:
            known[0] = invitation.base()
            moved()

    _forever(LOOK_SECONDS, look)


def follow_the_clock() -> None:
    """For as long as the server runs: consoles say how late it is, whether anybody presses anything or not."""
    _forever(PLAN_SECONDS, tell_the_time)


def follow_the_time() -> None:
    """For as long as the server runs: questions that close by themselves close when their time is over."""
    _forever(TIME_SECONDS, closing.overdue)


def follow_the_partners() -> None:
    """For as long as the server runs: whoever has a partner whose phone fell silent is told."""
    _forever(LISTEN_SECONDS, pairing.listen)


def expire() -> None:
    """For as long as the server runs: sessions past their time go, and addresses that typed a code are forgotten."""
    _forever(EXPIRE_SECONDS, lambda: forget.expire(date.today()))


def moved() -> None:
    """Draw the address anew on every screen and console."""
    for live_id in forget.running():
        live = lookup.of(live_id)
        if live:
            change(live, lambda session, row, old: None, pages=broadcast.PAGES[1:])


def tell_the_time() -> None:
    """Draw what changes by itself on every console."""
    limits.sweep()
    for live_id in forget.running():
        broadcast.counted(live_id)


def _forever(seconds: float, job: Callable[[], None]) -> None:
    """One bad turn, such as a full disk, must not be the last."""
    while True:
        gevent.sleep(seconds)
        try:
            job()
        except Exception as error:  # noqa: BLE001 - noted; the next turn tries again
            note(error)
