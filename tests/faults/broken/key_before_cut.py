"""Makes a new session key before it has cut off what hung on the old one."""

from __future__ import annotations

from sessions import forget
from sessions.models import LiveSession
from sessions.vault import vault
from workshop.database import db


def install() -> None:
    def rekey(live_id: int) -> None:
        with db.read() as reader:
            vault.make(reader.get_one(LiveSession, live_id).handle)
        db.write(lambda session: forget._cut(session, live_id))

    forget.rekey = rekey
