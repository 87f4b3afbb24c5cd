"""Rules about stories: no kind of choice may always end well or always badly, or the room learns to please."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.stories import Story, choices
from workshop.words import gettext as _


def stories_have_no_right_answer(pack: Pack) -> Iterator[Finding]:
    for i, story in enumerate(pack.stories):
        at = ("stories", i)
        roads = _roads(story)
        if len(story.endings) < 2:
            yield Finding((*at, "endings"), _("a story needs at least two endings"))
        for lean, endings in sorted(roads.items()):
            if len(endings) == 1:
                said = _("a last choice of the kind '{lean}' always leads to {ending}").format(
                    lean=lean, ending=min(endings)
                )
                yield Finding(at, said)
        if not any(story.endings[ending].tone == "kind" for ending in roads["help"]):
            yield Finding(at, _("no choice that helps leads to a kind ending"))
        if not any(story.endings[ending].tone == "costly" for ending in roads["limit"]):
            yield Finding(at, _("no choice that sets a limit leads to a costly ending"))


def _roads(story: Story) -> defaultdict[str, set[str]]:
    roads: defaultdict[str, set[str]] = defaultdict(set)
    for _node, choice, _place in choices(story):
        if choice.to in story.endings:
            roads[choice.lean].add(choice.to)
    return roads


RULES = (stories_have_no_right_answer,)
