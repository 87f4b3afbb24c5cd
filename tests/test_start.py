"""The one command that sets up: each thing that can be wrong is one sentence, and a start that was killed is mended."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
START = ROOT / "start.py"
APP = "import sys\nprint('served', *sys.argv[1:])\n"

PRETEND = """
import os, pathlib, subprocess, sys
def run(command, **_):
    words = " ".join(command)
    if FAILS in words:
        return subprocess.CompletedProcess(command, 1, "", SAYING)
    if "-m venv" in words:
        python = pathlib.Path(command[-1], "Scripts/python.exe" if os.name == "nt" else "bin/python")
        python.parent.mkdir(exist_ok=True)
        python.touch()
    return subprocess.CompletedProcess(command, 0, "", "")
subprocess.run = run
subprocess.call = lambda command, **_: print("served") or 0
os.execv = lambda path, command: print("served") or sys.exit(0)
"""

NOTHING_IS_RUN = """
import subprocess
def refuse(*_, **__):
    raise SystemExit("a program was run")
subprocess.run = subprocess.call = subprocess.Popen = refuse
"""


@dataclass
class Clone:
    """A copy of Attune in which a start can do no harm: a server of one line, and no pins unless a test writes some."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def pins(self, text: str) -> None:
        for kind in ("run", "test"):
            (self.root / "requirements" / f"{kind}.txt").write_text(text)

    def start(self, *arguments: str, first: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        """Run start.py, after `first` has changed the Python that it meets."""
        start = "import runpy, sys\nsys.argv = sys.argv[1:]\nrunpy.run_path(sys.argv[0], run_name='__main__')"
        command = [sys.executable, "-c", f"{first}\n{start}", str(self.root / "start.py"), *arguments]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("ATTUNE_", "UV_"))}
        alone = clean | {"PIP_NO_INDEX": "1", "PATH": os.defpath}
        return subprocess.run(command, env=alone | env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    clone = Clone(tmp_path / "clone")
    (clone.root / "requirements").mkdir(parents=True)
    shutil.copy(START, clone.root)
    (clone.root / "app.py").write_text(APP)
    clone.pins("# nothing yet\n")
    return clone


def says(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence with which a start gave up."""
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    (sentence,) = done.stderr.strip().splitlines()
    return sentence


def pretend(fails: str = "nothing fails", saying: str = "") -> str:
    """Programs do their work in no time, save those with `fails` among their words: they end with a sentence."""
    return f"FAILS, SAYING = {fails!r}, {saying!r}\n{PRETEND}"


def killed(at: str) -> str:
    """Programs do their work, until this start is killed `at` one of them."""
    return pretend(at).replace('return subprocess.CompletedProcess(command, 1, "", SAYING)', "sys.exit(137)")


def wheel(folder: Path) -> Path:
    """A package of one line, as a wheel."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("tiny.py", "HERE = True\n")
        file.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        file.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("tiny-1.0.dist-info/RECORD", "")
    return path


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 14)])
def test_an_old_python_is_told_so(clone: Clone, version: tuple[int, int, int]) -> None:
    done = clone.start(first=f"import sys\nsys.version_info = {version}")
    assert says(done) == f"Attune needs Python 3.11 or newer; this is {version[0]}.{version[1]}."
    assert not clone.venv.exists()


def test_an_old_python_can_read_it() -> None:
    ast.parse(START.read_text(), feature_version=(3, 7))
    assert "from __future__" not in START.read_text().replace("`from __future__ import annotations`", "")


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(START.read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("said", ["/usr/bin/python3: No module named venv", "... because ensurepip is not\navailable."])
def test_a_python_without_venv_is_told_what_to_install(clone: Clone, said: str) -> None:
    assert "apt install python3-venv" in says(clone.start(first=pretend("-m venv", said)))


def test_a_folder_that_cannot_be_written_is_named(clone: Clone) -> None:
    full = "import os, errno\ndef refuse(path, *_, **__): raise OSError(errno.EROFS, 'Read-only file system', path)\n"
    sentence = says(clone.start(first=full + "os.mkdir = refuse"))
    assert sentence.startswith(f"Cannot write to {clone.venv} (Read-only file system)")
    assert "ATTUNE_VENV" in sentence


def test_an_environment_inside_a_file_is_refused(clone: Clone) -> None:
    sentence = says(clone.start(ATTUNE_VENV=str(clone.root / "app.py" / "env")))
    assert "Cannot write to" in sentence


def test_a_folder_of_something_else_is_never_emptied(clone: Clone, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.txt").write_text("keep me")
    assert "is not an environment" in says(clone.start(ATTUNE_VENV=str(letters)))
    assert [path.name for path in letters.iterdir()] == ["dear.txt"]


def test_a_copy_without_its_pins_is_told_so(clone: Clone) -> None:
    (clone.root / "requirements" / "run.txt").unlink()
    assert "get a whole copy" in says(clone.start())


def test_a_package_that_cannot_be_had_is_one_sentence_and_the_rest_in_a_file(clone: Clone) -> None:
    sentence = says(clone.start(first=pretend("install", "WARNING: one\nERROR: no route to host")))
    assert "is there a network? ERROR: no route to host" in sentence
    assert "WARNING: one" in (clone.venv / "attune-install.log").read_text()
    assert "Installing" in clone.start(first=pretend()).stdout


def test_a_package_that_is_not_the_one_pinned_is_refused(clone: Clone, tmp_path: Path) -> None:
    clone.pins(f"{wheel(tmp_path)} --hash=sha256:{64 * '0'}\n")
    assert "was refused" in says(clone.start())
    assert not list(clone.venv.rglob("tiny.py"))


def test_the_second_start_runs_nothing_but_the_server(clone: Clone, tmp_path: Path) -> None:
    tiny = wheel(tmp_path)
    clone.pins(f"{tiny} --hash=sha256:{sha256(tiny.read_bytes()).hexdigest()}\n")
    (clone.root / "app.py").write_text("import tiny\n" + APP)
    assert clone.start("--port", "1").stdout.splitlines()[-1] == "served --port 1"
    again = clone.start("doctor", "--json", first=NOTHING_IS_RUN if os.name == "posix" else "")
    assert (again.returncode, again.stdout, again.stderr) == (0, "served doctor --json\n", "")


def test_new_pins_are_installed_and_the_environment_kept(clone: Clone, tmp_path: Path) -> None:
    clone.start()
    tiny = wheel(tmp_path)
    clone.pins(f"{tiny} --hash=sha256:{sha256(tiny.read_bytes()).hexdigest()}\n")
    kept = (clone.venv / "attune-made-this").stat().st_mtime_ns
    assert "Making" not in clone.start().stdout
    assert list(clone.venv.rglob("tiny.py"))
    assert (clone.venv / "attune-made-this").stat().st_mtime_ns == kept


@pytest.mark.parametrize("at", ["-m venv", "pip install"])
def test_a_start_that_was_killed_half_way_is_done_again(clone: Clone, at: str) -> None:
    assert clone.start(first=killed(at)).returncode == 137
    again = clone.start(first=pretend())
    assert "Installing" in again.stdout
    assert again.stdout.endswith("served\n")
    assert clone.start(first=pretend()).stdout == "served\n"


def test_a_clone_that_was_moved_gets_a_new_environment(clone: Clone, tmp_path: Path) -> None:
    clone.start(first=pretend())
    moved = Clone(clone.root.rename(tmp_path / "moved"))
    assert f"Making {moved.venv}" in moved.start(first=pretend()).stdout
    assert moved.start(first=pretend()).stdout == "served\n"


def test_another_python_gets_a_new_environment(clone: Clone) -> None:
    clone.start(first=pretend())
    other = "import sys\nsys.implementation.cache_tag = 'cpython-399'\n"
    assert f"Making {clone.venv}" in clone.start(first=other + pretend()).stdout
    assert clone.start(first=other + pretend()).stdout == "served\n"


def test_tests_are_installed_again_after_a_server_was_started_on_other_pins(clone: Clone) -> None:
    clone.start("test", first=pretend())
    assert clone.start(first=pretend()).stdout == "served\n"
    clone.pins("# newer\n")
    clone.start(first=pretend())
    clone.pins("# nothing yet\n")
    assert "test.txt" in clone.start("test", first=pretend()).stdout


def test_a_missing_browser_that_cannot_be_installed_is_one_sentence(clone: Clone) -> None:
    no_browser = "import shutil\nshutil.which = lambda *_, **__: None\n" + pretend("chromium")
    assert "install Chromium or Chrome" in says(clone.start("test", first=no_browser))


def test_a_browser_that_is_named_and_is_not_there_is_one_sentence(clone: Clone) -> None:
    missing = "ATTUNE_CHROMIUM=/nowhere is not a program."
    no_browser = pretend("chromium.py", missing)
    assert says(clone.start("test", first=no_browser, ATTUNE_CHROMIUM="/nowhere")) == missing


def test_help_sets_nothing_up(clone: Clone) -> None:
    done = clone.start("--help")
    assert "python3 start.py test" in done.stdout
    assert not clone.venv.exists()


@pytest.mark.parametrize("kind", ["run", "test"])
def test_the_pins_have_hashes_and_no_address(kind: str) -> None:
    pins = (ROOT / "requirements" / f"{kind}.txt").read_text()
    assert not re.search(r"://|file:|^\s*--(?!hash=sha256:)", pins, re.MULTILINE)
    packages = re.split(r"\n(?=\S)", pins.strip())
    assert len(packages) > 20
    assert all(re.match(r"[a-z0-9-]+==\S+", package) and "--hash=sha256:" in package for package in packages)


def test_the_tests_run_on_the_packages_that_are_served() -> None:
    run, test = ((ROOT / "requirements" / f"{kind}.txt").read_text() for kind in ("run", "test"))
    assert set(re.findall(r"^\S+==\S+", run, re.MULTILINE)) <= set(re.findall(r"^\S+==\S+", test, re.MULTILINE))
