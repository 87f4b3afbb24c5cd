"""Markup, script, style and bidi in workshops and answers: text on every page; nothing runs, nothing is even tried."""

from __future__ import annotations

import csv
import io
import json

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.watching import Watch
from tests.room_pack import ROOM

BIDI = "\u202egnp.\u2067exe"
TITLE = '</title><script>ouch("title")</script>{{7*7}}'
PROMPT = f'<svg onload=ouch("svg")>{BIDI}'
OPTION = '<img src=x onerror=ouch("img")>'
CAPTION = "<style>body{display:none}</style>"
SAY = '<a href="javascript:ouch()" onclick=ouch("a")>a</a>'
SENT = (
    "</textarea><script>ouch('text')</script>",
    "<img src=x onerror=ouch('img')>${7*7}{{7*7}}",
    "<svg/onload=ouch('svg')><style>*{display:none}</style>",
    "\"autofocus onfocus=ouch('attribute') x='",
    f"<iframe srcdoc=x>{BIDI}",
    "=cmd|'/c calc'!A1",
    "-2+3+cmd|' /C calc'!A0",
    "<base href=//evil.example>",
)
"""A line each: as markup, it would do something, or be refused aloud."""

SEEN = tuple(line.replace("\u202e", "").replace("\u2067", "") for line in SENT)
"""What turns the direction of what follows is taken out of answers."""

WORDS = ("<b onclick=ouch()>", "<script src=//x>", "=1+1", "&lt;i&gt;")

WATCHED = """
    window.hurt = [];
    window.ouch = (what) => window.hurt.push(what);
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        window.hurt.push(`${violatedDirective} ${blockedURI}`);
    });
"""
SLIPPED = """() => [...document.querySelectorAll("*")].filter((one) => {
    const names = one.getAttributeNames();
    return names.some((name) => name.startsWith("on")) || /^javascript:/i.test(one.getAttribute("href") ?? "")
        || one.matches("iframe, object, embed, base, img[src=x], svg[onload], style, script:not([src^='/static/'])");
}).map((one) => one.outerHTML)"""


class Wary:
    """Pages in which whatever runs, or is kept from running, is noticed; loaded once more: nothing came before."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}

    def watches(self, **pages: Page) -> None:
        for name, page in pages.items():
            page.context.add_init_script(WATCHED)
            page.reload()
            self.pages[name] = page

    def read(self, *texts: str, on: str = "phone wall console") -> None:
        """These words, as they are, are on each of these pages; and nothing has run on any."""
        for name in on.split():
            for text in texts:
                expect(self.pages[name].locator("body")).to_contain_text(text)
        for name, page in self.pages.items():
            assert page.evaluate("window.hurt") == [], name
            assert page.evaluate(SLIPPED) == [], name
            expect(page.locator("body")).to_be_visible()


def test_what_is_looked_for_is_found(house: House, watch: Watch) -> None:
    """What would be noticed, were a page to draw it as markup."""
    wary = Wary()
    wary.watches(door=watch.page(house.url))
    for markup in (OPTION, SAY, CAPTION, SENT[1], SENT[7]):
        wary.pages["door"].evaluate("(markup) => document.body.insertAdjacentHTML('beforeend', markup)", markup)
        assert wary.pages["door"].evaluate(SLIPPED) != [], markup
        wary.pages["door"].reload()
    wary.pages["door"].evaluate("(markup) => document.body.insertAdjacentHTML('beforeend', markup)", OPTION)
    wary.pages["door"].wait_for_function("window.hurt.length > 0")
    assert any("Content Security Policy" in trouble for trouble in watch.troubles)
    watch.troubles.clear()


def _nasty() -> str:
    """The pack of the room with markup wherever its words are shown."""
    pack = ROOM
    for field, said, words in (
        ("title", "My first workshop", TITLE),
        ("summary", "Half an hour about leaning.", SAY),
        ("credit_line", "After a post. The words are ours.", OPTION),
        ("title", "easy", PROMPT),
        ("prompt", "What of easy?", PROMPT),
        ("text", "Apples", OPTION),
        ("caption", "easy", CAPTION),
        ("talk_instead", "Let us talk about easy.", CAPTION),
        ("say", "Go on.", SAY),
        ("text", "I am ready", OPTION),
        ("intro", "Any time.", SAY),
    ):
        quoted = json.dumps(words)
        for plain in (f"{field}: {said}", f'{field}: "{said}"'):
            pack = pack.replace(f"{plain}\n", f"{field}: {quoted}\n").replace(f"{plain}}}", f"{field}: {quoted}}}")
        assert quoted in pack, words
    return pack


def test_markup_in_a_workshop_is_text_on_every_page_and_runs_nowhere(house: House, watch: Watch) -> None:
    workshop = house.shelves(_nasty(), "nasty")
    ada = house.opens("easy", workshop=workshop)
    mia, wary = house.phone(watch, ada), Wary()
    wary.watches(phone=mia.page, wall=house.wall(watch, ada), console=house.console(watch, ada).page)
    wary.read(PROMPT)
    wary.read(OPTION, on="phone wall")
    wary.read(SAY, on="console")
    for phone in house.cast.phones(ada.join_url, 4):
        phone.answers(choice="a")
    ada.closes(now=True, show=True)
    for page in ("phone", "wall"):
        expect(wary.pages[page].locator("#stage")).to_have_attribute("data-state", "revealed")
    wary.read(PROMPT, OPTION)
    mia.follow("Help")
    wary.read(SAY, on="phone")
    ada.ends()
    after = {"results": f"/sessions/{ada.live}", "summary": f"/sessions/{ada.live}/summary", "shelf": "/workshops"}
    for name, path in {**after, "workshop": workshop}.items():
        wary.watches(**{name: watch.page(f"{house.url}{path}", cookies=ada.browser.cookies)})
    wary.read(TITLE, PROMPT, OPTION, on="results summary")
    wary.read(TITLE, on="shelf workshop")


def test_markup_in_answers_is_text_on_every_page_and_in_every_file_and_runs_nowhere(house: House, watch: Watch) -> None:
    ada = house.opens_room("lines")
    mia, others, wary = house.phone(watch, ada), house.cast.phones(ada.join_url, 3), Wary()
    wary.watches(phone=mia.page, wall=house.wall(watch, ada), console=house.console(watch, ada).page)
    for box, line in zip(mia.stage.get_by_role("textbox").all(), SENT, strict=False):
        box.fill(line)
    mia.press("Send")
    mia.is_told("saved")
    for number, phone in enumerate(others, 1):
        phone.answers(text=SENT[2 * number : 2 * number + 2])
        phone.asks_for_a_quiet_word(SENT[number])
    wary.read(SENT[1], on="console")
    ada.closes(now=True)
    wary.read(*SEEN, on="console")
    for text, _ in ada.texts():
        ada.lets_through(text)
    ada.reveals()
    wary.read(*SEEN)
    ada.shows("words")
    for phone in (*others, house.cast.phone(ada.join_url)):
        phone.answers(entry=WORDS[:2])
    others[0].answers(entry=WORDS[2:])
    ada.closes(now=True)
    for text, _ in ada.texts("held"):
        ada.lets_through(text)
    ada.reveals()
    wary.read(WORDS[0])
    ada.ends()
    for name, path in (("results", f"/sessions/{ada.live}"), ("summary", f"/sessions/{ada.live}/summary")):
        wary.watches(**{name: watch.page(f"{house.url}{path}", cookies=ada.browser.cookies)})
    wary.read(*SEEN, on="results summary")
    table = [*csv.reader(io.StringIO(ada.takes_home("csv").decode("utf-8-sig"), newline=""))]
    cells = {cell for row in table for cell in row}
    assert {f"'{line}" if line[0] in "=-" else line for line in SEEN} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "|", "%", "\t", "\r"))]
    (lines,) = [step for step in json.loads(ada.takes_home("json"))["steps"] if step["id"] == "lines"]
    assert set(SEEN) == set(lines["releases"][0]["parts"][0]["entries"])
