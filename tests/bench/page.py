"""P9: the phone's page on a bad network and a slow phone, in Chromium: bytes on the wire, first paint, usable form."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import sync_playwright

from tests import chromium
from tests.bench import rooms
from tests.bench.figures import Figure, Series
from tests.bench.lines import Line
from tests.bench.rooms import Room, Seat

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWDOWN = 4
AFTER_MS = 5000
"""For fonts and scripts that come after the page."""
WATCH = """
(function look() {
  const button = document.querySelector("[data-form] button:not([disabled])");
  if (button && button.getClientRects().length) requestAnimationFrame((now) => (window.usable = now));
  else requestAnimationFrame(look);
})();
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class Visit:
    """One visit with an empty cache. `bytes` by kind of resource, headers included."""

    paint: float
    usable: float
    bytes: Counter[str] = field(default_factory=Counter)
    by_name: Counter[str] = field(default_factory=Counter)


async def run(phones: int, repeats: int) -> list[Figure]:
    with rooms.room() as room:
        await room.asks(1)
        line = await Line.to(room.server.port)
        seat = await room.seat(line, "consent", "interruption")
        visits = await asyncio.to_thread(_visits, room, seat, repeats)
    for name, weight in visits[-1].by_name.most_common():
        print(f"    {weight:>7} {name}")
    size = visits[-1].bytes
    paint, usable = Series("paint", [v.paint for v in visits]), Series("form", [v.usable for v in visits])
    return [
        Figure("P9", "HTML and CSS on the wire", (size["Document"] + size["Stylesheet"]) / 1e3, 15, "kB"),
        Figure("P9", "everything, scripts and fonts included", size.total() / 1e3, 100, "kB"),
        Figure("P9", "first contentful paint", paint.middle, 2500, "ms", (paint,)),
        Figure("P9", "usable form", usable.middle, 4000, "ms", (usable,)),
    ]


def _visits(room: Room, seat: Seat, repeats: int) -> list[Visit]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(playwright), args=["--no-sandbox"])
        found = [_visit(browser, room, seat) for _ in range(repeats)]
        browser.close()
    return found


def _visit(browser: Any, room: Room, seat: Seat) -> Visit:
    context = browser.new_context(**_phone())
    pairs = [pair.split("=", 1) for pair in seat.cookie.split("; ")]
    context.add_cookies([{"name": name, "value": value, "url": room.server.url} for name, value in pairs])
    page = context.new_page()
    page.add_init_script(WATCH)
    sizes, names = _counted(context, page)
    page.goto(f"{room.server.url}/w", wait_until="load", timeout=60_000)
    page.wait_for_timeout(AFTER_MS)
    usable = page.evaluate("window.usable")
    assert usable, "no form in sight"
    visit = Visit(page.evaluate(PAINTED), usable, sizes, names)
    context.close()
    return visit


def _phone() -> dict[str, Any]:
    return {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


def _counted(context: Any, page: Any) -> tuple[Counter[str], Counter[str]]:
    """Slow everything down, and count bytes as they come in."""
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    kinds: dict[str, tuple[str, str]] = {}
    sizes: Counter[str] = Counter()
    names: Counter[str] = Counter()

    def came(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"].rpartition("/")[2])

    def whole(event: dict[str, Any]) -> None:
        kind, name = kinds.get(event["requestId"], ("", ""))
        sizes[kind] += event["encodedDataLength"]
        names[name] += event["encodedDataLength"]

    devtools.on("Network.responseReceived", came)
    devtools.on("Network.loadingFinished", whole)
    return sizes, names
