"""What every command needs: settings, the database, words or JSON, and a sentence when it cannot be done."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from workshop.config import Settings, Unfit
from workshop.database import db
from workshop.storage import Unusable

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


class Failed(click.ClickException):
    """What was asked cannot be done, and why. Exit 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


def settings() -> Settings:
    """Those of the environment."""
    try:
        return Settings.from_environment(os.environ)
    except Unfit as unfit:
        raise Failed(str(unfit)) from unfit


@contextmanager
def database() -> Iterator[Settings]:
    """The database of this server, which may be running meanwhile."""
    found = settings()
    try:
        db.open(found)
    except Unusable as why:
        raise Failed(str(why)) from why
    try:
        yield found
    finally:
        db.close()


def say(data: Any, as_json: bool, words: str) -> None:
    """`data` for a script, or `words` for a person."""
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else words)
