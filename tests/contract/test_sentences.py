"""Whatever the interface says can be said in another language: templates and refusals go through gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.contract.documents import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPEAKING = {"aria-label", "aria-description", "alt", "title", "placeholder", "label"}
"""Attributes that are read to people. Others, such as data-lost, hold sentences too: see `SENTENCE`."""

SILENT = {"kbd", "code", "script", "style"}
NAMES = {"Attune"}
SENTENCE = re.compile(r"[A-Z]\w*( \w+)+|[A-Z][a-z]+[.!?]")
SPEAKERS = {"_", "gettext", "ngettext", "N_"}
ATTRIBUTES, ENDS = {"root", "shape"}, {"endtrans", "endblock"}
"""Blocks inside a tag, and what ends the words that are passed over."""

REFUSALS = {"Wrong", "Invalid", "Refused"}

environment = Environment(extensions=["jinja2.ext.i18n"])


def tidy(source: str) -> str:
    """A template as HTML alone: without what `trans` translates, and with a space for each expression."""
    kept, words, silent = [], list[str](), False
    for _line, kind, value in environment.lex(source):
        if kind == "data":
            kept.append("" if silent else value)
        elif kind in ("variable_begin", "block_begin"):
            kept.append(" ")
            words = []
        elif kind == "name":
            words.append(value)
        elif kind == "block_end" and words:
            silent = (
                words[0] == "trans"
                or (words[0] == "block" and words[1] in ATTRIBUTES)
                or (silent and words[0] not in ENDS)
            )
    return "".join(kept)


class Said(HTMLParser):
    """Collects what a page would say in the words of its template."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        for name, value in attrs:
            if (name in SPEAKING and _letters(value or "")) or (
                name.startswith("data-") and SENTENCE.search(value or "")
            ):
                self.words.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not SILENT & set(self._inside[-1:]) and _letters(data):
            self.words.append(data.strip())


def _letters(text: str) -> bool:
    return any(char.isalpha() for char in text) and text.strip() not in NAMES


def plain(source: str) -> list[str]:
    """What a template says without gettext, in its text and in speaking attributes."""
    said = Said()
    said.feed(tidy(source))
    return said.words + list(_constants(environment.parse(source)))


def _constants(node: nodes.Node) -> Iterator[str]:
    """Sentences that expressions hold, outside calls that translate them."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SPEAKERS:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and SENTENCE.search(node.value):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _constants(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    assert plain(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello there</p>",
        "<p>{{ n }} people</p>",
        '<button aria-label="Close">{{ t("x") }}</button>',
        '<input placeholder="Your name">',
        '<p data-lost="That did not reach the room.">{{ t("x") }}</p>',
        '{{ "Nothing here yet" if empty }}',
        '{% set words = {"open": "Still open"} %}',
        "{% trans %}Hello{% endtrans %}<b>there</b>",
    ],
)
def test_and_one_that_does_is_found(source: str) -> None:
    assert plain(source)


def test_what_is_translated_is_not_found() -> None:
    hello = '{{ _("Hello there") }} {% trans n=2 %}{{ n }} people{% endtrans %}'
    assert plain(f'<p class="a b">{hello} · <kbd>Esc</kbd></p>') == []


def refusals() -> Iterator[tuple[str, int, str]]:
    """Sentences that verbs and kinds refuse with, where nothing translates them."""
    for path in sorted((*(ROOT / "sessions").rglob("*.py"), *(ROOT / "workshop" / "kinds").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
                for given in node.args:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str) and " " in given.value:
                        yield path.name, node.lineno, given.value


def test_every_refusal_can_be_translated() -> None:
    assert list(refusals()) == []
