"""The road a room takes through a story, made from what was published of its votes and what the facilitator pressed.

A step's path holds `picked` (the facilitator's choice, by phase), `again` (phases whose result was set aside, because
the room voted once more) and `back` (phases asked after going back one turn). All else follows from the releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workshop.kinds.kind import Path
from workshop.release import Cell, Release, ShownTable
from workshop.stories import Ending, Scene, Story, Turn

_WORDS = {"few_or_none": 0, "some": 1, "about_half": 2, "most": 3, "nearly_all": 4}


@dataclass(frozen=True)
class Asked:
    """One vote. `choice`: what was decided; None where it is not, and then `why` says for what reason.

    `picked`: the facilitator decided. `kept`: it stands on the road; not so when the room voted again or went back.
    """

    phase: int
    node: str
    scene: Scene
    choice: Turn | None
    why: Literal["", "tie", "few"] = ""
    picked: bool = False
    kept: bool = True


@dataclass(frozen=True)
class Road:
    """`here`: the scene or ending that the room stands before. `asked`: every vote so far, in order."""

    story: Story
    here: str
    asked: tuple[Asked, ...] = ()

    @property
    def taken(self) -> tuple[Asked, ...]:
        """The votes that led here."""
        return tuple(vote for vote in self.asked if vote.choice and vote.kept)

    @property
    def begun(self) -> bool:
        """True once the room has voted."""
        return bool(self.asked)

    @property
    def scene(self) -> Scene | None:
        """The scene that comes next; None at the end."""
        return self.story.nodes.get(self.here)

    @property
    def ending(self) -> Ending | None:
        """Where the story has ended; None on the way."""
        return self.story.endings.get(self.here)

    @property
    def open(self) -> Asked | None:
        """The newest vote, while it waits for somebody to decide."""
        last = self.asked[-1] if self.asked else None
        return last if last and last.kept and not last.choice else None


def follow(story: Story, past: Sequence[Release], path: Path, least: int) -> Road:
    """The road so far. `least`: votes from which on a vote decides."""
    road = Road(story, story.start)
    for release in past:
        road = _voted(_back(road, path), release, path, least)
    return _again(_back(road, path), path)


def goes_back(path: Path) -> int:
    """How often the room has gone back one turn."""
    return len(set(_marks(path, "back")))


def _voted(road: Road, release: Release, path: Path, least: int) -> Road:
    scene = road.scene
    if scene is None:
        return road
    phase = len(road.asked)
    choice, why = decided(release, scene, least)
    picked = _picked(path, phase, scene)
    vote = Asked(phase, road.here, scene, picked or choice, "" if picked else why, picked is not None)
    road = _again(road, path)
    return replace(road, here=vote.choice.to if vote.choice else road.here, asked=(*road.asked, vote))


def _back(road: Road, path: Path) -> Road:
    """One turn back, where the room went back before the vote that comes now."""
    taken = road.taken
    if not taken or len(road.asked) not in _marks(path, "back"):
        return road
    undone = taken[-1].phase
    asked = tuple(replace(vote, kept=vote.kept and vote.phase < undone) for vote in road.asked)
    return replace(road, here=taken[-1].node, asked=asked)


def _again(road: Road, path: Path) -> Road:
    """With the newest vote set aside, where the room votes once more."""
    last = road.asked[-1] if road.asked else None
    if last is None or last.choice or last.phase not in _marks(path, "again"):
        return road
    return replace(road, asked=(*road.asked[:-1], replace(last, kept=False)))


def _marks(path: Path, name: str) -> list[int]:
    marks = path.get(name)
    return [mark for mark in marks if isinstance(mark, int)] if isinstance(marks, list | tuple) else []


def _picked(path: Path, phase: int, scene: Scene) -> Turn | None:
    picks = path.get("picked")
    pick = picks.get(str(phase)) if isinstance(picks, Mapping) else None
    return next((choice for choice in scene.choices if choice.id == pick), None)


# ---------- what a vote decides ----------


def decided(release: Release, scene: Scene, least: int) -> tuple[Turn | None, Literal["", "tie", "few"]]:
    """The choice that more people took than any other, by what was published alone; or why there is none."""
    table = next((part for part in release.parts if isinstance(part, ShownTable)), None)
    if table is None or not table.cells or (table.n is not None and table.n < least):
        return None, "few"
    bounds = {option: bound for cell in table.cells for option, bound in _bounds(cell)}
    for choice in scene.choices:
        low = bounds.get(choice.id, (0, 0))[0]
        rest = (bound[1] for option, bound in bounds.items() if option != choice.id)
        if choice.id in bounds and low > max(rest, default=-1):
            return choice, ""
    return None, "tie"


def _bounds(cell: Cell) -> Iterable[tuple[str, tuple[int, int]]]:
    """The fewest and the most people who can have taken each option of a cell; words count in steps of their own."""
    if isinstance(cell.shown, str):
        low = high = _WORDS.get(cell.shown, 0)
    else:
        low, high = (cell.shown, cell.shown) if isinstance(cell.shown, int) else cell.shown
    alone = len(cell.options) == 1
    return [(option, (low if alone else 0, high)) for option in cell.options]
