"""Says how many have answered in a word that depends on what they answered."""

from __future__ import annotations

from collections.abc import Callable

from sessions import counting, progress
from sessions.asked import Asked
from sessions.snapshot import Snapshot
from workshop.database import db
from workshop.tally import Table

calm = progress.calm


def telling(live: Snapshot) -> progress.Progress:
    said = calm(live)
    asked = Asked.of(live, live.now.row) if live.now and live.now.taking else None
    tally = db.write(lambda session: counting._tally(session, asked)) if asked else ()
    for part in tally:
        if isinstance(part, Table) and part.counts[0] > 3:
            return progress.Progress(said.joined, said.answered, "answered_most")
    return said


def install(put: Callable[[object, str, object], None] = setattr) -> None:
    put(progress, "calm", telling)
