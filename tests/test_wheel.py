"""What is installed by pip is whole: every template and static file travels along, and the command runs anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browsers import OverHttp
from tests.serving import ROOT, Process, Server, free_port

LOOK = """
import json, os
from app import create_app
from workshop.config import Settings
from workshop.files import STATIC, TEMPLATES
app = create_app(Settings.from_environment(os.environ))
for name in app.jinja_env.list_templates():
    app.jinja_env.get_template(name)
print(json.dumps({str(top): [p.relative_to(top).as_posix() for p in top.rglob("*") if p.is_file()]
                  for top in (TEMPLATES, STATIC)}))
"""
"""Runs in the environment that Attune was installed into: makes the application, and reads every template."""


def run(*command: object, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ATTUNE_", "PYTHON"))}
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=folder, env=clean | env, capture_output=True, text=True, timeout=120, check=False)


def must(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass
class Environment:
    """A fresh one, with Attune in it and nothing else of its own; the packages of the tests are visible from it."""

    folder: Path

    @property
    def programs(self) -> Path:
        return self.folder / "env" / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.programs / "python"

    @property
    def packages(self) -> Path:
        places = {"base": str(self.folder / "env"), "platbase": str(self.folder / "env")}
        return Path(sysconfig.get_path("purelib", "venv", places))

    @property
    def places(self) -> dict[str, str]:
        return {
            "ATTUNE_DATA": str(self.folder / "data"),
            "ATTUNE_RUNTIME": str(self.folder / "runtime"),
            "ATTUNE_PORT": str(free_port()),
        }

    def install(self, wheel: Path) -> None:
        """By uv where there is one, as `start.py` does: an environment that it has made holds no pip."""
        uv = shutil.which("uv")
        make = [uv, "venv", "--python"] if uv else [sys.executable, "-m", "venv", "--without-pip"]
        into = [uv, "pip", "install", "--python"] if uv else [sys.executable, "-m", "pip", "--python"]
        must(run(*make, *([sys.executable] if uv else []), self.folder / "env", folder=self.folder))
        (self.packages / "beside.pth").write_text("\n".join({sysconfig.get_path(p) for p in ("purelib", "platlib")}))
        more = [] if uv else ["install", "--disable-pip-version-check"]
        must(run(*into, self.python, *more, "--no-deps", "--no-index", wheel, folder=self.folder))

    def lacks(self) -> set[str]:
        """Files of the tree that did not travel along."""
        there = json.loads(must(run(self.python, "-I", "-c", LOOK, folder=self.folder, **self.places)))
        assert all(Path(top).is_relative_to(self.packages) for top in there), "the tree itself was looked at"
        tree = {path.relative_to(ROOT).as_posix() for name in ("templates", "static") for path in files(ROOT / name)}
        return tree - {f"{Path(top).name}/{name}" for top, names in there.items() for name in names}


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@dataclass
class Installed(Server):
    """A server started by the command that pip has made."""

    command: Path = Path()

    def _spawn(self, options: list[str]) -> Process:
        with self.log.open("ab") as log:
            words = [str(self.command), *options]
            return subprocess.Popen(
                words, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("installed")
    must(run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT))
    (wheel,) = folder.glob("attune-*.whl")
    made = Environment(folder)
    made.install(wheel)
    return made


def test_every_template_and_static_file_travels_along(environment: Environment) -> None:
    assert environment.lacks() == set()


def test_the_command_examines_a_set_up_in_any_folder(environment: Environment) -> None:
    done = run(environment.programs / "attune", "doctor", "--json", folder=environment.folder, **environment.places)
    findings = {finding["check"]: finding["level"] for finding in json.loads(done.stdout)}
    assert done.returncode == (2 if "problem" in findings.values() else 0)
    assert {findings[check] for check in ("data", "key", "sqlite", "port")} == {"ok"}
    assert "Traceback" not in done.stderr


def test_it_serves_pages_with_their_style(environment: Environment) -> None:
    server = Installed(environment.folder / "server", command=environment.programs / "attune").start()
    try:
        page = OverHttp(server.url).get("/signin")
        assert page.status == 200
        sheets = [link.at["href"] for link in page.page.all("link", rel="stylesheet")]
        assert sheets
        assert {OverHttp(server.url).get(sheet).status for sheet in sheets} == {200}
    finally:
        server.stop()


# ---------- what must be caught ----------


def test_it_is_caught_that_a_template_stays_behind(environment: Environment) -> None:
    behind = environment.packages / "workshop" / "templates" / "phone" / "help.html"
    kept = behind.read_bytes()
    behind.unlink()
    try:
        assert environment.lacks() == {"templates/phone/help.html"}
    finally:
        behind.write_bytes(kept)
