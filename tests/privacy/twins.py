"""The same session twice, by the same dice and clock, except for one answer: every byte that anybody is sent."""

from __future__ import annotations

import importlib
import random
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gevent
import pytest

from sessions import errands, holding, progress, realtime, ticker
from sessions.limits import limits
from sessions.presence import presence
from sessions.rooms import Listener
from sessions.timers import timers
from sessions.wiping import wiper
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import Answer, InProcess
from tests.room_pack import ROOM
from workshop.config import Settings
from workshop.database import db

PEOPLE = 7
Given = Mapping[str, str | Sequence[str]]


@dataclass
class Wire:
    """A socket's side of the server: takes every frame, and keeps it."""

    frames: list[bytes] = field(default_factory=list)
    upgraded: bool = True
    closed: bool = False

    @property
    def wire(self) -> Wire:
        return self

    def offer(self, frame: bytes) -> bool:
        self.frames.append(frame)
        return True

    def close(self, wait: bool = False) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = True


@dataclass
class Run:
    """One of the two. `sent`: by connection, all bytes in order."""

    cast: Cast
    ada: Facilitator
    phones: list[Phone]
    wires: dict[str, Wire]
    sent: dict[str, list[bytes]] = field(default_factory=dict)

    def hears(self) -> None:
        """Everybody asks for every page of theirs, and takes what came down their socket meanwhile."""
        self.hears_the_room()
        for path in (self.ada.console, f"{self.ada.console}.json"):
            self.keep(path, self.ada.browser.get(path))

    def hears_the_room(self) -> None:
        """All but the consoles' pages."""
        _settle()
        for i, phone in enumerate(self.phones):
            for path in ("/w", "/w/mine"):
                self.keep(f"phone {i} {path}", phone.browser.get(path))
        self.keep("screen", self.ada.browser.get(self.ada.screen.path))
        for name, wire in self.wires.items():
            self.sent.setdefault(f"socket {name}", []).extend(wire.frames)
            wire.frames = []

    def looks_away(self) -> None:
        """What consoles were sent since a close is not kept: they may look at the results before they are shown."""
        _settle()
        for name, wire in self.wires.items():
            if "-" in name:
                wire.frames = []

    def keep(self, name: str, answer: Answer) -> None:
        head = "\n".join(f"{key}: {value}" for key, value in sorted(answer.headers.items()) if key != "date")
        self.sent.setdefault(name, []).append(f"{answer.status}\n{head}\n{answer.cookies}\n".encode() + answer.body)

    def answers(self, who: int, given: Given) -> None:
        phone = self.phones[who]
        self.keep(f"reply {who}", phone.tries_to_answer(**given))


def _settle() -> None:
    """Until everything that waits for a moment has been done."""
    gevent.sleep(0.03)
    with gevent.Timeout(20):
        while not wiper.wiped or any(errand._run is ticker._tell for errand in errands._under_way):
            gevent.sleep(0.005)


def run(folder: Path, patch: pytest.MonkeyPatch, act: Callable[[Run], None], seed: int = 4, *, pack: str = ROOM) -> Run:
    """A room of seven, where `act` happens."""
    _same_dice(patch, seed)
    folders = {"ATTUNE_DATA": str(folder / "data"), "ATTUNE_RUNTIME": str(folder / "runtime")}
    folder.mkdir()
    settings = Settings.from_environment(folders, host="127.0.0.1", port=8000)
    cast = Cast.of(importlib.import_module("app").create_app(settings))
    ada = cast.facilitator("Ada")
    ada.opens("core", cast.shelves(ada, pack))
    phones = cast.phones(ada.join_url, PEOPLE)
    made = Run(cast, ada, phones, _listening(ada.live))
    act(made)
    _settle()
    db.close()
    return made


def _same_dice(patch: pytest.MonkeyPatch, seed: int) -> None:
    dice = random.Random(seed)
    patch.setattr(secrets, "token_bytes", lambda size=32: dice.randbytes(size or 32))
    patch.setattr(secrets, "randbelow", dice.randrange)
    patch.setattr(holding, "_shuffle", dice.shuffle)
    patch.setattr(time, "time", lambda: 1_800_000_000.0)
    for held in (timers, presence, limits):
        patch.setattr(held, "_clock", lambda: 1000.0)
    patch.setattr(ticker, "SOON", 0.001)
    patch.setattr(progress, "CALM", 0.0)
    limits.open()


def _listening(live: int) -> dict[str, Wire]:
    """A socket for each sort of page; those of phones are all sent the same."""
    wires = {page: Wire() for page in ("phone", "screen", "lead-simple", "lead-full", "support-simple")}
    for page, wire in wires.items():
        realtime._rooms.enter(Listener(f"sid of {page}", wire, page, live, "en"))
    return wires


def differing(one: Run, other: Run) -> list[str]:
    """The connections on which the two were sent something else."""
    assert one.sent.keys() == other.sent.keys()
    return [name for name in one.sent if one.sent[name] != other.sent[name]]


def browser(run: Run) -> Any:
    assert isinstance(run.ada.browser, InProcess)
    return run.ada.browser
