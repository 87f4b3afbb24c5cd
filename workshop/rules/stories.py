"""Rules about stories: no kind of choice may always end well or always badly, or the room learns to please."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from workshop import kinds
from workshop.complaints import near
from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.steps import Step
from workshop.stories import LEANS, TURNS, Place, Story, Turns, choices
from workshop.words import gettext as _
from workshop.yaml_source import Loc

LEAST_ENDINGS = 2


def stories_have_no_right_answer(pack: Pack) -> Iterator[Finding]:
    for i, story in enumerate(pack.stories):
        at, roads = ("stories", i), _roads(story)
        if len(story.endings) < LEAST_ENDINGS:
            yield Finding((*at, "endings"), _("a story needs at least {n} endings").format(n=LEAST_ENDINGS))
        for lean, ends in sorted(roads.items()):
            endings = {ending for ending, _place in ends}
            if len(endings) == 1:
                said = _("a last choice of the kind '{lean}' always leads to {ending}").format(
                    lean=lean, ending=min(endings)
                )
                yield Finding((*at, *ends[0][1], "lean"), said)
        if not any(story.endings[ending].tone == "kind" for ending, _place in roads["help"]):
            yield Finding((*at, "endings"), _("no choice that helps leads to a kind ending"))
        if not any(story.endings[ending].tone == "costly" for ending, _place in roads["limit"]):
            yield Finding((*at, "endings"), _("no choice that sets a limit leads to a costly ending"))


def all_leanings_have_words(pack: Pack) -> Iterator[Finding]:
    """Where a pack says in its own words what choices lean towards, it says all of them that its stories have."""
    used = {choice.lean for story in pack.stories for _node, choice, _place in choices(story)}
    for lean in (lean for lean in LEANS if pack.lean_key and lean in used and lean not in pack.lean_key):
        yield Finding(("lean_key",), _("nothing is said for {names}").format(names=lean), "warning")


def what_the_room_steers_is_shown(pack: Pack) -> Iterator[Finding]:
    """Where each question follows from what the room saw of the one before, and may be asked again and again."""
    for i, step in enumerate(pack.steps):
        if kinds.get(step.kind).rounds or not step.asks:
            continue
        if step.reveal != "after_close":
            yield Finding(("steps", i, "reveal"), _("the room goes on by what it sees: must be 'after_close'"))
        if step.sensitivity != "low":
            said = _("a vote that may be repeated is for steps of low sensitivity only")
            yield Finding(("steps", i, "sensitivity"), said)


def story_times_are_true(pack: Pack) -> Iterator[Finding]:
    """Figures for readers: what a step takes with stories of so many turns."""
    plans = pack.workshop.variants.plans
    for plan, named in pack.story_times.items():
        at = ("story_times", plan)
        if plan not in plans:
            yield Finding(at, _("the workshop has no such plan.") + near(plan, plans))
            continue
        steps = {step.id: step for step in pack.route(plan, {})}
        for step_id, times in named.items():
            if step_id in steps:
                yield from _untrue((*at, step_id), steps[step_id], _not_hidden(pack, steps[step_id], times))
            else:
                said = _("'{id}' is not a step of this plan.").format(id=step_id) + near(step_id, steps)
                yield Finding((*at, step_id), said)


def _not_hidden(pack: Pack, step: Step, times: Mapping[Turns, int]) -> Mapping[Turns, int]:
    """The figures without those of stories that this copy does without: they are true again once those are back."""
    borrowed = kinds.get(step.kind).borrowed(step.config)
    gone = {story.turns for story in pack.stories if story.id in borrowed and story.id in pack.hidden}
    left = {story.turns for story in getattr(step.config, "stories", ())}
    return {name: seconds for name, seconds in times.items() if TURNS[name] not in gone - left}


def _untrue(at: Loc, step: Step, times: Mapping[Turns, int]) -> Iterator[Finding]:
    kind, stories = kinds.get(step.kind), getattr(step.config, "stories", ())
    for name, seconds in times.items():
        story = next((story for story in stories if story.turns == TURNS[name]), None)
        if story is None:
            yield Finding((*at, name), _("this step plays no story of {n} turns").format(n=TURNS[name]))
            continue
        usual, true = kind.length(step.config), kind.length(step.config, {"story": story.id})
        if usual is not None and true is not None and seconds != step.seconds + true - usual:
            yield Finding((*at, name), _("is {n} in truth").format(n=step.seconds + true - usual))


def _roads(story: Story) -> defaultdict[str, list[tuple[str, Place]]]:
    """The endings that last choices lead to, with the place of each choice, by its leaning."""
    roads: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
    for _node, choice, place in choices(story):
        if choice.to in story.endings:
            roads[choice.lean].append((choice.to, place))
    return roads


RULES = (
    stories_have_no_right_answer,
    all_leanings_have_words,
    what_the_room_steers_is_shown,
    story_times_are_true,
)
