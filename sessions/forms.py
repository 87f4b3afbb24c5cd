"""A form as a simulated phone sees it in the page, whatever kind drew it, and a plausible way to fill it in."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTS = (
    "Answer every message before it is sent",
    "Relief",
    "Like a door I can close",
    "Practice answer",
    "A wall",
    "Relief, in the end",
    "Fresh air",
    "Let me carry that for you, always",
)


@dataclass
class Form:
    """`hidden` without the rev; `one` and `many`: choices by field name; `texts`: (field name, most letters).

    `lists`: for each list to unfold, its field name and what can be taken from it.
    """

    action: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    one: dict[str, list[str]] = field(default_factory=dict)
    many: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    texts: list[tuple[str, int]] = field(default_factory=list)
    lists: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def question(self) -> str:
        """What is asked, by step, round and phase."""
        return "/".join(value for name, value in self.hidden if name in ("step", "round", "phase"))


class Reader(HTMLParser):
    """Collects the forms of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = Form(given.get("action", ""))
            self.forms.append(self._inside)
        elif self._inside is not None and given.get("name"):
            self._field(self._inside, tag, given, "data-exclusive" in dict(attrs))
        elif self._inside is not None and self._inside.lists and tag == "option" and given.get("value"):
            self._inside.lists[-1][1].append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None

    def _field(self, form: Form, tag: str, given: dict[str, str], exclusive: bool) -> None:
        name, sort = given["name"], given.get("type", "text") if tag == "input" else tag
        if sort == "hidden" and name != "rev":
            form.hidden.append((name, given.get("value", "")))
        elif sort == "radio":
            form.one.setdefault(name, []).append(given.get("value", ""))
        elif sort == "checkbox":
            form.many.setdefault(name, []).append((given.get("value", ""), exclusive))
        elif sort in ("text", "textarea"):
            form.texts.append((name, int(given.get("maxlength", "40"))))
        elif sort == "select":
            form.lists.append((name, []))


def forms_in(html: str) -> list[Form]:
    reader = Reader()
    reader.feed(html)
    return reader.forms


def filled(form: Form, rng: random.Random) -> list[tuple[str, str]]:
    """Fields as somebody might send them."""
    fields = [(name, rng.choice(values)) for name, values in form.one.items()]
    for name, values in form.many.items():
        plain = [value for value, exclusive in values if not exclusive] or [value for value, _ in values]
        fields += [(name, value) for value in rng.sample(plain, min(len(plain), rng.choice((1, 1, 2))))]
    for name, most in form.texts[: 1 if rng.random() < 0.7 else None]:
        fitting = [text for text in TEXTS if len(text) <= most] or [TEXTS[1][:most]]
        fields.append((name, rng.choice(fitting)))
    return fields + _picked(form, rng)


def _picked(form: Form, rng: random.Random) -> list[tuple[str, str]]:
    """From each list something else, since lists of one name are places for different things."""
    taken: list[tuple[str, str]] = []
    for name, values in form.lists:
        taken.append((name, rng.choice([value for value in values if (name, value) not in taken] or values)))
    return taken
