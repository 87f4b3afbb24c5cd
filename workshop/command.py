"""The console script `attune`: the same as `python3 app.py`, whose first line must run before anything is imported."""

from __future__ import annotations

import runpy


def main() -> None:
    """Run the application as a program."""
    runpy.run_module("app", run_name="__main__", alter_sys=True)
