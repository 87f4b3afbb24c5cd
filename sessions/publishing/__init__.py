"""The publication rules: which part of a tally may be shown, as pure functions, decided here and nowhere else.

`ladder` counts people by one choice each, `alone` by several, `tender` says words, `inference` answers for all of them
which values a hidden cell can still have, `rounds` sets a second round beside the first, and `beside` what was counted
by hand beside what phones answered.
"""

from __future__ import annotations

from sessions.publishing.beside import beside, passed
from sessions.publishing.figures import mean, percentages
from sessions.publishing.release import publish, publish_table
from sessions.publishing.rounds import second_round
from sessions.publishing.rules import DEFAULT, Rules, Sensitivity, k_for, live_due, rules_for

__all__ = [
    "DEFAULT",
    "Rules",
    "Sensitivity",
    "beside",
    "k_for",
    "live_due",
    "mean",
    "passed",
    "percentages",
    "publish",
    "publish_table",
    "rules_for",
    "second_round",
]
