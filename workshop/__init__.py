"""What is prepared: facilitators, packs, and the library of workshops."""

from __future__ import annotations

from flask import Flask

from workshop import (
    account,
    adapted,
    assets,
    cookie,
    errors,
    health,
    help_page,
    identity,
    kinds,
    library,
    packing,
    printed,
    signin,
    words,
)
from workshop.config import Settings
from workshop.database import db


def register(app: Flask, settings: Settings) -> None:
    """Open the database, and put in this package's doors and what every page needs."""
    db.open(settings)
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    cookie.register(app, settings)
    for part in (errors, assets, health, packing, identity, signin):
        part.register(app)
    for part in (account, help_page, library, adapted, printed):
        app.register_blueprint(part.doors)
    kinds.check_templates(frozenset(app.jinja_env.list_templates()).__contains__)
