"""What goes wrong, told to a person: a sentence and no detail; to the log: a class and an id."""

from __future__ import annotations

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from workshop.storage import Unsaved
from workshop.trouble import note
from workshop.words import N_
from workshop.words import gettext as _

SENTENCES = {
    400: N_("This request could not be read."),
    401: N_("Sign in first."),
    404: N_("There is nothing at this address."),
    405: N_("This address cannot be used in that way."),
    413: N_("That is too large."),
    429: N_("That was quick. Please wait a moment."),
    503: N_("That did not get through. Please try again in a moment."),
}


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Unsaved, _unsaved)
    app.register_error_handler(Exception, _broken)


def _refused(error: HTTPException) -> ResponseReturnValue:
    """The same page for the same status, whatever was asked: absent and not yours are byte for byte alike."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    sentence = _(SENTENCES.get(status, N_("That did not work.")))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return render_template("error.html", status=status, sentence=sentence, id=None), status, headers


def _unsaved(error: Unsaved) -> ResponseReturnValue:
    return render_template("error.html", status=503, sentence=str(error), id=note(error)), 503


def _broken(error: Exception) -> ResponseReturnValue:
    sentence = _("Something went wrong here. Nothing that was saved is lost. Please try again.")
    return render_template("error.html", status=500, sentence=sentence, id=note(error)), 500
