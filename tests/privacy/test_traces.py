"""G2: after a close and after the end, no file holds an answer that was not shown, nor anything of a phone; and no file
is there that is not on the list."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.actors import Phone
from tests.browsers import Answer, OverHttp
from tests.faults.dying import Doomed
from tests.faults.room import Room
from tests.privacy import thief

AGENT, ADDRESS, TYPED = "Kingfisher/7.3 (privately owned)", "127.0.0.77", "90909090"
WITHDRAWN, HIDDEN, SHOWN, UNREAD, QUIET = (
    f"{word} under the old bridge" for word in ("wagtail", "bittern", "sandpiper", "goldcrest", "nuthatch")
)
DATA = ("attune.db", "attune.db-shm", "attune.db-wal", "secret_key", "mark", "server.lock")
KEPT = {"server.log", *(f"data/{name}" for name in DATA)}
"""All files of a server that has held a session and ended it."""


class Marked(OverHttp):
    """A browser that can be told from all others."""

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        return super()._ask(method, path, body, {**headers, "User-Agent": AGENT})


@dataclass
class Evening:
    """A session in which people say, take back and hide things; `secrets` is all that must not be found."""

    room: Room
    folder: Path
    patience: float = 5.0
    secrets: dict[str, bytes] = field(default_factory=dict)

    @property
    def found(self) -> dict[str, set[str]]:
        """Secrets by name, with the files that hold them."""
        names = {needle: name for name, needle in self.secrets.items()}
        hits: dict[str, set[str]] = {}
        for needle, file in thief.hits(self.secrets.values(), self.folder):
            hits.setdefault(names[needle], set()).add(file)
        return hits

    @property
    def files(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in thief.files(self.folder)}

    def people(self, many: int) -> list[Phone]:
        made = []
        for number in range(many):
            phone = Phone(Marked(self.room.server.url, address=ADDRESS)).joins(self.room.ada.join_url).confirms()
            self.secrets[f"cookie {number}"] = phone.browser.cookies["w"].encode()
            self.secrets[f"secret {number}"] = thief.secret(phone.browser.cookies["w"])
            made.append(phone)
        return made

    def keys(self) -> None:
        """Remember every key that there is now."""
        for path in thief.files(self.folder):
            if path.suffix in (".k", ".d", ".t"):
                self.secrets[path.name] = path.read_bytes()

    def wipes(self) -> None:
        until = time.monotonic() + self.patience
        while thief.log_bytes(self.room.database) and time.monotonic() < until:
            time.sleep(0.05)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    made = _evening(tmp_path)
    yield made
    made.room.server.stop()


def _evening(folder: Path, *broken: str) -> Evening:
    (folder / "tmp").mkdir()
    server = Doomed(folder, env={"TMPDIR": str(folder / "tmp")})
    room = Room.opened(server, 0)
    if broken:
        server.kill()
        server.broken = [f"tests.{name}" for name in broken]
        server.start()
    return Evening(room, folder)


def _texts(evening: Evening) -> None:
    """Five people write; one takes it back; one text is hidden; a question of two is never read."""
    ada, people = evening.room.ada, evening.people(6)
    words = {"withdrawn": WITHDRAWN, "hidden": HIDDEN, "unread": UNREAD, "quiet": QUIET}
    evening.secrets |= {name: said.encode() for name, said in words.items()}
    evening.secrets |= {"agent": AGENT.encode(), "address": ADDRESS.encode(), "typed": TYPED.encode()}
    Phone(Marked(evening.room.server.url, address=ADDRESS)).tries_to_join(TYPED)
    people[0].asks_for_a_quiet_word(QUIET)
    ada.shows("t00")
    for phone, said in zip(people, (WITHDRAWN, HIDDEN, SHOWN, "one more", "and one"), strict=False):
        phone.answers(text=said)
    people[0].passes()
    for number, phone in enumerate(people):
        secret = thief.secret(phone.browser.cookies["w"])
        evening.secrets[f"pseudonym {number}"] = thief.pseudonym(evening.room.key, secret, "t00")


def _helps(evening: Evening) -> None:
    """Somebody takes a link; of link and cookie there is a hash at most, until the end."""
    link, helper = evening.room.ada.invites(), Marked(evening.room.server.url, address=ADDRESS)
    assert helper.post(link).status == 303
    kept = {"link": link.removeprefix("/h/"), "right": helper.cookies["h"]}
    evening.secrets |= {name: secret.encode() for name, secret in kept.items()}
    evening.secrets |= {
        f"hash of the {name}": hashlib.sha256(secret.encode()).digest() for name, secret in kept.items()
    }


def _closes(evening: Evening) -> None:
    evening.keys()
    ada = evening.room.ada
    ada.closes(now=True)
    evening.keys()
    ada.leaves_off(HIDDEN)
    ada.lets_through()
    ada.reveals()
    evening.wipes()


def _another_of_two(evening: Evening) -> None:
    """Too few to be shown."""
    ada = evening.room.ada
    ada.shows("t01")
    for phone in evening.people(2):
        phone.answers(text=UNREAD)
    evening.keys()
    ada.closes(now=True)


def _ends(evening: Evening) -> None:
    desk = evening.room.ada.desk
    evening.secrets |= {"code": desk["code"].encode(), "join": desk["join_url"].rpartition("/")[2].encode()}
    evening.room.ada.ends()
    evening.wipes()


def test_no_answer_lies_open_while_its_question_is(evening: Evening) -> None:
    _texts(evening)
    assert {name for name in evening.found if not name.startswith("pseudonym")} == set()


def test_a_close_leaves_nothing_that_was_not_shown(evening: Evening) -> None:
    _texts(evening)
    _closes(evening)
    key = f"{evening.room.handle.hex()}.k"
    assert evening.found == {key: {key}}, "the session's key, in its own folder, is all"


def test_the_end_leaves_nothing_of_anybody_and_no_file_that_is_not_on_the_list(evening: Evening) -> None:
    _texts(evening)
    _helps(evening)
    assert "hash of the right" in evening.found
    assert not {"link", "right"} & evening.found.keys()
    _closes(evening)
    _another_of_two(evening)
    _ends(evening)
    assert evening.found == {}
    assert evening.files <= KEPT
    assert thief.hits([SHOWN.encode()], evening.folder), "what was shown is kept: the search does find things"


def test_the_log_says_where_the_server_is_and_nothing_else(evening: Evening) -> None:
    _texts(evening)
    _closes(evening)
    _ends(evening)
    said = [line for line in evening.room.server.said().splitlines() if line]
    assert all(line.startswith(("Facilitator: ", "Phones: ", "Set up: ")) for line in said), said


# ---------- what must be caught ----------


def test_it_is_caught_that_answers_are_kept_as_they_are(tmp_path: Path) -> None:
    evening = _evening(tmp_path, "privacy.broken.plain_answers", "faults.broken.wipes_nothing")
    _texts(evening)
    assert {"withdrawn", "hidden"} <= set(evening.found)
    evening.patience = 0
    _closes(evening)
    _ends(evening)
    evening.room.server.stop()
    assert "hidden" in evening.found


def test_it_is_caught_that_the_log_notes_who_asked(tmp_path: Path) -> None:
    evening = _evening(tmp_path, "privacy.broken.talkative_log")
    _texts(evening)
    _closes(evening)
    _ends(evening)
    evening.room.server.stop()
    assert {"agent", "address", "join"} <= set(evening.found)
