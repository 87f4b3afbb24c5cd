"""The console script `attune`: the same as `python3 app.py`, in an interpreter that has imported nothing yet.

Finding this module has imported half the application, and gevent must be let in before any of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec


def main() -> int:
    """Become the application as a program."""
    app = find_spec("app")
    assert app is not None
    assert app.origin is not None
    command = [sys.executable, app.origin, *sys.argv[1:]]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - the same interpreter, no shell
    return subprocess.call(command)  # noqa: S603
