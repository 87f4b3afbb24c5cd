"""A word that must not get out: looked for in everything that a page sends, keeps and shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, WebSocket

WORD = "KANARIENVOGEL"

KEPT = """async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys(),
    document.cookie, history.state, location.href, window.name, document.title,
])"""
SHOWN = """() => {
    const written = [...document.querySelectorAll("input, textarea")].map(({ value }) => value);
    return document.documentElement.outerHTML + written.join();
}"""


@dataclass
class Canary:
    """Listens to a page. `sent`: all that it asked for and told, bodies, headers and sockets included."""

    page: Page
    sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.on("request", self._asked)
        self.page.on("websocket", self._opened)

    def got_out(self) -> bool:
        """Whether the word was sent anywhere, or is kept by the page."""
        kept = self.page.evaluate(KEPT) if self.page.url.startswith("http") else ""
        return any(WORD in sent for sent in [*self.sent, kept, str(self.page.context.cookies())])

    def is_in_sight(self) -> bool:
        """Whether the page holds the word, in a field or anywhere else."""
        return WORD in self.page.evaluate(SHOWN)

    def _asked(self, request: Request) -> None:
        self.sent.append(f"{request.url} {request.headers} {request.post_data or ''}")

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: self.sent.append(str(payload)))
