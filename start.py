#!/usr/bin/env python3
"""Set up Attune and run it: one command, with nothing but Python itself.

    python3 start.py [--host 0.0.0.0] [--port 8000] [--open]    set up and run the server
    python3 start.py COMMAND ...         any other command of Attune: doctor, pack check FILE, ...
    python3 start.py test [options]      set up the tests, a browser included, and pass them (options go to pytest)
    python3 start.py lint                check style, types, who imports whom, and templates
    python3 start.py lock                choose the newest packages that fit, and pin them in requirements/

On Windows: py start.py. The environment is .venv beside this file, or ATTUNE_VENV.
"""
# No `from __future__ import annotations` here, and no newer syntax before the check: old Pythons must read this far.

import sys

if sys.version_info < (3, 11):
    sys.stderr.write("Attune needs Python 3.11 or newer; this is %d.%d.\n" % sys.version_info[:2])
    sys.exit(2)

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("ATTUNE_VENV") or ROOT / ".venv").expanduser().absolute()
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "attune-installed"
MARK = VENV / "attune-made-this"
LOG = VENV / "attune-install.log"
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
    ("djlint", "templates", "--lint", "--quiet"),
)


class Failed(Exception):
    """What is wrong and what to do about it, in one sentence."""


def main(arguments: list[str]) -> int:
    """Do what the first argument names; everything that is not about set-up is for app.py."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if command == "lock":
        return lock()
    if command == "lint":
        install("test")
        return lint()
    if command == "test":
        install("test")
        ensure_browser()
        return subprocess.call([str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "loadfile", *rest], cwd=ROOT)
    install("run")
    return hand_over([str(PYTHON), str(ROOT / "app.py"), *arguments])


def hand_over(command: list[str]) -> int:
    """Become the server, so that signals reach it and nothing else stays in memory."""
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


def lint() -> int:
    """Run every check, also when one before it has found something; 1 if any has."""
    found = 0
    for program, *options in CHECKS:
        print("-- " + " ".join([program, *options]), flush=True)
        found |= subprocess.call([str(PROGRAMS / program), *options], cwd=ROOT) != 0
    return int(found)


# The environment


def install(kind: str) -> None:
    """See to it that the environment holds what `requirements/<kind>.txt` pins; nothing is run when it does already."""
    wanted = key(kind)
    if wanted in installed() and PYTHON.exists():
        return
    try:
        make()
        STAMP.unlink(missing_ok=True)  # from here to the end it is half-made, also for a start that comes after a kill
        fill(kind)
        stamp([key("run"), wanted])
    except OSError as problem:
        where = f"{problem.filename or VENV} ({problem.strerror})"
        raise Failed(f"Cannot write to {where}: move Attune to a folder of your own or set ATTUNE_VENV.") from None


def key(kind: str) -> str:
    """What an installation depends on: the pins, the Python, and the place (an environment cannot be moved)."""
    lock_file = ROOT / "requirements" / f"{kind}.txt"
    try:
        pins = lock_file.read_bytes()
    except OSError as problem:
        raise Failed(f"{lock_file} cannot be read ({problem.strerror}): get a whole copy of Attune.") from problem
    return f"{kind} {hashlib.sha256(pins + place().encode()).hexdigest()}"


def place() -> str:
    """The Python and the folder that an environment is of; it is good for no other."""
    return f"{sys.implementation.cache_tag} {sys.platform} {VENV}"


def installed() -> list[str]:
    """The keys of what was installed to the end."""
    try:
        return STAMP.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def stamp(keys: list[str]) -> None:
    """Remember what is installed; in one step, so that a kill leaves no half of it."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text("\n".join(keys), encoding="utf-8")
    fresh.replace(STAMP)


def make() -> None:
    """Make the environment, unless there is one that works for this Python; one that does not is made anew."""
    if works():
        return
    if VENV.exists() and any(VENV.iterdir()):
        if not (MARK.exists() or (VENV / "pyvenv.cfg").exists()):
            raise Failed(f"{VENV} holds something that is not an environment: move it away, or set ATTUNE_VENV.")
        shutil.rmtree(VENV)
    VENV.mkdir(parents=True, exist_ok=True)
    MARK.touch()  # says whose folder this is, also when the making is killed
    print(f"Making {VENV} ...", flush=True)
    make_with_this_python()
    MARK.write_text(place(), encoding="utf-8")


def make_with_this_python() -> None:
    python = getattr(sys, "_base_executable", "") or sys.executable  # not the one of an environment just removed
    uv = shutil.which("uv")
    if uv and quiet(uv, "venv", "--no-project", "--allow-existing", "--python", python, VENV) is None:
        return
    said = quiet(python, "-I", "-m", "venv", VENV)
    if said is None:
        return
    if "ensurepip" in said or "No module named" in said:
        how = "install it (on Debian and Ubuntu: apt install python3-venv), or put uv on the PATH"
        raise Failed(f"This Python has no venv module: {how}.")
    raise Failed(f"Python could not make an environment in {VENV}: {last_line(said)}")


def works() -> bool:
    """Whether the environment was made to the end, in this place and for this Python, and can still install."""
    if not PYTHON.exists() or (MARK.exists() and MARK.read_text(encoding="utf-8") != place()):
        return False
    ask = "import sys, importlib.util as i; print(sys.implementation.cache_tag, bool(i.find_spec('pip')))"
    answer = subprocess.run([str(PYTHON), "-I", "-c", ask], capture_output=True, text=True, check=False)
    tag, _, pip = answer.stdout.strip().partition(" ")
    return tag == sys.implementation.cache_tag and (pip == "True" or shutil.which("uv") is not None)


def fill(kind: str) -> None:
    """Install what is pinned, by uv where there is one; wheels only, and each as its hash says."""
    pins = ROOT / "requirements" / f"{kind}.txt"
    print(f"Installing {pins.relative_to(ROOT)} ...", flush=True)
    strict = ("--require-hashes", "--only-binary", ":all:", "-r", pins)
    uv = shutil.which("uv")
    if uv:
        said = quiet(uv, "pip", "install", "--python", PYTHON, *strict)
    else:
        said = quiet(PYTHON, "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *strict)
    if said is None:
        return
    LOG.write_text(said, encoding="utf-8")
    if "DO NOT MATCH THE HASHES" in said or "Hash mismatch" in said:
        raise Failed(f"A package was not the one that {pins.name} pins, and was refused; all that was said is in {LOG}")
    why = f"{last_line(said)} (All that was said is in {LOG})"
    raise Failed(f"The packages could not be installed; is there a network? {why}")


def quiet(*command: object) -> str | None:
    """Run a command; None when it did its work, else all that it said."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    except OSError as problem:
        return f"{words[0]}: {problem.strerror}"
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip() or f"{words[0]} ended without a word."


def last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else ""


# The browser of the tests


def ensure_browser() -> None:
    """The tests need a Chromium: one that is here, else Playwright's own, else the system's package."""
    find = [str(PYTHON), str(ROOT / "tests" / "chromium.py")]
    found = subprocess.run(find, capture_output=True, text=True, check=False)
    if found.returncode == 0:
        return
    if os.environ.get("ATTUNE_CHROMIUM"):
        raise Failed(last_line(found.stderr))
    print("Installing a browser for the tests ...", flush=True)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if quiet(PYTHON, "-m", "playwright", "install", *(["--with-deps"] if root else []), "chromium") is None:
        return
    if root and shutil.which("apt-get"):
        quiet("apt-get", "update", "-qq")
        if quiet("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core") is None:
            return
    raise Failed(
        "The tests need a browser and none could be installed: install Chromium or Chrome (on Debian: apt install "
        "chromium; on macOS: brew install --cask chromium), or set ATTUNE_CHROMIUM to one."
    )


# The pins


def lock() -> int:
    """Pin the newest packages that fit, for every platform, with hashes and without an address."""
    uv = shutil.which("uv", path=os.pathsep.join([os.environ.get("PATH", ""), str(PROGRAMS)]))
    if uv is None:
        raise Failed("Pinning needs uv: put it on the PATH (pip install uv).")
    shape = ["--format", "requirements-txt", "--no-emit-project", "--no-header", "--no-annotate"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    with tempfile.TemporaryDirectory() as away:  # uv's own lock file records addresses: it never comes near the tree
        shutil.copy(ROOT / "pyproject.toml", away)
        for kind, groups in (("run", ["--no-default-groups"]), ("test", ["--group", "test"])):
            command = [uv, "export", "--quiet", "--no-config", *shape, *groups]
            done = subprocess.run(command, cwd=away, env=clean, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Failed(f"uv could not pin the packages: {last_line(done.stderr)}")
            if re.search(r"://|file:|^\s*--(?!hash)", done.stdout, re.MULTILINE):
                raise Failed("The pins would name an address: take it out of the settings of uv.")
            (ROOT / "requirements" / f"{kind}.txt").write_text(done.stdout, encoding="utf-8", newline="\n")
            print(f"Pinned requirements/{kind}.txt")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as failed:
        print(failed, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
