"""Who may import whom is held on every run of the tests, and a forbidden import is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.documents import ROOT

LINT = "from importlinter import cli; raise SystemExit(cli.lint_imports(no_cache=True, no_logo=True))"
"""In a process of its own: once it is imported, no logger says anything any more."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold what is in `folder` against the contracts of its pyproject.toml."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-c", LINT]
    wide = {"COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=clean | wide, capture_output=True, text=True, check=False)


def test_every_import_goes_downwards() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


# ---------- what must be caught ----------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Of all that the contracts are about."""
    for package in ("workshop", "sessions"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("module", "line", "broken"), [
    ("workshop/words.py", "import sessions", "workshop never imports sessions"),
    ("sessions/stage.py", "from sessions import conduct", "sessions: doors, gates, verbs, views, nouns"),
    ("sessions/useful.py", "", "sessions: doors, gates, verbs, views, nouns"),
    ("workshop/kinds/poll.py", "import flask", "a kind knows values, never a request, a socket or a table"),
    ("sessions/publishing/ladder.py", "import sessions.models", "what may be shown is decided by pure rules"),
    ("workshop/library.py", "import flask_login", "Flask-Login is known to one file"),
])  # fmt: skip
def test_it_is_caught_that_one_goes_upwards(copy: Path, module: str, line: str, broken: str) -> None:
    with (copy / module).open("a") as file:
        file.write(f"\n{line}\n")
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    (told,) = [one for one in done.stdout.splitlines() if one.strip().startswith(broken) and "BROKEN" in one]
    assert told
