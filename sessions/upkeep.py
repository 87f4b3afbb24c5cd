"""What a running server looks after by itself: its address, which moves with the laptop, and what is past its time."""

from __future__ import annotations

from datetime import date

import gevent

from sessions import broadcast, forget, invitation, snapshot
from sessions.change import change

LOOK_SECONDS = 2.0
EXPIRE_SECONDS = 6 * 3600.0


def follow_the_network() -> None:
    """For as long as the server runs."""
    known = invitation.base()
    while True:
        gevent.sleep(LOOK_SECONDS)
        now = invitation.base()
        if now != known:
            known = now
            moved()


def moved() -> None:
    """Phones find this server elsewhere: every screen and console shows the new address."""
    for live_id in forget.running():
        live = snapshot.of(live_id)
        if live:
            change(live, lambda session, row, old: None, pages=broadcast.PAGES[1:])


def expire() -> None:
    """For as long as the server runs."""
    while True:
        gevent.sleep(EXPIRE_SECONDS)
        forget.expire(date.today())
