"""`python -m tests.browser.picture`: draws docs/pages.png, the screen, the console and a phone of a running session."""

from __future__ import annotations

import base64
import io
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.actors import Cast, Facilitator
from tests.browser.watching import Watch
from tests.participating import Phone
from tests.serving import ROOT, Server

PICTURE = ROOT / "docs" / "pages.png"
ADDRESS = {"ATTUNE_PUBLIC_URL": "https://room.example.org"}
"""What stands on the screen, instead of where this happens to be drawn."""

SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "device_scale_factor": 1.5}
CONSOLE: dict[str, Any] = {"viewport": {"width": 560, "height": 720}, "device_scale_factor": 1.5}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "device_scale_factor": 2}
WAYS = ("foot", "bus", "bus", "bike", "car", "bus", "foot", "brought", "foot", "bus", "car", "foot")
SETTLES = 1.5
"""Seconds until bars have grown, and counts have come."""

SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Three pages</title><style>
  body { margin: 0; inline-size: 1640px; background: #e9e5dc; font: 22px/1.3 sans-serif; color: #3b3a37 }
  main { display: flex; gap: 40px; align-items: flex-end; justify-content: center; padding: 48px 40px 40px }
  figure { margin: 0 } figcaption { margin-block-start: 18px; text-align: center }
  img { display: block; border-radius: 10px; box-shadow: 0 2px 18px #0003 } .phone img { border-radius: 22px }
</style><main>%s</main></html>"""
FIGURE = (
    '<figure class="{name}"><img height="{height}" src="data:image/png;base64,{data}" alt="">'
    "<figcaption>{caption}</figcaption></figure>"
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium.find(playwright), args=["--disable-gpu", *root])
        server = Server(Path(folder), ADDRESS).start()
        try:
            drawn = _together(browser, _pages(Watch(browser), server))
        finally:
            server.stop()
    colours = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    colours.save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")
    return 0


def _pages(watch: Watch, server: Server) -> list[tuple[str, int, str, Page]]:
    """The first question of the built-in workshop, answered by most of a room: name, height, caption and page."""
    cast = Cast.at(server)
    ada = cast.facilitator("Ada").opens()
    mine, people = cast.phone(ada.join_url), cast.phones(ada.join_url, len(WAYS))
    screen = watch.live(f"{server.url}{ada.screen.path}", **SCREEN)
    console = watch.live(f"{server.url}{ada.console}", cookies=ada.browser.cookies, **CONSOLE)
    phone = watch.live(f"{server.url}/w", cookies=mine.browser.cookies, **PHONE)
    _asked_and_answered(ada, people)
    phone.locator("#stage").get_by_text("Bus or train", exact=True).click()
    return [
        ("screen", 430, "The screen: for the room", screen),
        ("console", 600, "The console: for the facilitator", console),
        ("phone", 600, "A phone: for each person", phone),
    ]


def _asked_and_answered(ada: Facilitator, people: list[Phone]) -> None:
    ada.starts()
    for person, way in zip(people, WAYS, strict=True):
        person.answers(choice=way)
    time.sleep(SETTLES)


def _together(browser: Browser, pages: list[tuple[str, int, str, Page]]) -> bytes:
    """One sheet with all of them."""
    figures = [
        FIGURE.format(name=name, height=height, caption=caption, data=base64.b64encode(page.screenshot()).decode())
        for name, height, caption, page in pages
    ]
    sheet = browser.new_page(viewport={"width": 1640, "height": 760})
    sheet.set_content(SHEET % "".join(figures))
    return sheet.locator("main").screenshot()


if __name__ == "__main__":
    sys.exit(main())
