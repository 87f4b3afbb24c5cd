"""The facilitator's cookie: as strict as the connection allows."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from workshop.config import Settings

NAME = "attune"
LONGEST = timedelta(hours=24)
"""No cookie is read after this, whatever it says."""


class FacilitatorCookie(SecureCookieSessionInterface):
    """HttpOnly and SameSite=Lax; on HTTPS also Secure and `__Host-`, so that no neighbouring host can plant one.

    Decided for each request: one server is reached at https://room.example.org and at http://localhost:8000.
    """

    def __init__(self, settings: Settings) -> None:
        self._public = urlsplit(settings.public_url or "")

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Phones have no such cookie: a tenth of what an answer costs would go into a signer that signs nothing."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)

    def get_cookie_name(self, app: Flask) -> str:
        return f"__Host-{NAME}" if self._https() else NAME

    def get_cookie_secure(self, app: Flask) -> bool:
        return self._https()

    def get_cookie_httponly(self, app: Flask) -> bool:
        return True

    def get_cookie_samesite(self, app: Flask) -> str:
        return "Lax"

    def get_cookie_path(self, app: Flask) -> str:
        return "/"

    def get_cookie_domain(self, app: Flask) -> None:
        return None

    def _https(self) -> bool:
        return request.is_secure or (self._public.scheme == "https" and request.host == self._public.netloc)


def register(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.secret_key
    app.session_interface = FacilitatorCookie(settings)
    app.permanent_session_lifetime = LONGEST
