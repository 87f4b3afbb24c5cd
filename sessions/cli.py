"""Commands about live sessions: list them, take results home, rehearse."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import click
from sqlalchemy import select

from sessions import exports, lookup, rehearse, report
from sessions.models import LiveSession
from workshop.database import db
from workshop.terminal import Failed, as_json, database, settings

SessionId = click.argument("session_id", metavar="SESSION", type=int)


@click.group()
def session() -> None:
    """Live sessions."""


@session.command("list")
@as_json
def list_sessions(as_json: bool) -> None:
    """Print all sessions, newest first."""
    with database():
        rows = _all()
    said = [
        {
            "id": row.id,
            "title": row.title,
            "date": row.opened_on.isoformat(),
            "state": row.state,
            "practice": row.practice,
        }
        for row in rows
    ]
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for line in said:
        click.echo(f"{line['id']:>4}  {line['date']}  {line['state']:<7}  {line['title']}")
    if not said:
        click.echo("There is no session yet.")


@click.command()
@SessionId
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=".csv or .json")
def export(session_id: int, output: Path) -> None:
    """Write the results of a session that has ended to a file."""
    with database():
        live = lookup.of(session_id)
        row = next((row for row in _all() if row.id == session_id), None)
        if live is None or row is None or row.state != "ended" or row.practice:
            raise Failed(f"There is no session {session_id} that has ended.")
        if output.suffix not in (".csv", ".json"):
            raise Failed("The file's name must end in .csv or .json.")
        opened_on = report.facts(row).date
        content = exports.as_csv(live) if output.suffix == ".csv" else exports.as_json(live, row)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise Failed(f"{output} cannot be written ({error.strerror}).") from error
    click.echo(f"The results of {opened_on} are in {output}.")


@click.command("rehearse")
@click.argument("session_id", metavar="[SESSION]", type=int, required=False)
@click.option("--phones", type=click.IntRange(1, 200), default=10, show_default=True, help="How many people take part.")
@click.option("--server", help="Where the server is (default: this machine, at its port).")
@click.option("--seed", type=int, help="The same people as the last time with this number.")
def dry_run(session_id: int | None, phones: int, server: str | None, seed: int | None) -> None:
    """Fill a practice session with simulated phones until it ends."""
    with database():
        running = [row for row in _all() if row.practice and row.state != "ended"]
        chosen = next((row for row in running if session_id in (None, row.id)), None)
    if chosen is None or chosen.join_secret is None:
        raise Failed("No practice session is running. Open a workshop, choose Practice, and try again.")
    base = server or f"http://127.0.0.1:{settings().port}"
    done: Counter[str] = Counter()

    def tell(what: str) -> None:
        done[what] += 1
        click.echo("\r" + ", ".join(f"{count} {word}" for word, count in sorted(done.items())) + "   ", nl=False)

    rehearse.run(base.rstrip("/"), f"/j/{chosen.join_secret}", phones, tell, seed)
    if not done["joined"]:
        raise Failed(f"\nNobody could join at {base}. Is a server there, with a certificate that this machine trusts?")
    click.echo(f"\n{date.today().isoformat()}: the practice session is over.")


def _all() -> list[LiveSession]:
    with db.read() as reader:
        return list(reader.scalars(select(LiveSession).order_by(LiveSession.id.desc())))


COMMANDS: tuple[click.Command, ...] = (session, export, dry_run)
