"""Says *saved* before the commit."""

from __future__ import annotations

from collections.abc import Sequence

import gevent

from sessions.writer import Outcome, Pending, Writer

commit = Writer._commit


def eager(self: Writer, batch: Sequence[Pending]) -> list[Outcome]:
    for pending in batch:
        pending.outcome.set(Outcome("saved", pending.rev + 1))
    gevent.sleep(0.05)  # until it has reached the phones
    return commit(self, batch)


def install() -> None:
    Writer._commit = eager  # type: ignore[method-assign]
