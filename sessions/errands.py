"""Work that is put off: done later in this process, unless the database closes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gevent import Greenlet
from gevent.pool import Group

_under_way = Group()


def start(work: Callable[..., object], *given: Any) -> None:
    """Do it as soon as nobody else has the processor."""
    _under_way.start(Greenlet(work, *given))


def later(seconds: float, work: Callable[..., object], *given: Any) -> None:
    """Do it in a while."""
    errand = Greenlet(work, *given)
    _under_way.add(errand)
    errand.start_later(seconds)


def stop() -> None:
    """Drop what is not done: an errand of one database must never run on the next."""
    _under_way.kill(timeout=2)
