"""All pages of a room together: they move as one, and axe looks at each in every state that it has not seen yet."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import Page, expect

from tests.browser.people import Console, Phone
from tests.browser.watching import barriers
from workshop.network import addresses


@dataclass
class Room:
    """Everybody's pages, and what axe has found on them so far."""

    url: str
    console: Console
    wall: Page
    phones: list[Phone] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    def look(self) -> None:
        """At every page that is in a state not seen before."""
        for name, page in {"console": self.console.page, "wall": self.wall, "phone": self.phones[0].page}.items():
            stage = page.locator("#stage, #console").first
            state = (name, self.step, stage.get_attribute("data-state") or "", stage.locator("h1").first.inner_text())
            if state not in self.seen:
                self.seen.add(state)
                self.found += [f"{state}: {one}" for one in barriers(page)]

    @property
    def step(self) -> str:
        return self.wall.locator("#stage").get_attribute("data-step") or ""

    def are_at(self, state: str, step: str = "") -> None:
        """All pages have heard that the room is there."""
        self.console.is_at(state)
        for page in (self.wall, *(phone.page for phone in self.phones)):
            expect(page.locator("#stage")).to_have_attribute("data-state", state)
            if step:
                expect(page.locator("#stage")).to_have_attribute("data-step", step)
        self.look()

    def goes_on(self, label: str, state: str, step: str = "") -> None:
        """By the space bar, which does what the button says."""
        self.console.offers(label)
        self.console.space()
        self.are_at(state, step)

    def everywhere(self, words: str) -> None:
        for page in (self.wall, *(phone.page for phone in self.phones)):
            expect(page.locator("#stage").get_by_text(words).filter(visible=True).first).to_be_visible()

    def nowhere(self, words: str) -> None:
        for page in (self.wall, *(phone.page for phone in self.phones)):
            expect(page.get_by_text(words)).to_have_count(0)


def scan(picture: bytes) -> str:
    """The path behind the QR code on the wall, as cameras see it; its host is an address of this machine."""
    plain = Image.open(io.BytesIO(picture)).convert("L")
    small = plain.resize((plain.width * 3 // 10, plain.height * 3 // 10), Image.Resampling.LANCZOS)
    seen = {
        "plain": plain,
        "small": small,
        "tilted": plain.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255),
        "blurred": plain.filter(ImageFilter.GaussianBlur(3)),
    }
    read = {name: [code.text for code in zxingcpp.read_barcodes(image)] for name, image in seen.items()}
    urls = {text for texts in read.values() for text in texts}
    assert all(len(texts) == 1 for texts in read.values()), read
    assert len(urls) == 1, read
    url = urlsplit(urls.pop())
    assert url.hostname in [*addresses(), "localhost"]
    assert re.fullmatch(r"/j/[\w-]{22}", url.path)
    return url.path
