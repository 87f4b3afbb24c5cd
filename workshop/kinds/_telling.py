"""How a story is told in a step: what its author sets, how long each part takes, and what pages draw of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from workshop.kinds import kind
from workshop.kinds._fields import Count, Flag, Id, Line, Seconds
from workshop.kinds._road import Asked, Road
from workshop.kinds.kind import BEGINNING, Path, Picture
from workshop.stories import LEANS, Lean, Story
from workshop.values import Frozen
from workshop.words import gettext as _

ENDING, TALK, STEP_OUT = 1, 2, 3
"""Stages after the last vote: what became of it, what the room makes of it, and stepping out of the story."""


class Vote(Frozen):
    """What a vote needs to decide, and what happens where it does not."""

    tie: Literal["facilitator_picks_or_revote", "facilitator_picks"] = "facilitator_picks_or_revote"
    min_votes: Count = 3
    change_until_close: Literal[True] = True


class TurnTiming(Frozen):
    """Seconds of each part of a turn."""

    read: Seconds
    talk: Seconds
    vote: Seconds
    result: Seconds


class EndingTiming(Frozen):
    """Seconds of each part of an ending."""

    read: Seconds
    debrief: Seconds
    derole: Seconds

    @property
    def all(self) -> int:
        return self.read + self.debrief + self.derole


class Rewind(Frozen):
    """Whether the room may go back one turn, how often, and how long that takes each time."""

    enabled: Flag = True
    max: Annotated[int, Field(strict=True, ge=1, le=5)] = 1
    seconds: Seconds = 60
    note: str = Field(default="", max_length=320)


def _off(given: Any) -> Any:
    return {"enabled": False} if given is False else given


class StoryConfig(kind.Config):
    """Either `scene_ref`, which names a story of the pack, or `stories`; of several the first is the step's own.

    `talk_turns`: how many turns of its own story have time to talk, the first ones; of a longer one, as many more.
    `lean_key`: what the pack calls the leanings.
    """

    scene_ref: Id | None = None
    swap_with: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    stories: Annotated[tuple[Story, ...], Field(max_length=21)] = ()
    lean_key: dict[Lean, str] = Field(default_factory=dict)
    vote: Vote = Vote()
    turn_timing: TurnTiming
    talk_turns: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    ending_timing: EndingTiming
    rewind: Annotated[Rewind, BeforeValidator(_off, json_schema_input_type=Rewind | Literal[False])] = Rewind(
        enabled=False
    )
    derole: Line | None = None

    @model_validator(mode="after")
    def _has_a_story(self) -> Self:
        if bool(self.scene_ref) == bool(self.stories):
            raise ValueError(_("give either scene_ref or stories"))
        return self

    def story(self, path: Path = BEGINNING) -> Story | None:
        """The story that is played: the step's own, or the one that was swapped in; None where all are hidden."""
        own = self.stories[0] if self.stories else None
        return next((story for story in self.stories if story.id == path.get("story")), own)

    def talks(self, story: Story, turn: int) -> bool:
        """Whether the room has time to talk in this turn."""
        own = self.story()
        silent = max(0, own.turns - self.talk_turns) if own and self.talk_turns is not None else 0
        return turn <= story.turns - silent

    @property
    def rewinds(self) -> int:
        """How often the room may go back."""
        return self.rewind.max if self.rewind.enabled else 0


@dataclass(frozen=True)
class StoryPicture(Picture):
    """What pages draw of a story. `stage`: `scene`, `ending`, `talk`, `out`, or `back` while the room looks back.

    `others`: stories that can be played instead. `leans`: what each leaning is called.
    """

    stage: str = "scene"
    road: Road | None = None
    derole: str = ""
    talks: bool = True
    others: tuple[Story, ...] = ()
    leans: Mapping[str, str] = field(default_factory=dict)

    def lean(self, vote: Asked) -> str:
        """What a decision leaned towards, in words."""
        return self.leans.get(vote.choice.lean, "") if vote.choice else ""


def stage(path: Path) -> int:
    """How far the room is after the last vote; 0 while it still votes."""
    at = path.get("stage", 0)
    return min(max(at, 0), STEP_OUT) if isinstance(at, int) else 0


def picture(config: StoryConfig, road: Road | None, path: Path) -> StoryPicture:
    """The story as it stands. One that was swapped in brings its own words."""
    if road is None:
        return StoryPicture()
    story, scene = road.story, road.scene
    own = config.scene_ref in (None, story.id)
    return StoryPicture(
        title="" if own else story.title,
        caption="" if own else story.caption,
        say="" if own else story.say,
        talk="" if own or not road.asked else road.asked[-1].scene.ask,
        prompt=_prompt(road, path),
        stage=_stage_name(path),
        road=road,
        derole=config.derole if own and config.derole else story.derole,
        talks=scene is not None and config.talks(story, scene.turn),
        others=tuple(one for one in config.stories if one.id != story.id),
        leans={lean: config.lean_key.get(lean) or _(words) for lean, words in LEANS.items()},
    )


def _stage_name(path: Path) -> str:
    return "back" if path.get("look") else ("scene", "ending", "talk", "out")[stage(path)]


def _prompt(road: Road, path: Path) -> str:
    """What stands over it once nothing is asked any more; empty before."""
    if path.get("look"):
        return road.story.title
    if stage(path) == STEP_OUT:
        return _("Step out of the story")
    return road.ending.debrief if road.ending and stage(path) else ""
