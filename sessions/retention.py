"""How long what is left of a session is kept: shown to its facilitator, and ended by itself."""

from __future__ import annotations

from workshop.config import Settings


class Retention:
    """In days after the end of a session. `releases`: what the room saw; `rest`: how the session was run."""

    releases = Settings.keep_releases_days
    rest = Settings.keep_session_days

    def open(self, settings: Settings) -> None:
        self.releases, self.rest = settings.keep_releases_days, settings.keep_session_days


retention = Retention()
