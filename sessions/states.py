"""Which way a session and a question may go: transitions as tables; a wrong one raises."""

from __future__ import annotations

from collections.abc import Mapping

from sessions.snapshot import Snapshot
from workshop.words import gettext as _


class Wrong(Exception):
    """A verb that the present state does not allow, as a sentence for the facilitator."""


SESSION: Mapping[str, tuple[frozenset[str], str]] = {
    "start": (frozenset({"lobby"}), "live"),
    "pause": (frozenset({"live"}), "paused"),
    "resume": (frozenset({"paused"}), "live"),
    "end": (frozenset({"lobby", "live", "paused"}), "ended"),
}

QUESTION: Mapping[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({"shown"}), "open"),
    "close": (frozenset({"open"}), "closing"),
    "undo": (frozenset({"closing"}), "open"),
    "count": (frozenset({"open", "closing", "interrupted"}), "closed"),
    "cut": (frozenset({"open", "closing"}), "interrupted"),
    "reveal": (frozenset({"closed"}), "revealed"),
    "ask on": (frozenset({"closed", "revealed"}), "shown"),
}
"""`ask on`: the step has another phase, with a question of its own."""


def after(table: Mapping[str, tuple[frozenset[str], str]], verb: str, state: str) -> str:
    """The state after `verb`; raises `Wrong` when it may not happen now."""
    sources, target = table[verb]
    if state not in sources:
        raise Wrong(_("That is not possible at this point."))
    return target


def why_not_again(live: Snapshot) -> str:
    """Why the present question cannot be asked a second time, as a sentence; empty when it can."""
    now = live.now
    if now is None or now.state not in ("closed", "revealed", "interrupted"):
        return _("Close the question before asking it again.")
    if live.kind and not live.kind.rounds:
        return _("This step has a way of its own to vote again.")
    if now.round > 1:
        return _("A question can be asked twice at the most.")
    if now.held:
        return _("Show or leave off what was written first.")
    written = live.question and (live.question.moderated or "own" in now.path)
    if written and live.step and live.step.sensitivity != "low":
        return _("What people write on a personal question is asked once only.")
    return ""
