"""Record an answer or a change of mind; returns when it is committed, or refuses with a code and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sessions import linking, ticker
from sessions.limits import limits
from sessions.sealing import place, seal
from sessions.seats import Seat
from sessions.snapshot import Snapshot, StepState
from sessions.vault import vault
from sessions.writer import Outcome, Pending, writer
from workshop import strings
from workshop.kinds.kind import Answer, Form, Invalid, Kind, Question
from workshop.typed import whole

HIGHEST = 1_000_000
"""No phone changes its mind more often; a higher rev is not ours."""


class Refused(Exception):
    """An answer that is not taken. `code` is stable; `message` is for the person; `next` is the rev to send."""

    STATUS: ClassVar = {
        "closed": 409, "not_open": 409, "paused": 409, "stale": 409,
        "bad_option": 422, "too_long": 422, "empty": 422,
        "slow_down": 429, "try_again": 503,
    }  # fmt: skip

    def __init__(
        self, code: str, message: str, *, next: int | None = None, wait: float | None = None, field: str = ""
    ) -> None:
        super().__init__(code)
        self.code, self.message, self.next, self.wait, self.field = code, message, next, wait, field
        self.status = self.STATUS[code]


SENTENCES = {
    "closed": "closed_late",
    "not_open": "not_open",
    "paused": "paused",
    "stale": "stale",
    "bad_option": "bad_option",
    "slow_down": "slow_down",
    "try_again": "try_again",
}
"""The string that says each refusal."""


@dataclass(frozen=True)
class Taken(Outcome):
    """An answer that is stored. `keepsake`: what the phone keeps of it until it is asked the same once more."""

    keepsake: str = ""


def record(seat: Seat, form: Form, kept: str = "") -> Taken:
    """Store the answer in `form` for this seat; raises `Refused`. `kept`: what the phone has of a linked question."""
    live = seat.live
    if seat.fresh:  # its cookie is only on the way: an answer now could be given twice
        raise _refused(live, "try_again", wait=1)
    _slow_down(live, limits.answer(seat.name))
    asked, kind, question = _asked(live, form)
    rev = _rev(live, form)
    plain = b"" if form.get("pass") else _read(seat, kind, form, question, linking.first(seat, asked, question, kept))
    key = vault.question(live.handle, asked.row, asked.phase)
    if key is None:
        raise _refused(live, "try_again", wait=2)
    p = seat.pseudonym(asked.step_id, asked.round, asked.phase)
    sealed = seal(key, place(asked.row, asked.phase, p, rev), plain, question.bucket)
    outcome = writer.record(Pending(asked.row, asked.phase, p, rev, sealed))
    if outcome.verdict != "saved":
        raise _refused(live, outcome.verdict, next=outcome.next, wait=2 if outcome.verdict == "try_again" else None)
    ticker.soon(live.id)
    return Taken(outcome.verdict, outcome.next, outcome.new, linking.keepsake(seat, asked, question, plain))


def _asked(live: Snapshot, form: Form) -> tuple[StepState, Kind, Question]:
    """The open question that the form speaks of. The check that counts comes later, inside the transaction."""
    step_id, round, phase = form.get("step", ""), form.get("round", ""), form.get("phase", "")
    for asked in live.rounds.get(step_id, ()):
        if (str(asked.round), str(asked.phase)) != (round, phase):
            continue
        if asked.state == "interrupted":
            raise Refused("not_open", strings.text(live.pack.strings, "interrupted"))
        if not asked.taking:
            raise _refused(live, "closed" if asked.state in ("closed", "revealed") else "not_open")
        if live.state == "paused":
            raise _refused(live, "paused")
        if asked is live.now and live.kind and live.question:
            return asked, live.kind, live.question
    raise _refused(live, "closed" if _was_asked(live, step_id, round, phase) else "not_open")


def _was_asked(live: Snapshot, step_id: str, round: str, phase: str) -> bool:
    """True for an earlier phase or round of a step of this session."""
    return any(
        str(state.round) == round and phase in map(str, range(state.phase)) for state in live.rounds.get(step_id, ())
    )


def _rev(live: Snapshot, form: Form) -> int:
    given = form.get("rev", "")
    rev = whole(given, least=1, most=HIGHEST)
    if rev is None:
        raise _refused(live, "bad_option", field="rev")
    return rev


def _read(seat: Seat, kind: Kind, form: Form, question: Question, before: Answer | None) -> bytes:
    if question.moderated:
        _slow_down(seat.live, limits.text(seat.name))
    try:
        answer = kind.read(form, question)
    except Invalid as invalid:
        raise Refused(invalid.code, invalid.message, field=invalid.field) from invalid
    return (kind.paired(before, answer) if before else answer).model_dump_json().encode()


def _slow_down(live: Snapshot, wait: float | None) -> None:
    if wait is not None:
        raise _refused(live, "slow_down", wait=wait)


def _refused(
    live: Snapshot, code: str, *, next: int | None = None, wait: float | None = None, field: str = ""
) -> Refused:
    return Refused(code, strings.text(live.pack.strings, SENTENCES[code]), next=next, wait=wait, field=field)
