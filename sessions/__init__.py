"""What happens live: rooms, phones, screens, consoles; answers counted and forgotten."""

from __future__ import annotations

from datetime import date

from flask import Flask

from sessions import (
    access,
    adapted,
    audience,
    broadcast,
    by_hand,
    console,
    errands,
    forget,
    helper_link,
    invitation,
    join,
    lookup,
    phone,
    planning,
    results,
    screen,
    setting_up,
    ticker,
)
from sessions.codes import codes
from sessions.deleted import deleted
from sessions.express import Express
from sessions.interim import interim
from sessions.limits import limits
from sessions.partners import partners
from sessions.presence import presence
from sessions.quiet import quiet
from sessions.retention import retention
from sessions.timers import timers
from sessions.vault import vault
from sessions.wiping import wiper
from sessions.writer import writer
from workshop import identity
from workshop.config import Settings
from workshop.database import db


def register(app: Flask, settings: Settings) -> None:
    """Open what is kept in memory, finish what a crash left undone, and put in the doors."""
    db.farewell = errands.stop
    vault.open(settings)
    retention.open(settings)
    deleted.open(settings)
    for open_memory in (presence.open, limits.open, codes.open, interim.open, quiet.open, timers.open, writer.open):
        open_memory()
    partners.open()
    ticker.open()
    lookup.forget()
    invitation.open(settings)
    broadcast.open(app)
    wiper.open(when_done=ticker.everywhere)
    forget.finish(date.today())
    planning.find_the_time_again()
    identity.busy = access.conducting
    identity.helps = access.says_it_helps
    for part in (join, phone, screen, setting_up, helper_link, adapted, console, by_hand, results):
        app.register_blueprint(part.doors)
    audience.register(app)
    app.wsgi_app = Express(app.wsgi_app)  # type: ignore[method-assign]
