"""What of a workshop can be adapted, as the pages list it, and what a press or a form on them does to a pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pydantic import BaseModel

from workshop import adapting, kinds, rewording, wordings
from workshop.adapting import Unfit
from workshop.pack import Pack
from workshop.steps import Step
from workshop.wordings import Wording
from workshop.words import N_
from workshop.words import gettext as _

Edit = Callable[[Pack], Pack]
Form = Mapping[str, str]

TEXT = "text."
"""What names of fields begin with that hold a text, before its place."""

CALLED: Mapping[str, str] = {
    "title": N_("Title"),
    "prompt": N_("What is asked or said on every phone"),
    "lead_in": N_("Before it, on phones"),
    "body": N_("Below it, on phones"),
    "talk_instead": N_("What you talk about when too few have answered"),
    "caption": N_("On the big screen"),
    "say": N_("What you say"),
    "options": N_("Answers"),
    "items": N_("Lines"),
    "statements": N_("Lines to sort"),
    "spare_statements": N_("Spare lines"),
    "categories": N_("Where lines can go"),
    "questions": N_("Questions"),
    "scale": N_("Scale"),
    "low": N_("Low end"),
    "high": N_("High end"),
    "bands": N_("Bands"),
    "columns": N_("Columns"),
    "roles": N_("Roles"),
    "stages": N_("Stages"),
    "group": N_("In groups"),
    "solo": N_("Quiet option"),
    "debrief_question": N_("Question afterwards"),
    "derole": N_("Stepping out of the role"),
    "cast": N_("Who is in it"),
    "content_note": N_("It touches on"),
    "nodes": N_("Scenes"),
    "endings": N_("Endings"),
    "debrief": N_("Question afterwards"),
    "coach": N_("For you alone"),
    "": "",
}
"""What fields are called for people."""


@dataclass(frozen=True)
class Row:
    """A step that can be adapted. `up`, `down`: in front of which step it goes then; None: it cannot.

    `off`: left out until somebody brings it back. `stays`: it is never left out. `along`: titles that go with it.
    """

    step: Step
    kind: str
    off: bool
    stays: bool
    up: str | None
    down: str | None
    along: tuple[str, ...]


@dataclass(frozen=True)
class Played:
    """A story or a role card. `steps`: titles of those that play it."""

    what: str
    id: str
    title: str
    hidden: bool
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Bench:
    """All that lies on it: the steps of a plan, those of other plans, and what is played."""

    rows: tuple[Row, ...]
    others: tuple[Step, ...]
    played: tuple[Played, ...]


def of(pack: Pack, plan: str, off: Collection[str], seen: Collection[str] = (), behind: Collection[str] = ()) -> Bench:
    """The bench of a plan. `seen`: steps that stay as they are; `behind`: those that no other step may come among."""
    there = [step for step in pack.steps if step.variants[plan].keep and step.id not in seen]
    others = tuple(step for step in pack.steps if not step.variants[plan].keep)
    return Bench(tuple(_rows(pack, plan, there, off, behind)), others, tuple(_played(pack, seen)))


def off(pack: Pack, plan: str) -> frozenset[str]:
    """Ids of the steps of a plan that are left out at first."""
    return frozenset(step.id for step in pack.steps if step.variants[plan].keep and not pack.runs(step, plan))


def thing(pack: Pack, plan: str, what: str, id: str) -> BaseModel:
    """What is to be reworded: a step as a plan has it, a story or a card; raises `Unfit`."""
    if what == "step":
        step = adapting.step_of(pack, id)
        return step.varied(plan) if step.variants[plan].keep else step
    things: Mapping[str, tuple[BaseModel, ...]] = {"card": pack.role_cards, "story": pack.stories}
    found = next((one for one in things.get(what, ()) if getattr(one, "id", "") == id), None)
    if found is None:
        raise Unfit(_("There is no such story or card."))
    return found


def texts(thing: BaseModel) -> list[tuple[str, list[tuple[str, Wording]]]]:
    """All its texts with their labels, in groups that belong together, each with a name or an empty one."""
    groups = groupby(wordings.of(thing), key=lambda one: one.group)
    return [(_called(name), [(_label(one), one) for one in group]) for name, group in groups]


def pressed(form: Form, plan: str) -> Edit:
    """What a button of the bench does; raises `Unfit` where there is no such button."""
    id, before = form.get("id", ""), form.get("before", "") or None
    edits: dict[str, Edit] = {
        "drop": lambda pack: adapting.keep(pack, plan, id, False),
        "bring-back": lambda pack: adapting.keep(pack, plan, id, True),
        "move": lambda pack: adapting.move(pack, id, before),
        "hide": lambda pack: adapting.hide(pack, id, True),
        "show": lambda pack: adapting.hide(pack, id, False),
    }
    if form.get("do") not in edits:
        raise Unfit(_("There is no such button."))
    return edits[form["do"]]


def reworded(form: Form, plan: str, what: str, id: str) -> Edit:
    """What a form of texts does."""
    typed = {name.removeprefix(TEXT): text for name, text in form.items() if name.startswith(TEXT)}
    edits: dict[str, Edit] = {
        "step": lambda pack: rewording.reword(pack, plan, id, typed),
        "card": lambda pack: rewording.reword_card(pack, id, typed),
        "story": lambda pack: rewording.reword_story(pack, id, typed),
    }
    return edits[what]


def _label(one: Wording) -> str:
    """What a text is called in its group, such as `2` or `Scene 1 · Ask`."""
    inside = [part for part in one.named[1:] if part != "text"] or one.named[:1]
    return " · ".join(str(part) if isinstance(part, int) else _called(part) for part in inside)


def _called(name: str) -> str:
    """A field or an entry for people; what has no name here is called as in the file."""
    return _(CALLED[name]) if name in CALLED else name.replace("_", " ").capitalize()


def _rows(pack: Pack, plan: str, there: list[Step], off: Collection[str], behind: Collection[str]) -> Iterator[Row]:
    stays, order, last = pack.stays(plan), [step.id for step in pack.steps], len(there) - 1
    for i, step in enumerate(there):
        up = there[i - 1].id if 0 < i < last and there[i - 1].id not in behind else None
        down = order[order.index(there[i + 1].id) + 1] if i + 1 < last else None
        yield Row(
            step=step.varied(plan),
            kind=kinds.get(step.kind).label,
            off=step.id in off,
            stays=step.id in stays,
            up=up,
            down=down,
            along=tuple(one.title for one in adapting.together(pack, plan, step.id)[1:]),
        )


def _played(pack: Pack, seen: Collection[str]) -> Iterator[Played]:
    borrowed = [(step, set(kinds.get(step.kind).borrowed(step.config))) for step in pack.steps]
    for what, things in (("story", pack.stories), ("card", pack.role_cards)):
        for one in things:
            by = [step for step, ids in borrowed if one.id in ids]
            if not any(step.id in seen for step in by):
                yield Played(what, one.id, one.title, one.id in pack.hidden, tuple(step.title for step in by))
