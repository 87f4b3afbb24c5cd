"""A phone asks about the same texts that the server masks, and about no more ordinary sentences than it does."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from sessions.screening import masked
from tests.telling import CONTACTS, FRAMES, ORDINARY, said_in_the_workshop

MODULE = Path("static/js/telling.js")


def asked_about(browser: Browser, texts: Sequence[str]) -> list[str]:
    """Those of the texts that the phone's own module finds telling."""
    page = browser.new_page()
    try:
        source = f"data:text/javascript;charset=utf-8;base64,{b64encode(MODULE.read_bytes()).decode()}"
        ask = "async ([source, texts]) => { const { telling } = await import(source); return texts.filter(telling) }"
        return list(page.evaluate(ask, [source, list(texts)]))
    finally:
        page.close()


def test_the_phone_asks_about_every_contact(browser: Browser) -> None:
    texts = [frame.format(contact) for frame in FRAMES for contact in CONTACTS]
    found = asked_about(browser, texts)
    assert [text for text in texts if text not in found] == []


def test_it_leaves_ordinary_sentences_alone_as_the_server_does(browser: Browser) -> None:
    sentences = [*said_in_the_workshop(), *ORDINARY]
    found = asked_about(browser, sentences)
    assert [text for text in found if masked(text) == text] == []
    assert len(found) <= len(sentences) * 0.01, found
