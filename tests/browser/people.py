"""The people of a workshop at their real pages: a phone in a hand, the wall, the console on a lectern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.watching import Watch

SMALL_PHONE = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HASTE = 420
"""Milliseconds after which a second press is meant."""


@dataclass
class Phone:
    """Somebody in the room, with their phone's page."""

    page: Page

    @classmethod
    def seated(cls, watch: Watch, origin: str, cookies: Mapping[str, str], **options: Any) -> Phone:
        """A phone with the seat and the confirmed covers in these cookies, where the room stands."""
        return cls(watch.live(f"{origin}/w", cookies=cookies, **{**PHONE, **options}))

    @classmethod
    def at(cls, watch: Watch, door: str, **options: Any) -> Phone:
        """A phone that has opened the address from the QR, and taken no seat yet."""
        return cls(watch.page(door, **{**PHONE, **options}))

    def joins(self) -> Phone:
        """And says to every cover that it is ready, so that it stands where the room stands."""
        self.press("Join the room")
        for name in ("consent", "interruption"):
            if self.cover(name).is_visible():
                self.cover(name).get_by_role("button").first.click()
                expect(self.cover(name)).to_be_hidden()
        return self

    def cover(self, name: str) -> Locator:
        return self.page.locator(f"#cover-{name}")

    @property
    def stage(self) -> Locator:
        return self.page.locator("#stage")

    @property
    def mine(self) -> Locator:
        return self.page.locator("#mine")

    @property
    def heading(self) -> Locator:
        return self.stage.locator("h1")

    def press(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def choose(self, label: str) -> None:
        self.stage.get_by_text(label, exact=True).click()

    def answers(self, label: str) -> None:
        self.choose(label)
        self.press("Send")
        self.is_told("saved")

    def is_told(self, state: str) -> None:
        """What this phone alone is told: `saved` (a pass is no different) or `none`."""
        expect(self.mine).to_have_attribute("data-state", state)

    def is_at(self, state: str) -> None:
        expect(self.stage).to_have_attribute("data-state", state)

    def reads_in_the_last_seconds(self, sentence: str) -> None:
        """By eye and by ear: of what is hidden from the one, the other hears nothing."""
        last = self.stage.get_by_role("status")
        expect(last.locator("span:visible").last).to_have_text(sentence)
        expect(last).to_match_aria_snapshot(f"- status:\n  - timer\n  - text: {sentence}")


@dataclass
class Console:
    """The facilitator's page."""

    page: Page

    @property
    def desk(self) -> Locator:
        return self.page.locator("#console")

    @property
    def primary(self) -> Locator:
        return self.page.locator("[data-primary]")

    def space(self) -> None:
        """As somebody does who has looked what it would do: a hasty second press is not taken."""
        self.page.wait_for_timeout(HASTE)
        self.page.keyboard.press("Space")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def is_at(self, state: str) -> None:
        expect(self.desk).to_have_attribute("data-state", state)

    def offers(self, label: str) -> None:
        """What the space bar would do next."""
        expect(self.primary).to_contain_text(label)
