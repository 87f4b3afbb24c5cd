"""Attune: builds the application by naming its parts, and starts it."""

from __future__ import annotations

import gc

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all(signal=False, queue=False)  # a server uses neither, and starts sooner
    gc.disable()  # until the server has settled: nothing of a start is garbage, and looking for it takes a tenth

import os
import sys
from functools import partial
from importlib import import_module

import click
from flask import Flask

import sessions
import workshop
from sessions import invitation, server, upkeep
from sessions.server import PortTaken
from workshop import claim, guard, invitations
from workshop.config import Settings, Unfit
from workshop.database import db
from workshop.epochs import epochs
from workshop.files import TEMPLATES
from workshop.request import Request
from workshop.storage import Unusable


def create_app(settings: Settings) -> Flask:
    """The application for these settings, its database up to date and what a crash left undone finished."""
    app = Flask("attune", template_folder=str(TEMPLATES), static_folder=None)
    app.request_class = Request
    app.extensions["attune"] = settings
    workshop.register(app, settings)
    sessions.register(app, settings)
    guard.install(app, settings)
    db.settle()
    return app


class Commands(click.Group):
    """Loaded when one is asked for: a server needs none of them, and starts sooner."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._all())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._all().get(cmd_name)

    def _all(self) -> dict[str, click.Command]:
        found = (import_module(package).COMMANDS for package in ("workshop.cli", "sessions.cli"))
        return {command.name: command for commands in found for command in commands}


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the facilitator's page in a browser.")
@click.pass_context
def main(context: click.Context, host: str | None, port: int | None, open_browser: bool) -> None:
    """A server for live group workshops in a room. Without a command, it serves."""
    if context.invoked_subcommand is not None:
        return gc.enable()
    try:
        os.umask(0o077)  # what this process writes is for its own user alone
        settings = Settings.from_environment(os.environ, host=host, port=port)
        listener = server.listen(settings.host, settings.port)
        claim.take(settings.data)
        made = create_app(settings)
    except (Unfit, Unusable, PortTaken) as why:
        print(why, file=sys.stderr)
        raise SystemExit(2) from None
    beside = (
        epochs.open, epochs.watch,
        upkeep.follow_the_network, upkeep.follow_the_clock, upkeep.follow_the_time, upkeep.follow_the_partners,
        upkeep.expire,
    )  # fmt: skip
    server.serve(made, listener, partial(announce, open_browser), beside=beside)


def announce(open_browser: bool, port: int) -> None:
    """Print where everybody goes, each on a line of its own."""
    here = f"http://localhost:{port}"
    invitation.listening(port)
    token = invitations.first_link_token()
    first = f"{here}/setup/{token}" if token else f"{here}/workshops"
    if token:
        print(f"Set up: {first}", flush=True)
    print(f"Facilitator: {here}/workshops", flush=True)
    print(f"Phones: {invitation.base()}", flush=True)
    if open_browser:
        import_module("webbrowser").open(first)  # loaded for those who ask


if __name__ == "__main__":
    main()
