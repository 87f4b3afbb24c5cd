"""Every verb in every state either goes where the table says, or is refused with a sentence and changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sessions import forget, lookup, presses
from sessions.vault import vault
from tests.actors import Cast, Facilitator, Phone

Reach = Callable[[Cast, Facilitator], list[Phone]]


def lobby(cast: Cast, ada: Facilitator) -> list[Phone]:
    return []


def reading(cast: Cast, ada: Facilitator) -> list[Phone]:
    ada.goes_to("care")
    return []


def shown(cast: Cast, ada: Facilitator) -> list[Phone]:
    ada.goes_to("deep")
    return cast.phones(ada.join_url, 6)


def asked(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = shown(cast, ada)
    ada.asks()
    for i, phone in enumerate(phones):
        phone.answers(choice="abc"[i % 3])
    return phones


def closing(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = asked(cast, ada)
    ada.closes()
    return phones


def closed(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = asked(cast, ada)
    ada.closes(now=True)
    return phones


def revealed(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = closed(cast, ada)
    ada.reveals()
    return phones


def interrupted(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = asked(cast, ada)
    for path in vault._volatile.iterdir():
        vault._destroy(path)
    forget.rekey(ada.live)
    return phones


def paused(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = asked(cast, ada)
    ada.pauses()
    return phones


def ended(cast: Cast, ada: Facilitator) -> list[Phone]:
    phones = closed(cast, ada)
    ada.ends()
    return phones


DOORS = {"lock", "unlock", "code"}
PLANS = {
    "minute": ("lobby", "paused", "ended"),
    "drop": ("ended",),
    "bring-back": ("ended",),
    "plan": ("open", "closing", "interrupted", "paused", "ended"),
    "new-end": ("lobby", "paused", "ended"),
    "dismiss": ("ended",),
    "quiet-to": ("ended",),
}
"""Verbs that change time, plan or who helps and leave the room where it is: where they are refused."""
PRESSES: dict[str, dict[str, str]] = {
    "show": {"step": "care"}, "open": {}, "close": {"sure": "1"}, "close now": {"now": "1"}, "undo": {}, "reveal": {},
    "next": {}, "back": {}, "again": {}, "act": {"action": "forward"}, "pause": {}, "care": {}, "resume": {},
    "lock": {}, "unlock": {}, "code": {}, "text": {"do": "unmarked"}, "kind-note": {}, "end": {"sure": "1"},
    "minute": {"by": "1"}, "drop": {"steps": "alone"}, "bring-back": {"step": "alone"}, "plan": {"variant": "short"},
    "new-end": {}, "dismiss": {"number": "1"}, "quiet-to": {"number": "0"},
}  # fmt: skip
"""Every verb with what makes it meant. `forward` is one of these; `quiet` and `view` move nothing."""

HOLDS_STILL = {"pause": "paused", "care": "paused", "end": "ended"}
TABLE: dict[str, tuple[Reach, dict[str, str]]] = {
    "lobby": (lobby, {"next": "reading", "show": "reading", "end": "ended"}),
    "reading": (reading, {"show": "reading", "next": "open", **HOLDS_STILL}),
    "shown": (shown, {"open": "open", "show": "reading", "next": "open", "back": "closed", **HOLDS_STILL}),
    "open": (asked, {"close": "closing", "close now": "closed", **HOLDS_STILL}),
    "closing": (closing, {"undo": "open", "close now": "closed", **HOLDS_STILL}),
    "closed": (
        closed,
        {"reveal": "revealed", "again": "open", "show": "reading", "next": "open", "back": "closed", **HOLDS_STILL},
    ),
    "revealed": (revealed, {"again": "open", "show": "reading", "next": "open", "back": "closed", **HOLDS_STILL}),
    "interrupted": (interrupted, {"close": "closed", "close now": "closed", "again": "open", **HOLDS_STILL}),
    "paused": (paused, {"resume": "open", "care": "paused", "end": "ended"}),
    "ended": (ended, {}),
}
"""By state: how to get there, and where each verb leads that is allowed there. The room's doors come on top."""


def test_the_table_knows_every_verb() -> None:
    assert {press.removesuffix(" now") for press in PRESSES} | {"forward", "quiet"} == set(presses.VERBS)


def allowed(state: str) -> dict[str, str]:
    """Where each verb leads that is allowed in `state`, the room's doors and the note to all phones among them."""
    doors = {verb: state for verb in DOORS if state != "ended"}
    notes = {"kind-note": state} if state != "ended" else {}
    notes |= {verb: state for verb in PLANS if state not in PLANS[verb]}
    return {**doors, **notes, **TABLE[state][1]}


def stand(cast: Cast, ada: Facilitator, room: str, state: str) -> int:
    """Go to `state`; the version there."""
    ada.opens(workshop=room)
    TABLE[state][0](cast, ada)
    if state != "ended":
        ada.invites()
    desk = ada.desk
    assert desk["step_state"] == state
    return int(desk["version"])


@pytest.mark.parametrize(("state", "press"), [(state, press) for state in TABLE for press in sorted(allowed(state))])
def test_an_allowed_verb_leads_where_the_table_says(
    cast: Cast, ada: Facilitator, room: str, state: str, press: str
) -> None:
    before = stand(cast, ada, room, state)
    ada.presses(press.removesuffix(" now"), **PRESSES[press])
    after = ada.desk
    assert after["step_state"] == allowed(state)[press]
    assert after["version"] > before


@pytest.mark.parametrize("state", TABLE)
def test_every_other_verb_is_refused_with_a_sentence(cast: Cast, ada: Facilitator, room: str, state: str) -> None:
    stand(cast, ada, room, state)
    for press in PRESSES.keys() - allowed(state).keys():
        said = ada.refused(press.removesuffix(" now"), **PRESSES[press])
        assert said[0].isupper(), press
        assert said.endswith((".", "?")), press


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("show", {"step": "nowhere"}), ("show", {}), ("act", {"action": "dance"}), ("act", {}),
     ("resume", {"to": "nowhere"}), ("text", {"do": "dance"}), ("text", {"do": "show", "id": "f" * 16})],
)  # fmt: skip
def test_what_is_not_there_cannot_be_pressed(ada: Facilitator, room: str, verb: str, fields: dict[str, str]) -> None:
    ada.opens(workshop=room).goes_to("care")
    ada.refused(verb, **fields)


def test_forward_never_takes_a_close_back(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("easy")
    ada.closes()
    ada.refused("forward", sure="1")
    assert ada.desk["step_state"] == "closing"


def test_a_press_of_a_button_that_was_drawn_before_a_change_does_nothing(cast: Cast, ada: Facilitator) -> None:
    ada.opens("core").starts()
    form = next(one for one in ada.page().all("form") if one.at["action"].endswith("/close"))
    stale = {name: value for name, (value, *_) in form.fields.items()}
    ada.closes(now=True)
    at = ada.desk
    ada.presses("close", **stale, sure="1")
    ada.presses("next", **stale)
    assert ada.desk == at


def test_no_verb_lowers_k_once_a_session_is_open(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room, raised_k="8")
    for verb in presses.VERBS:
        if verb != "end":
            ada.tries(verb, raised_k="0", k="1", t="0", min_show="0", rules="{}")
    live = lookup.of(ada.live)
    assert live is not None
    assert live.raised_k == 8
