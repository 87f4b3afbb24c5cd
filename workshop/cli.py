"""Commands for whoever looks after the server. Exit 0: done; 2: a sentence on stderr says why not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from workshop import accounts, backup, checker, doctor, invitations, network, shelf
from workshop.models import Facilitator
from workshop.pack import Pack, PackError, built_in
from workshop.terminal import Failed, as_json, database, say, settings

password_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
pack_file = click.argument("file", type=click.Path(path_type=Path))

# ---------- facilitators ----------


@click.group()
def facilitator() -> None:
    """Accounts of facilitators."""


@facilitator.command()
@click.argument("email")
@click.option("--name", default="", help="How other facilitators see them.")
@password_stdin
@as_json
def add(email: str, name: str, password_stdin: bool, as_json: bool) -> None:
    """Make an account."""
    with database():
        try:
            made = accounts.add(email, name, _password(password_stdin))
        except accounts.Refused as refused:
            raise Failed(refused.message) from refused
    say({"id": made, "email": accounts.plain(email)}, as_json, f"{accounts.plain(email)} can sign in now.")


@facilitator.command()
@as_json
def invite(as_json: bool) -> None:
    """Print a link that makes one account."""
    with database() as found:
        host = next(iter(network.addresses()), "localhost")
        base = found.public_url or f"http://{host}:{found.port}"
        url = f"{base}/setup/{invitations.invite(None)}"
    say({"url": url, "days": invitations.DAYS}, as_json, url)


@facilitator.command("list")
@as_json
def list_facilitators(as_json: bool) -> None:
    """Print all accounts."""
    with database():
        rows = [
            {"id": one.id, "email": one.email, "name": one.name, "disabled": one.disabled}
            for one in accounts.everyone()
        ]
    lines = [f"{row['email']}  {row['name']}{'  (disabled)' if row['disabled'] else ''}" for row in rows]
    say(rows, as_json, "\n".join(lines) or "There is no account yet.")


@facilitator.command()
@click.argument("email")
def disable(email: str) -> None:
    """Sign somebody out everywhere, and let them in no more. What they own stays."""
    with database():
        accounts.disable(_found(email).id)
    click.echo(f"{accounts.plain(email)} is signed out and cannot sign in.")


@facilitator.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let somebody in again."""
    with database():
        accounts.enable(_found(email).id)
    click.echo(f"{accounts.plain(email)} can sign in again.")


@facilitator.command()
@click.argument("email")
@password_stdin
def password(email: str, password_stdin: bool) -> None:
    """Set a new password for somebody who forgot theirs."""
    with database():
        who = _found(email)
        try:
            accounts.set_password(who.id, _password(password_stdin))
        except accounts.Refused as refused:
            raise Failed(refused.message) from refused
    click.echo(f"{who.email} has a new password and is signed out everywhere.")


# ---------- packs ----------


@click.group()
def pack() -> None:
    """Workshops as files."""


@pack.command()
@pack_file
@as_json
def check(file: Path, as_json: bool) -> None:
    """Say all that is wrong with a pack, and where."""
    problems = checker.report(_text(file))
    rows = [{"level": p.level, "place": p.place, "line": p.line, "message": p.message} for p in problems]
    say(rows, as_json, "\n".join(f"{p.level}: {p}" for p in problems) or f"{file.name} is a pack.")
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        raise Failed(f"{file.name} cannot be used: {errors} errors." if errors > 1 else f"{file.name} cannot be used.")


@pack.command()
def schema() -> None:
    """Print the format as JSON Schema."""
    click.echo(json.dumps(Pack.schema(), indent=2, ensure_ascii=False))


@pack.command("list")
@as_json
def list_packs(as_json: bool) -> None:
    """Print the packs that come with Attune."""
    found = [(name, pack.workshop) for name, pack in built_in()]
    rows = [{"name": name, "version": about.version, "title": about.title} for name, about in found]
    say(rows, as_json, "\n".join(f"{row['name']} {row['version']}  {row['title']}" for row in rows))


@pack.command("import")
@pack_file
@click.option("--owner", required=True, metavar="EMAIL", help="Whose library it goes to.")
@as_json
def import_pack(file: Path, owner: str, as_json: bool) -> None:
    """Put a pack into somebody's library."""
    try:
        loaded = Pack.load(_text(file))
    except PackError as error:
        raise Failed(f"{file.name} is not a pack:\n{error}") from error
    with database():
        made = shelf.put(_found(owner).id, loaded)
    title = loaded.workshop.title
    say({"id": made, "title": title}, as_json, f"“{title}” is in the library of {accounts.plain(owner)}.")


# ---------- the server ----------


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def back_up(file: Path) -> None:
    """Write a copy of the database, without any key. The server may be running."""
    with database():
        try:
            backup.write(file)
        except backup.Refused as refused:
            raise Failed(str(refused)) from refused
    click.echo(f"The backup is in {file}.")


@click.command("doctor")
@as_json
def examine(as_json: bool) -> None:
    """Say what is wrong with this set-up, and how many phones it holds."""
    findings = doctor.examine(settings())
    say([finding.as_json() for finding in findings], as_json, "\n".join(str(finding) for finding in findings))
    if doctor.ill(findings):
        raise Failed("Something must be mended before people are in the room.")


COMMANDS: tuple[click.Command, ...] = (facilitator, pack, back_up, examine)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Failed("There is nobody to ask for the password: use --password-stdin.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _found(email: str) -> Facilitator:
    try:
        return accounts.by_email(email)
    except accounts.NoSuchFacilitator as error:
        raise Failed(f"No account has the address {accounts.plain(email)}.") from error


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Failed(f"{file} cannot be read ({error.strerror}).") from error
