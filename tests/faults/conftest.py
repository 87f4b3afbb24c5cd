"""The tiny server that tests of bad phones share; whatever they do, it writes no traceback and nothing secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tiny_server import Server, running


@pytest.fixture(scope="module")
def shared_edge() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def edge(shared_edge: Server) -> Iterator[Server]:
    """The real edge around a tiny application, with nobody in."""
    shared_edge.wait("here", [0])
    shared_edge.call("show", v=1)
    yield shared_edge
    assert shared_edge.process.poll() is None
    assert "Traceback" not in shared_edge.log
    assert "secret" not in shared_edge.log
