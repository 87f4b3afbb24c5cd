"""How long what is left of a session is kept: shown to its facilitator, and ended by itself."""

from __future__ import annotations

REST_DAYS = 30
"""The rest of a session, after its end."""

RELEASE_DAYS = 400
"""Its releases: a year, and the weeks that a funder's report takes."""
