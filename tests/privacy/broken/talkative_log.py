"""Notes who asked for what, as servers do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from workshop.guard import Guard

call = Guard.__call__


def noting(self: Guard, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    said = (environ["REMOTE_ADDR"], environ["PATH_INFO"], environ.get("HTTP_USER_AGENT"))
    print(*said, file=sys.stderr, flush=True)
    return call(self, environ, start_response)


def install() -> None:
    Guard.__call__ = noting  # type: ignore[method-assign]
