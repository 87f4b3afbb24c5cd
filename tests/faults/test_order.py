"""The order in which keys and commits reach the disk, read from the calls: only a power cut would tell it apart."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sessions import change, checkpoints, counting, holding, texts
from sessions.vault import Vault, vault
from tests.actors import Cast, Facilitator
from workshop.database import db

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no way to make a name durable, and needs none")

MADE = ["key.new synced", "key named", "folder synced"]
DESTROYED = ["key overwritten", "key gone", "folder synced"]
COMMIT = ["commit"]

Told = list[str]


@pytest.fixture
def ada(ada: Facilitator, room: str) -> Facilitator:
    """In a session of her own."""
    return ada.opens("core", room)


@pytest.fixture
def unmended(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Take a protection out of this process, until the test is over."""
    for owner, names in (
        (Vault, ("_make", "_destroy", "make_question")),
        (change, ("db",)),
        (counting, ("drop",)),
        (holding, ("hold",)),
        (texts, ("release",)),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(checkpoints, "_listeners", [])
    return lambda broken: importlib.import_module(f"tests.faults.broken.{broken}").install()


@pytest.fixture
def told(ada: Facilitator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """What is done to files of keys, and each commit, in order."""
    lines = list[str]()
    fsync, replace, unlink = os.fsync, Path.replace, Path.unlink

    def synced(descriptor: int) -> None:
        fsync(descriptor)
        for folder in (vault._durable, vault._volatile):
            lines.extend(["folder synced"] * _same(descriptor, folder))
            lines.extend(f"{_kind(path)} {_done(path)}" for path in folder.iterdir() if _same(descriptor, path))

    def replaced(path: Path, target: Path) -> Path:
        lines.append(f"{_kind(target)} named")
        return replace(path, target)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        lines.append(f"{_kind(path)} gone")
        unlink(path, missing_ok)

    def said(sql: str) -> None:
        lines.extend(["commit"] * (sql == "COMMIT"))

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(Path, "unlink", unlinked)
    db.run(lambda: db.connection().set_trace_callback(said))
    yield lines
    db.run(lambda: db.connection().set_trace_callback(None))


def _same(descriptor: int, path: Path) -> bool:
    return os.path.samestat(os.fstat(descriptor), path.stat())


def _kind(path: Path) -> str:
    return "key.new" if path.suffix == ".new" else "key"


def _done(path: Path) -> str:
    return "synced" if any(path.read_bytes()) else "overwritten"


def opens(ada: Facilitator, told: Told, step: str = "easy") -> Told:
    """What is done while a question opens."""
    told.clear()
    ada.shows(step)
    return [*told]


def closes(ada: Facilitator, told: Told, step: str = "easy") -> Told:
    """While a question is closed that four people have answered."""
    opens(ada, told, step)
    for phone in Cast.of(ada.browser.app).phones(ada.join_url, 4):  # type: ignore[attr-defined]
        phone.answers(**({"choice": "a"} if step == "easy" else {"text": "a line"}))
    told.clear()
    ada.closes(now=True)
    return [*told]


def holds(ada: Facilitator, told: Told) -> Told:
    """While a question is closed of which a person reads the texts first."""
    return closes(ada, told, "lines")


def releases(ada: Facilitator, told: Told) -> Told:
    """While the room is shown the texts that were let through."""
    holds(ada, told)
    ada.lets_through()
    told.clear()
    ada.reveals()
    return [*told]


def ends(ada: Facilitator, told: Told) -> Told:
    """While a session ends that has asked nothing."""
    told.clear()
    ada.ends()
    return [*told]


ORDER: dict[Callable[[Facilitator, Told], Told], Told] = {
    opens: [*MADE, *COMMIT],
    closes: [*COMMIT, *DESTROYED],
    holds: [*MADE, *COMMIT, *DESTROYED],
    releases: [*COMMIT, *DESTROYED],
    ends: [*COMMIT, *DESTROYED],
}
"""A key is whole on the disk before the commit that needs it; it goes after the one that does not, its bytes first."""


@pytest.mark.parametrize("act", ORDER)
def test_a_commit_stands_between_the_making_and_the_end_of_a_key(
    ada: Facilitator, told: Told, act: Callable[[Facilitator, Told], Told]
) -> None:
    assert act(ada, told) == ORDER[act]


@pytest.mark.parametrize(
    ("protection", "act"),
    [
        ("key_unsynced", opens),
        ("key_in_memory_alone", opens),
        ("opens_before_its_key", opens),
        ("key_before_count", closes),
        ("unlinks_only", closes),
        ("texts_held_apart", holds),
        ("texts_key_before_release", releases),
        ("unlinks_only", ends),
    ],
)
def test_it_is_caught_that_a_key_comes_too_late_or_goes_too_early(
    ada: Facilitator,
    told: Told,
    unmended: Callable[[str], None],
    protection: str,
    act: Callable[[Facilitator, Told], Told],
) -> None:
    unmended(protection)
    assert act(ada, told) != ORDER[act]
