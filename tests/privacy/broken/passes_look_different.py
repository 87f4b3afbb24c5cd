"""Answers a pass in other words than an answer."""

from __future__ import annotations

from collections.abc import Callable

from sessions import answers
from sessions.seats import Seat
from sessions.writer import Outcome
from workshop.kinds.kind import Form

record = answers.record


def telling(seat: Seat, form: Form) -> Outcome:
    outcome = record(seat, form)
    return Outcome(outcome.verdict, outcome.next + 1) if form.get("pass") else outcome


def install(put: Callable[[object, str, object], None] = setattr) -> None:
    put(answers, "record", telling)
