"""A page as somebody reads it: the words in sight, regions by id, and forms to fill in. Standard library alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "circle", "hr", "img", "input", "link", "meta", "path", "rect", "source", "wbr"}
UNSEEN = {"head", "script", "style", "template", "dialog"}

Fields = dict[str, list[str]]


@dataclass(eq=False)
class Element:
    """One element. `at`: its attributes; one without a value has an empty string."""

    tag: str
    at: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and everything in it, in reading order."""
        yield self
        for child in self.inside:
            if isinstance(child, Element):
                yield from child

    @property
    def text(self) -> str:
        """Its words in sight, whitespace folded."""
        return " ".join(" ".join(self._words()).split())

    def all(self, tag: str = "", **at: str) -> list[Element]:
        """Elements by tag and attributes; `data_state="open"` finds `data-state`, `class_` is one class of several."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in at.items()}
        return [one for one in self if tag in ("", one.tag) and all(one._has(*pair) for pair in wanted.items())]

    def get(self, id: str) -> Element:
        (found,) = self.all(id=id)
        return found

    @property
    def fields(self) -> Fields:
        """What a form would send as it stands, without its buttons."""
        sent: Fields = {}
        for one in self:
            ticked = one.at.get("type") not in ("radio", "checkbox") or "checked" in one.at
            if "name" in one.at and one.tag in ("input", "textarea", "select") and ticked:
                sent.setdefault(one.at["name"], []).append(one.at.get("value", "") if one.tag == "input" else one.text)
        return sent

    def _has(self, name: str, value: str) -> bool:
        given = self.at.get(name)
        return given is not None and (given == value or (name == "class" and value in given.split()))

    def _words(self) -> Iterator[str]:
        if self.tag in UNSEEN or "hidden" in self.at:
            return
        for child in self.inside:
            if isinstance(child, str):
                yield child
            else:
                yield from child._words()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            inside = self.open[-1].inside[-1]
            assert isinstance(inside, Element)
            self.open.append(inside)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    """The page; fails when its tags do not close as they were opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]
