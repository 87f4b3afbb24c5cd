"""Pages of a real browser, and all that goes wrong in them: script errors, CSP reports, requests to elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

OWN_SCHEMES = {"data", "blob", "about", "chrome-error"}
LINK_DOWN = ("Failed to load resource", "WebSocket connection to")
"""The browser's own words for a refusal or a dropped link: both are part of the tests."""

VIOLATIONS = """axe.run(document, { resultTypes: ["violations"], preload: false }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(" | ")}`))"""

TWICE = """[...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at)"""


@dataclass
class Watch:
    """Opens pages, each person's in a context of their own, and keeps what nobody should ever see."""

    browser: Browser
    troubles: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, url: str = "", *, cookies: Mapping[str, str] | None = None, **options: Any) -> Page:
        """A page of a new person, opened at `url`; motion is off, since a test looks at once."""
        context = self.browser.new_context(**{"reduced_motion": "reduce", **options})
        self.contexts.append(context)
        context.on("weberror", self._failed)
        context.on("console", self._said)
        context.on("request", self._asked)
        if cookies:
            home = urljoin(url, "/")  # a cookie set at a deeper address would not go to the socket
            context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(15_000)
        if url:
            page.goto(url)
        return page

    def live(self, url: str, **options: Any) -> Page:
        """The same for a page that follows the room, once it hears it."""
        page = self.page(url, **options)
        page.locator("html[data-link=online]").wait_for(state="attached")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _failed(self, error: WebError) -> None:
        self.troubles.append(f"script error: {error.error}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(LINK_DOWN):
            self.troubles.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in OWN_SCHEMES and url.hostname not in ("127.0.0.1", "localhost"):
            self.troubles.append(f"a request to elsewhere: {request.url}")


def barriers(page: Page) -> list[str]:
    """What axe finds wrong with a page as it is now, and ids that a swap could mistake for one another."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [*page.evaluate(VIOLATIONS), *(f"the id {id} stands twice" for id in page.evaluate(TWICE))]
