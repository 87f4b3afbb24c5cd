"""Commands: 0 and what was done, or 2 and a sentence."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests import factories
from workshop import accounts, invitations, shelf
from workshop.cli import COMMANDS
from workshop.config import Settings
from workshop.database import db
from workshop.manuscript import written
from workshop.pack import built_in

((NAME, PACK),) = built_in()
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    commands = {command.name: command for command in COMMANDS}
    env = {"ATTUNE_DATA": str(tmp_path / "data"), "ATTUNE_RUNTIME": str(tmp_path / "runtime"), "ATTUNE_PORT": "0"}

    def run(*words: str, stdin: str = "", **more: str) -> Result:
        return CliRunner().invoke(commands[words[0]], words[1:], input=stdin, env={**env, **more})

    return run


@pytest.fixture
def opened(settings: Settings, run: Run) -> Settings:
    """The data that the commands of this test left, for a look inside."""
    db.open(settings)
    return settings


def done(result: Result) -> str:
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    assert result.stderr.strip()
    assert "Traceback" not in result.output
    return result.stderr.strip()


def adds(run: Run, email: str = "alice@example.org", *more: str) -> Result:
    return run("facilitator", "add", email, "--password-stdin", *more, stdin=factories.PASSWORD + "\n")


# ---------- facilitators ----------


def test_an_account_is_made_listed_disabled_and_let_in_again(run: Run, settings: Settings) -> None:
    assert done(run("facilitator", "list")) == "There is no account yet.\n"
    assert done(adds(run, "Alice@example.org", "--name", "Alice")) == "alice@example.org can sign in now.\n"
    assert done(run("facilitator", "list")) == "alice@example.org  Alice\n"
    done(run("facilitator", "disable", "alice@example.org"))
    assert done(run("facilitator", "list")) == "alice@example.org  Alice  (disabled)\n"
    done(run("facilitator", "enable", "alice@example.org"))
    db.open(settings)
    assert accounts.check("alice@example.org", factories.PASSWORD) is not None


def test_a_forgotten_password_is_replaced(run: Run, settings: Settings) -> None:
    done(adds(run))
    done(run("facilitator", "password", "alice@example.org", "--password-stdin", stdin="quite another one\n"))
    db.open(settings)
    assert accounts.check("alice@example.org", "quite another one") is not None
    assert accounts.check("alice@example.org", factories.PASSWORD) is None


def test_scripts_read_json(run: Run) -> None:
    assert json.loads(done(adds(run, "alice@example.org", "--json"))) == {"id": 1, "email": "alice@example.org"}
    (row,) = json.loads(done(run("facilitator", "list", "--json")))
    assert row == {"id": 1, "email": "alice@example.org", "name": "alice", "disabled": False}


def test_an_invitation_is_a_link_to_the_public_address(run: Run, settings: Settings) -> None:
    link = json.loads(done(run("facilitator", "invite", "--json", ATTUNE_PUBLIC_URL="https://room.example.org")))
    base, _, token = link["url"].rpartition("/")
    assert base == "https://room.example.org/setup"
    db.open(settings)
    assert invitations.opens(token)


@pytest.mark.parametrize(
    ("words", "stdin", "sentence"),
    [
        (("facilitator", "add", "alice", "--password-stdin"), "long enough\n", "does not look like an e-mail address"),
        (("facilitator", "add", "a@example.org", "--password-stdin"), "short\n", "at least 8 characters"),
        (("facilitator", "add", "a@example.org", "--password-stdin"), "", "at least 8 characters"),
        (("facilitator", "add", "a@example.org"), "", "use --password-stdin"),
        (("facilitator", "disable", "nobody@example.org"), "", "No account has the address nobody@example.org."),
        (("facilitator", "password", "nobody@example.org", "--password-stdin"), "x" * 9, "No account has the address"),
        (("facilitator", "add"), "", "Missing argument 'EMAIL'"),
        (("pack", "check", "/nowhere/at/all.yaml"), "", "cannot be read"),
        (("pack", "import", "/nowhere/at/all.yaml", "--owner", "a@example.org"), "", "cannot be read"),
        (("backup", "/nowhere/at/all.db"), "", "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, words: tuple[str, ...], stdin: str, sentence: str) -> None:
    assert sentence in refused(run(*words, stdin=stdin))


def test_the_same_address_twice_is_refused(run: Run) -> None:
    done(adds(run))
    assert refused(adds(run)) == "There is an account with this address already."


def test_a_setting_that_does_not_exist_is_named(run: Run) -> None:
    assert "ATTUNE_DATTA" in refused(run("facilitator", "list", ATTUNE_DATTA="/tmp"))


# ---------- packs ----------


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.yaml"
    file.write_text(written(PACK), encoding="utf-8")
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.yaml"
    text = written(PACK).replace("kind: reading", "kind: telepathy", 1).replace("min: 4", "min: many")
    file.write_text(text, encoding="utf-8")
    return file


def test_a_pack_without_errors_passes_the_check(run: Run, good: Path) -> None:
    rows: list[dict[str, Any]] = json.loads(done(run("pack", "check", str(good), "--json")))
    assert all(row["level"] != "error" for row in rows)


def test_a_check_says_everything_with_its_line(run: Run, bad: Path) -> None:
    result = run("pack", "check", str(bad), "--json")
    assert refused(result).startswith("bad.yaml cannot be used")
    errors = [row for row in json.loads(result.stdout) if row["level"] == "error"]
    assert any("telepathy" in row["message"] and row["line"] for row in errors)
    assert any(row["place"] == "workshop.group_size.min" for row in errors)


def test_a_pack_goes_into_the_library_of_its_owner(run: Run, good: Path, settings: Settings) -> None:
    done(adds(run))
    made = json.loads(done(run("pack", "import", str(good), "--owner", "ALICE@example.org", "--json")))
    db.open(settings)
    alice = accounts.by_email("alice@example.org")
    assert made["id"] in [workshop.id for workshop in shelf.of(alice.id)]


def test_nothing_is_imported_of_a_pack_with_errors(run: Run, bad: Path, settings: Settings) -> None:
    done(adds(run))
    said = refused(run("pack", "import", str(bad), "--owner", "alice@example.org"))
    assert "telepathy" in said
    db.open(settings)
    assert len(shelf.of(1)) == 1


def test_the_built_in_packs_are_listed(run: Run) -> None:
    (row,) = json.loads(done(run("pack", "list", "--json")))
    assert row == {"name": NAME, "version": PACK.workshop.version, "title": PACK.workshop.title}
    assert NAME in done(run("pack", "list"))


def test_the_schema_knows_every_kind(run: Run) -> None:
    schema = json.loads(done(run("pack", "schema")))
    assert {"poll.Step", "reading.Step", "roleplay.Step"} <= schema["$defs"].keys()


# ---------- backup, doctor ----------


def test_a_backup_is_a_whole_database_that_this_user_alone_can_read(run: Run, tmp_path: Path) -> None:
    done(adds(run))
    file = tmp_path / "copy.db"
    done(run("backup", str(file)))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT email FROM facilitators").fetchall() == [("alice@example.org",)]


def test_a_backup_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("mine")
    assert "is there already" in refused(run("backup", str(file)))
    assert file.read_text() == "mine"


def test_a_backup_that_fails_leaves_nothing_behind(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workshop.copies._sync", full)
    assert "No space left" in refused(run("backup", str(tmp_path / "copy.db")))
    assert not (tmp_path / "copy.db").exists()


def test_the_doctor_says_how_many_phones_fit(run: Run) -> None:
    result = run("doctor", "--json")
    assert result.exit_code in (0, 2)
    assert "phones" in [finding["check"] for finding in json.loads(result.stdout)]
    assert bool(result.exit_code) == any(finding["level"] == "problem" for finding in json.loads(result.stdout))
