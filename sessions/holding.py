"""Holding texts back: sealed under a key of their own and shuffled, until a person has read them."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from sessions import checkpoints
from sessions.models import HeldText, LiveStep
from sessions.screening import second_look
from sessions.sealing import seal, unseal
from sessions.vault import Key, vault
from workshop.release import Release, ShownTexts, ShownWords
from workshop.tally import Tally, Texts, Words

TEXT_BUCKET = 1024
OWN = 0
"""The row of no question: what is for the facilitator alone has one key in a session, which lasts until its end."""

_shuffle = random.SystemRandom().shuffle


@dataclass(frozen=True)
class Waiting:
    """A text, the name of its part of the question, and how many people sent it."""

    part: str
    text: str
    people: int


def to_read(release: Release, tally: Tally) -> list[Waiting]:
    """Texts and words of a tally that may be shown at all; the rest is deleted unseen."""
    shown = {part.name: part for part in release.parts if isinstance(part, ShownWords | ShownTexts)}
    found: list[Waiting] = []
    for part in tally:
        kept = shown.get(part.name)
        if isinstance(part, Words) and isinstance(kept, ShownWords):
            words = {word for word, _ in kept.entries}
            found += [Waiting(part.name, word, people) for word, people in part.entries if word in words]
        elif isinstance(part, Texts) and kept:
            found += [Waiting(part.name, text, 1) for text in part.entries]
    return found


def hold(session: Session, handle: bytes, row: LiveStep, waiting: list[Waiting]) -> None:
    """Put texts away for a person to read first, shuffled; words that two phones sent pass by themselves."""
    key = vault.make_texts(handle, row.id)
    _shuffle(waiting)
    for one in waiting:
        passes = one.people > 1 and not second_look(one.text)
        _put(session, key, row, one, "passed" if passes else "held")
    session.flush()
    checkpoints.reached("texts-held")


def keep_for_the_end(session: Session, handle: bytes, row: LiveStep, texts: Sequence[Texts]) -> None:
    """Put away what only the facilitator may read, after the end, shuffled, under a key that lasts until then."""
    waiting = [Waiting(part.name, text, 1) for part in texts for text in part.entries]
    if not waiting:
        return
    key = vault.make_texts(handle, OWN)
    _shuffle(waiting)
    for one in waiting:
        _put(session, key, row, one, "own")
    row.path = {**row.path, "own": [_noted(part) for part in texts]}


def opened(key: Key, row: HeldText) -> tuple[str, str]:
    """The part of the question that a text belongs to, and the text."""
    name, _tab, text = unseal(key, row.id.encode(), row.payload).decode().partition("\t")
    return name, text


def _put(session: Session, key: Key, row: LiveStep, one: Waiting, status: str) -> None:
    text_id = secrets.token_hex(8)
    payload = sealed(key, text_id, one.part, one.text)
    session.add(HeldText(id=text_id, step=row.id, phase=row.phase, people=one.people, status=status, payload=payload))


def let_go(row: LiveStep, *what: str) -> None:
    """Nothing waits here any more, nor does it say how many had written; `what`: `held`, `own`."""
    row.path = {name: value for name, value in row.path.items() if name not in what}


def note(release: Release, tally: Tally) -> dict[str, Any]:
    """What a step's path says while texts wait: what may be shown besides, and what belongs to each part of texts."""
    written = {part.name: part for part in tally if isinstance(part, Words | Texts)}
    return {
        "parts": [
            _noted(written[part.name]) if part.name in written else {"shown": part.model_dump(mode="json")}
            for part in release.parts
        ]
    }


def _noted(part: Words | Texts) -> dict[str, Any]:
    return {
        "what": type(part).__name__.lower(),
        "name": part.name,
        "title": part.title,
        "answerers": part.answerers,
        "own_line": isinstance(part, Texts) and part.own_line,
    }


def beside(texts: Release, held: Mapping[str, Any]) -> Release:
    """The release of texts that were let through, in their place among what was counted; of own lines perhaps none."""
    let_through = {part.name: part for part in texts.parts}
    own = {noted["name"] for noted in held["parts"] if noted.get("own_line")}
    parts: list[Any] = [noted.get("shown") or let_through.get(noted["name"]) for noted in held["parts"]]
    kept = [one for one in parts if one and not (getattr(one, "name", "") in own and not one.entries)]
    return Release.model_validate({**texts.model_dump(), "parts": kept, "withheld": not kept})


def counted(release: Release) -> Release:
    """A release without the texts that a person reads first."""
    parts = tuple(part for part in release.parts if not isinstance(part, ShownWords | ShownTexts))
    return release.model_copy(update={"parts": parts, "withheld": not parts})


def sealed(key: Key, text_id: str, part: str, text: str) -> bytes:
    """A text as it is stored, as long as any other, with the part of the question that it belongs to."""
    return seal(key, text_id.encode(), f"{part}\t{text}".encode(), TEXT_BUCKET)
