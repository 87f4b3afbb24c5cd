"""The first of two linked answers, kept by the phone that gave it: sealed, of one length, of use to this server alone.

Nothing of it stays here: no table says who gave what first, and without its cookie an answer is in no pair.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from sessions import cookies
from sessions.sealing import Unreadable, seal_anew, unseal
from sessions.seats import Seat
from sessions.snapshot import StepState
from workshop.kinds.kind import Answer, Question


def keepsake(seat: Seat, asked: StepState, question: Question, plain: bytes) -> str:
    """What the phone keeps of its answer to the first question; empty where `question` is no such.

    The same answer never gives the same bytes twice, so whoever holds the phone cannot find it out by trying.
    """
    if question.linked != "pre":
        return ""
    sealed = seal_anew(seat.key, _place(seat, asked, question), plain, question.bucket)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def first(seat: Seat, asked: StepState, question: Question, kept: str) -> Answer | None:
    """The first answer to the second question `asked`, as this phone kept it.

    None where it passed, and for anything that was not given to this seat, in this session, when this was asked first.
    """
    before = seat.live.first_half(asked.step_id)
    if question.linked != "post" or before is None or not kept:
        return None
    try:
        raw = base64.b64decode(kept + "=" * (-len(kept) % 4), altchars=b"-_", validate=True)
        plain = unseal(seat.key, _place(seat, before, question), raw)
        return question.answer.model_validate_json(plain) if plain else None
    except (binascii.Error, ValueError, Unreadable):
        return None


def headers(kept: str, https: bool) -> Sequence[tuple[str, str]]:
    """With an acknowledgement: what the phone is to keep from here on, where that is anything."""
    return [cookies.FIRST.line(kept, https)] if kept else []


def _place(seat: Seat, first: StepState, question: Question) -> bytes:
    """The link: one round of the first question, its scale, which both must have, and the phone."""
    scale = "/".join(option.id for option in question.options)
    return f"link/{first.row}/{first.phase}/{scale}/".encode() + seat.token.secret
