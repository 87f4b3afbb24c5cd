"""The facilitator's cookie: as strict as the connection allows."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from workshop.config import Settings

NAME = "attune"


class FacilitatorCookie(SecureCookieSessionInterface):
    """HttpOnly and SameSite=Lax; on HTTPS also Secure and `__Host-`, so that no neighbouring host can plant one.

    Decided for each request: one server is reached at https://room.example.org and at http://localhost:8000.
    """

    def __init__(self, settings: Settings) -> None:
        self._public = urlsplit(settings.public_url or "")

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Phones have no such cookie: a tenth of what an answer costs would go into a signer that signs nothing.

        How old a cookie may be is for `signin` to say: Flask's own check refuses all that were made by a clock which
        has been set back since.
        """
        value, signer = request.cookies.get(self.get_cookie_name(app)), self.get_signing_serializer(app)
        if not value or not signer:
            return self.session_class()
        try:
            return self.session_class(signer.loads(value))
        except BadSignature:
            return self.session_class()

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
