"""Whether this server can serve: for whatever looks after it."""

from __future__ import annotations

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from workshop.access import public
from workshop.database import db

doors = Blueprint("health", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(doors)


@doors.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    with db.read() as reader:
        reader.execute(text("SELECT 1"))
    return "ok", {"Content-Type": "text/plain; charset=utf-8"}
