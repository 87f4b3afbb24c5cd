"""Sign-outs made by another process, such as `attune facilitator disable`, noticed where the sockets are."""

from __future__ import annotations

from contextlib import suppress

import gevent
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from workshop.accounts import signed_out
from workshop.database import db
from workshop.models import Facilitator

SECONDS = 0.5


class Epochs:
    """The epoch of every account as this process knows it."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def open(self) -> None:
        self._known = _read()
        signed_out.connect(self._heard)

    def look(self) -> None:
        """Send `signed_out` for each account whose epoch has risen without our hearing of it."""
        before, self._known = self._known, _read()
        for facilitator_id, epoch in self._known.items():
            if epoch > before.get(facilitator_id, epoch):
                signed_out.send(facilitator_id)

    def watch(self) -> None:
        """Look twice a second, for as long as the server runs."""
        while True:
            gevent.sleep(SECONDS)
            with suppress(OperationalError):  # busy or out of space: the next look tells
                self.look()

    def _heard(self, facilitator_id: int) -> None:
        self._known.update(_read(facilitator_id))


def _read(facilitator_id: int | None = None) -> dict[int, int]:
    query = select(Facilitator.id, Facilitator.epoch)
    with db.read() as session:
        rows = session.execute(query if facilitator_id is None else query.where(Facilitator.id == facilitator_id))
        return {row.id: row.epoch for row in rows}


epochs = Epochs()
