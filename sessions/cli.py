"""Commands about live sessions: list them, take results home, rehearse."""

from __future__ import annotations

from pathlib import Path

import click

from sessions import exports
from workshop import cli


@click.group()
def session() -> None:
    """Live sessions."""


COMMANDS: list[click.Command] = [session]
