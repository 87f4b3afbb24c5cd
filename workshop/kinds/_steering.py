"""The facilitator's buttons of a story: on to the next scene, pick, vote again, go back, look back, step out, swap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from workshop.kinds._paths import changed
from workshop.kinds._road import Asked, Road, follow, goes_back
from workshop.kinds._telling import ENDING, STEP_OUT, TALK, StoryConfig, stage
from workshop.kinds.kind import Action, Path
from workshop.release import Release
from workshop.words import gettext as _

AFTER_A_VOTE = ("revealed",)
NOT_WHILE_VOTING = ("shown", "closed", "revealed")


def buttons(config: StoryConfig, road: Road, path: Path) -> list[Action]:
    """What stands on the console, the natural next one first."""
    if path.get("look"):
        return [Action("forward", _("Back to the story"), partial(changed, look=None))]
    onward = {0: _on_the_way, ENDING: _at_the_ending, TALK: _while_we_talk}.get(stage(path), _nowhere)
    ways = list(onward(config, road))
    if road.taken and not road.open and stage(path) != STEP_OUT and goes_back(path) < config.rewinds:
        ways.append(_rewind(road))
    if road.taken:
        ways.append(Action("look", _("Look back"), partial(changed, look=True), when=NOT_WHILE_VOTING))
    if road.begun and stage(path) not in (TALK, STEP_OUT):  # from the talk, the natural next thing does it
        ways.append(Action("derole", _("Step out now"), partial(changed, stage=STEP_OUT), when=NOT_WHILE_VOTING))
    return ways


def choices(config: StoryConfig, past: Sequence[Release], path: Path) -> Iterator[Action]:
    """What lists on the console lead to: another story before the first vote, and another pick than the one made."""
    if not past:
        for one in config.stories:
            yield Action(f"swap:{one.id}", one.title, partial(changed, story=one.id), when=("shown",))
    story = config.story(path)
    last = follow(story, past, path, config.vote.min_votes).asked[-1:] if story and not stage(path) else ()
    for vote in last:
        if vote.picked and vote.kept:
            yield from _picks(vote)


def _on_the_way(config: StoryConfig, road: Road) -> Iterator[Action]:
    if road.open:
        yield from _picks(road.open)
        if config.vote.tie == "facilitator_picks_or_revote":
            once_more = partial(_marked, name="again", phase=road.open.phase)
            yield Action("again", _("Vote again"), once_more, "ask on", AFTER_A_VOTE, choice=True)
    elif road.ending:
        yield Action("forward", _("The ending"), partial(changed, stage=ENDING), when=AFTER_A_VOTE)
    elif road.begun:
        yield Action("forward", _("Next scene"), changed, "ask on", AFTER_A_VOTE)


def _at_the_ending(config: StoryConfig, road: Road) -> Iterator[Action]:
    yield Action("forward", _("Talk about it"), partial(changed, stage=TALK))


def _while_we_talk(config: StoryConfig, road: Road) -> Iterator[Action]:
    yield Action("forward", _("Step out of the story"), partial(changed, stage=STEP_OUT))


def _nowhere(config: StoryConfig, road: Road) -> Iterator[Action]:
    yield from ()


def _picks(vote: Asked) -> Iterator[Action]:
    for one in vote.scene.choices:
        pick = partial(_picked, phase=vote.phase, choice=one.id)
        yield Action(f"pick:{one.id}", one.text, pick, when=AFTER_A_VOTE, choice=True)


def _rewind(road: Road) -> Action:
    """The scene of the last vote is asked once more."""
    back = partial(_gone_back, phase=len(road.asked))
    return Action("rewind", _("Go back one turn"), back, "ask on", AFTER_A_VOTE, wording="story_go_back")


def _gone_back(path: Path, phase: int) -> Path:
    return changed(_marked(path, "back", phase), stage=None)


def _picked(path: Path, phase: int, choice: str) -> Path:
    return {**path, "picked": {**path.get("picked", {}), str(phase): choice}}


def _marked(path: Path, name: str, phase: int) -> Path:
    return {**path, name: sorted({*path.get(name, ()), phase})}
