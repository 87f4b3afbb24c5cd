"""Which way a session and a question may go: transitions as tables; a wrong one raises."""

from __future__ import annotations

from collections.abc import Mapping

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
