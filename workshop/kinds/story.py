"""Story: a role-play with branches; scene by scene the room talks and votes for what somebody in it does next.

Each vote is a phase with a release of its own, and the next scene follows from what was shown. Once the room has voted,
nobody leaves before it has stepped out of the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from workshop.kinds import _chosen, kind
from workshop.kinds._road import Road, follow
from workshop.kinds._sizes import bucket
from workshop.kinds._small_story import EXAMPLE
from workshop.kinds._steering import buttons, choices
from workshop.kinds._telling import STEP_OUT, StoryConfig, StoryPicture, picture, stage
from workshop.kinds.kind import BEGINNING, Action, Crossing, Form, Path, Question
from workshop.release import Release
from workshop.tally import Option, Table, Tally
from workshop.words import N_
from workshop.words import gettext as _

LONGEST_ID = 40


class Voted(kind.Answer):
    """The choice that one phone took."""

    choice: str


class Story(kind.Kind):
    slug = "story"
    label = N_("Story")
    Config = StoryConfig
    rounds = False
    opening = 30

    # ---------- what is asked ----------

    def borrowed(self, config: StoryConfig) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in (config.scene_ref, *config.swap_with) if name))

    def furnish(self, config: StoryConfig, libraries: Mapping[str, Mapping[str, Any]]) -> StoryConfig:
        known: Mapping[str, Any] = libraries.get("stories", {})
        own_words: Mapping[str, str] = libraries.get("lean_key", {})
        wanted = self.borrowed(config)
        unknown = [name for name in wanted if name not in known]
        if unknown:
            raise ValueError(_("there is no story {ids}").format(ids=", ".join(unknown)))
        there = tuple(known[name] for name in wanted if known[name] is not None)
        words = {**own_words, **{str(lean): text for lean, text in config.lean_key.items()}}
        return config.model_copy(update={"stories": config.stories + there, "lean_key": words})

    def question(self, config: StoryConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        road = _road(config, past, path)
        if road is None:  # its story is still in the library of the pack
            return None if past else Question(answer=Voted, waits=True)
        scene = road.scene
        if stage(path) or path.get("look") or road.open or scene is None:
            return None
        return Question(
            answer=Voted,
            prompt=scene.ask,
            options=tuple(Option(id=choice.id, text=choice.text) for choice in scene.choices),
            bucket=bucket(LONGEST_ID),
            waits=True,
            values={
                "name": _name(road),
                "title": road.story.title,
                "turn": scene.turn,
                "turns": road.story.turns,
                "scene": scene.scene,
            },
        )

    def read(self, form: Form, question: Question) -> Voted:
        return Voted(choice=_chosen.one(form, "choice", question.options))

    def count(self, answers: Iterable[Voted], question: Question) -> Tally:
        times = Counter(answer.choice for answer in answers)
        counts = tuple(times[option.id] for option in question.options)
        return [Table(question.values["name"], question.options, counts, sum(counts))]

    # ---------- where the room stands ----------

    def actions(self, config: StoryConfig, past: Sequence[Release], path: Path) -> list[Action]:
        road = _road(config, past, path)
        return buttons(config, road, path) if road else []

    def pressed(self, config: StoryConfig, past: Sequence[Release], path: Path, action: str) -> Action | None:
        listed = (one for one in choices(config, past, path) if one.id == action)
        return super().pressed(config, past, path, action) or next(listed, None)

    def holds(self, config: StoryConfig, path: Path, past: Sequence[Release] = ()) -> str | None:
        if past and stage(path) != STEP_OUT:
            return _("People are still in the story. Let them step out first.")
        return None

    def road(self, config: StoryConfig, past: Sequence[Release], path: Path) -> tuple[Crossing, ...]:
        road = _road(config, past, path)
        if road is None:
            return ()
        name = road.story.id
        way = [Crossing(name, vote.node, vote.choice.id, vote.choice.text) for vote in road.taken if vote.choice]
        return (*way, Crossing(name, road.here, "", road.ending.title)) if road.ending else tuple(way)

    def picture(self, config: StoryConfig, past: Sequence[Release], path: Path) -> StoryPicture:
        return picture(config, _road(config, past, path), path)

    # ---------- time ----------

    def seconds(
        self, config: StoryConfig, path: Path, state: str = "reading", past: Sequence[Release] = ()
    ) -> int | None:
        road, turn, ending = _road(config, past, path), config.turn_timing, config.ending_timing
        if road is None or path.get("look"):
            return None
        if stage(path):
            return (ending.read, ending.debrief, ending.derole)[stage(path) - 1]
        if state == "shown":
            return _before_the_vote(config, road)
        return {"open": turn.vote, "closed": turn.result, "revealed": turn.result}.get(state)

    def length(self, config: StoryConfig, path: Path = BEGINNING) -> int | None:
        story, turn = config.story(path), config.turn_timing
        if story is None:
            return None
        talks = sum(config.talks(story, number) for number in range(1, story.turns + 1))
        turns = story.turns * (turn.read + turn.vote + turn.result) + talks * turn.talk
        return turns + config.ending_timing.all + config.rewinds * config.rewind.seconds

    def check(self, config: StoryConfig, say: Callable[[str, str], None]) -> None:
        least = config.turn_timing.vote + config.turn_timing.result
        if config.rewinds and config.rewind.seconds < least:
            say("rewind", _("going back takes a vote and its result, {n} seconds at least").format(n=least))
        if config.scene_ref in config.swap_with:
            say("swap_with", _("names the step's own story"))

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        return StoryConfig.model_validate(EXAMPLE), [{"choice": ["help"]}, {"choice": ["limit"]}, {"choice": ["limit"]}]


def _road(config: StoryConfig, past: Sequence[Release], path: Path) -> Road | None:
    story = config.story(path)
    return follow(story, past, path, config.vote.min_votes) if story else None


def _name(road: Road) -> str:
    """Of the table that a vote is counted in: its scene, with a number when it is asked again."""
    before = sum(vote.node == road.here for vote in road.asked)
    return f"{road.here}.{before + 1}" if before else road.here


def _before_the_vote(config: StoryConfig, road: Road) -> int:
    """Reading and talking; less where the room has read the scene before."""
    turn, last = config.turn_timing, road.asked[-1] if road.asked else None
    if road.scene and (last is None or last.kept):
        return turn.read + (turn.talk if config.talks(road.story, road.scene.turn) else 0)
    rest = config.rewind.seconds - turn.vote - turn.result
    return max(turn.talk, rest) if last and last.choice else turn.talk
