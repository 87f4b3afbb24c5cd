"""Deletes the answers in a transaction of its own, before the release is stored."""

from __future__ import annotations

from collections.abc import Collection

from sessions import counting
from workshop.database import db

drop, close = counting.drop, counting.close


def install() -> None:
    def closed(live_id: int, row: int, *rest: Collection[str]) -> bool:
        db.write(lambda session: drop(session, row, 0))
        return close(live_id, row, *rest)

    counting.close = closed
