"""Work that keeps a processor busy for a while, on a thread of its own: the rooms go on meanwhile."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from gevent.threadpool import ThreadPool

P = ParamSpec("P")
R = TypeVar("R")

_pools: list[ThreadPool] = []


def run(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Wait for `work` without holding anybody else up; its errors are raised here. One at a time."""
    if not _pools:
        _pools.append(ThreadPool(1))
    here = contextvars.copy_context()  # the language spoken here is spoken there
    result, error = _pools[0].apply(here.run, (_outcome, lambda: work(*args, **kwargs)))
    if error is not None:
        raise error
    return cast(R, result)


def _outcome(work: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:  # gevent prints whatever a thread raises, with its words
        return work(), None
    except Exception as error:  # noqa: BLE001 - carried to the caller, who raises it
        return None, error
