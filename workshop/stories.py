"""Stories: scenes, choices and endings as a directed graph, and the faults that would leave a room stranded in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workshop.kinds._fields import Count, Id, Label, Line, Question, StageLabel, faults
from workshop.kinds.kind import Frozen
from workshop.words import gettext as _

Lean = Literal["help", "limit", "avoid", "blame", "control", "connect", "share", "self"]


class Turn(Frozen):
    """A choice of the room, and the scene or ending it leads to."""

    id: Id
    text: Label
    to: Id
    lean: Lean


class Scene(Frozen):
    turn: Count
    scene: Line
    ask: Question
    choices: Annotated[tuple[Turn, ...], Field(min_length=2, max_length=4)]
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
    caption: StageLabel
    about: Line
    cast: dict[Id, Line]
    content_note: Line
    say: Line
    turns: Count
    start: Id
    nodes: dict[Id, Scene]
    endings: dict[Id, Ending]
    derole: Line

    @model_validator(mode="after")
    def _can_be_played(self) -> Self:
        found = [*_missing(self), *_turns(self), *_unreached(self)]
        if found:
            raise faults("Story", found)
        return self


Place = tuple[str | int, ...]
Fault = tuple[Place, str]


def choices(story: Story) -> Iterator[tuple[str, Turn, Place]]:
    """Every choice, with the scene it is made in and the place of its target."""
    for node, scene in story.nodes.items():
        for i, choice in enumerate(scene.choices):
            yield node, choice, ("nodes", node, "choices", i, "to")


def _missing(story: Story) -> Iterator[Fault]:
    there = story.nodes.keys() | story.endings.keys()
    if story.start not in story.nodes:
        yield ("start",), _("there is no scene {id}").format(id=story.start)
    for _node, choice, place in choices(story):
        if choice.to not in there:
            yield place, _("leads to {id}, which is not there").format(id=choice.to)
    for both in sorted(story.nodes.keys() & story.endings.keys()):
        yield ("endings", both), _("{id} is a scene as well").format(id=both)


def _turns(story: Story) -> Iterator[Fault]:
    """Each choice leads one turn on, and from the last turn to an ending: so no circles, and all roads are as long."""
    for node, choice, place in choices(story):
        turn, to = story.nodes[node].turn, story.nodes.get(choice.to)
        if to and to.turn != turn + 1:
            yield place, _("goes from turn {turn} to turn {to}; each choice goes one on").format(turn=turn, to=to.turn)
        if choice.to in story.endings and turn != story.turns:
            yield place, _("ends in turn {turn} of {turns}").format(turn=turn, turns=story.turns)


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
