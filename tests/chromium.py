"""Where a Chromium for the tests is: the one named in ATTUNE_CHROMIUM, Playwright's own, or one of this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

HINT = "No browser for the tests: `python3 start.py test` installs one, or set ATTUNE_CHROMIUM to a Chromium."
USUAL = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


class Missing(Exception):
    """There is no browser, with what to do about it."""


def find(playwright: Playwright) -> str:
    """The path of a Chromium; raises `Missing`."""
    named = os.environ.get("ATTUNE_CHROMIUM")
    if named:
        if shutil.which(named) is None:
            raise Missing(f"ATTUNE_CHROMIUM={named} is not a program.")
        return named
    own = playwright.chromium.executable_path
    if own and Path(own).exists():
        return own
    found = next(filter(None, map(shutil.which, USUAL)), None)
    if found is None:
        raise Missing(HINT)
    return found


def main() -> int:
    with sync_playwright() as playwright:
        try:
            print(find(playwright))
        except Missing as missing:
            print(missing, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
