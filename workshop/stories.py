"""Stories: scenes, choices and endings as a directed graph, and the faults that would leave a room stranded in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, ValidationInfo, model_validator

from workshop.kinds._fields import Count, Id, Label, Line, Question, faults
from workshop.values import Frozen
from workshop.words import N_
from workshop.words import gettext as _

Lean = Literal["help", "limit", "avoid", "blame", "control", "connect", "share", "self"]

LEANS: Mapping[Lean, str] = {
    "help": N_("step in and help"),
    "limit": N_("say what I will or won't do"),
    "avoid": N_("go quiet"),
    "blame": N_("find the guilty one"),
    "control": N_("try to run things for them"),
    "connect": N_("stay close and curious"),
    "share": N_("bring in other people"),
    "self": N_("look after myself"),
}
"""What each is called where a pack has no words of its own."""

FEWEST, MOST = 2, 4
"""Choices in a scene."""

Turns = Literal["one_turn", "two_turns", "three_turns", "four_turns", "five_turns", "six_turns"]

TURNS: Mapping[Turns, int] = {name: number for number, name in enumerate(get_args(Turns), start=1)}
"""How a pack names stories by their length, where it says what a step takes with them."""

WITH_FAULTS = "stories with faults"
"""Key of a validation's context: take stories that cannot be played, so that the rest can be checked as well."""


class Turn(Frozen):
    """A choice of the room, and the scene or ending it leads to."""

    id: Id
    text: Label
    to: Id
    lean: Lean


class Scene(Frozen):
    """What happens, and what the room decides then. `coach`: for the facilitator alone."""

    turn: Count
    scene: Line
    ask: Question
    choices: Annotated[tuple[Turn, ...], Field(max_length=MOST, json_schema_extra={"minItems": FEWEST})] = ()
    coach: str = Field(default="", max_length=320)


class Ending(Frozen):
    """`tone` is for the checker and is never shown."""

    title: Label
    tone: Literal["kind", "costly"]
    text: Line
    kindly: Line
    shows: tuple[str, ...] = ()
    debrief: Question


class Story(Frozen):
    """What a room decides together, turn by turn."""

    id: Id
    title: Label
    caption: Annotated[str, Field(min_length=1, max_length=70)]
    about: Line
    cast: dict[Id, Line]
    content_note: Line
    say: Line
    turns: Count
    start: Id
    nodes: dict[Id, Scene]
    endings: dict[Id, Ending]
    derole: Line

    @property
    def marks(self) -> dict[str, str]:
        """What scenes and endings are called on paper: 2.1 is the first scene of turn 2, E1 the first ending."""
        seen = Counter[int]()
        marks = {}
        for id_, scene in self.nodes.items():
            seen[scene.turn] += 1
            marks[id_] = f"{scene.turn}.{seen[scene.turn]}"
        return marks | {id_: f"E{number}" for number, id_ in enumerate(self.endings, 1)}

    @model_validator(mode="after")
    def _can_be_played(self, info: ValidationInfo) -> Self:
        found = [*_missing(self), *_dead_ends(self), *_turns(self), *_unreached(self)]
        if found and not (info.context or {}).get(WITH_FAULTS):
            raise faults("Story", found)
        return self


Place = tuple[str | int, ...]
Fault = tuple[Place, str]


def choices(story: Story) -> Iterator[tuple[str, Turn, Place]]:
    """Every choice, with the scene it is made in and its place in the story."""
    for node, scene in story.nodes.items():
        for i, choice in enumerate(scene.choices):
            yield node, choice, ("nodes", node, "choices", i)


def _missing(story: Story) -> Iterator[Fault]:
    there = story.nodes.keys() | story.endings.keys()
    if story.start not in story.nodes:
        yield ("start",), _("there is no scene {id}").format(id=story.start)
    for _node, choice, place in choices(story):
        if choice.to not in there:
            yield (*place, "to"), _("leads to {id}, which is not there").format(id=choice.to)
    for both in sorted(story.nodes.keys() & story.endings.keys()):
        yield ("endings", both), _("{id} is a scene as well").format(id=both)


def _dead_ends(story: Story) -> Iterator[Fault]:
    for node, scene in story.nodes.items():
        at, ids = ("nodes", node, "choices"), [choice.id for choice in scene.choices]
        if not ids:
            yield at, _("a dead end: a scene needs at least {n} choices").format(n=FEWEST)
        elif len(ids) < FEWEST:
            yield at, _("nothing to decide: a scene needs at least {n} choices").format(n=FEWEST)
        for i, id_ in enumerate(ids):
            if id_ in ids[:i]:
                yield (*at, i, "id"), _("'{id}' is used twice").format(id=id_)


def _turns(story: Story) -> Iterator[Fault]:
    """Each choice leads one turn on, and from the last turn to an ending: so no circles, and all roads are as long."""
    circles = _circles(story)
    for node, choice, place in choices(story):
        turn, to = story.nodes[node].turn, story.nodes.get(choice.to)
        if to and to.turn != turn + 1:
            said = _("goes from turn {turn} to turn {to}; each choice goes one on").format(turn=turn, to=to.turn)
            yield (*place, "to"), said
        if (node, choice.to) in circles:
            said = _("leads round in a circle: {way}").format(way=" → ".join(circles[node, choice.to]))
            yield (*place, "to"), said
        if choice.to in story.endings and turn != story.turns:
            yield (*place, "to"), _("ends in turn {turn} of {turns}").format(turn=turn, turns=story.turns)
    if story.start in story.nodes and story.nodes[story.start].turn != 1:
        yield ("nodes", story.start, "turn"), _("a story begins with turn 1")


def _circles(story: Story) -> dict[tuple[str, str], tuple[str, ...]]:
    """The way around each circle, by the step that closes it: from which scene to which."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in story.nodes:
        way, ahead = [start], [_next(story, start)]
        while ahead and start not in done:
            to = next(ahead[-1], None)
            if to is None:
                done.add(way.pop())
                ahead.pop()
            elif to in way:
                found[way[-1], to] = (*way[way.index(to) :], to)
            elif to not in done:
                way.append(to)
                ahead.append(_next(story, to))
    return found


def _next(story: Story, node: str) -> Iterator[str]:
    return iter([choice.to for choice in story.nodes[node].choices if choice.to in story.nodes])


def _unreached(story: Story) -> Iterator[Fault]:
    reached, ahead = set[str](), [story.start]
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            ahead.extend(choice.to for choice in (story.nodes[here].choices if here in story.nodes else ()))
    for name, ids in (("nodes", story.nodes.keys()), ("endings", story.endings.keys())):
        for lost in sorted(ids - reached):
            yield (name, lost), _("no road leads here")
