"""A request as the guard lets it in: its body is in memory, and form and cookies are read straight from there."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from urllib.parse import parse_qsl

import flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.sansio.http import parse_cookie

FRAGMENT = "text/html-fragment"
"""What our scripts accept: a region of a page, not the whole."""

FORM = "application/x-www-form-urlencoded"


class Request(flask.Request):
    """Flask's own, without the detours that cost more than all the rest of an answer's form."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        return ImmutableMultiDict(parse_cookie(self.environ.get("HTTP_COOKIE", "")))

    def _load_form_data(self) -> None:
        plain = self.environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == FORM
        if plain and "form" not in self.__dict__:
            with suppress(ValueError):  # not UTF-8: an empty form, as ever
                self.__dict__["form"] = self._form()
                self.__dict__["files"] = ImmutableMultiDict[str, object]()
        super()._load_form_data()

    def _form(self) -> ImmutableMultiDict[str, str]:
        body: bytes = self.environ["wsgi.input"].getvalue()
        return ImmutableMultiDict(parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote"))
