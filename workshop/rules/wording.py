"""Rules about words that people in the room read: no labels, nothing that needs sight, not too hard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshop.pack import Pack
from workshop.rules.finding import Finding
from workshop.rules.grade import grade
from workshop.steps import Step
from workshop.words import N_
from workshop.words import gettext as _
from workshop.yaml_source import Loc

_FOR_ONE = ("do", "note", "covers")
_READ = ("title", "prompt", "lead_in", "body", "talk_instead", "attribution")

INSTEAD: Mapping[str, str] = {
    r"addicts?": N_("someone with an addiction"),
    r"alcoholics?": N_("someone who drinks"),
    r"(?:a|the|some|most) codependents?": N_("a pattern, never a person"),
    r"codependents": N_("a pattern, never a person"),
    r"toxic": N_("say what happens"),
    r"narcissists?|narcissistic": N_("always having to come first"),
    r"victims?": N_("someone who was hurt"),
    r"normal people": N_("most people"),
    r"(?:stay|staying|get|getting|been|be) clean": N_("not using"),
    r"(?:a )?dirty (?:test|drug)": N_("say what the test found"),
}
_SIGHT = r"look up|as you can see|see below|look at (?:the )?screen|the (?:red|green|blue|yellow|orange) \w+"
_DANGER = r"kill\w*|suicid\w*|weapon|knife|gun|hit (?:him|her|them|me)|beat (?:him|her|them) up"
_LICENSED = r"spann[- ]fischer|holyoake|friel|relationship profile test|interpersonal dependency inventory|net promoter"


def labels_are_avoided(pack: Pack) -> Iterator[Finding]:
    for loc, text in _texts(pack):
        for pattern, instead in INSTEAD.items():
            for word in _found(pattern, text):
                yield Finding(loc, _("'{word}': better '{instead}'").format(word=word, instead=_(instead)), "warning")


def nothing_needs_sight(pack: Pack) -> Iterator[Finding]:
    for loc, text in _texts(pack):
        for word in _found(_SIGHT, text):
            yield Finding(
                loc, _("'{word}' needs sight; say it so that everybody can do it").format(word=word), "warning"
            )


def safety_is_not_put_to_a_vote(pack: Pack) -> Iterator[Finding]:
    for i, story in enumerate(pack.stories):
        for node, scene in story.nodes.items():
            for j, choice in enumerate(scene.choices):
                if _found(_DANGER, choice.text):
                    loc = ("stories", i, "nodes", node, "choices", j, "text")
                    yield Finding(loc, _("does this put somebody's safety to the vote?"), "warning")


def licensed_scales_stay_out(pack: Pack) -> Iterator[Finding]:
    for loc, text in _texts(pack):
        for word in _found(_LICENSED, text):
            yield Finding(loc, _("'{word}' is somebody's: ask before you use it").format(word=word), "warning")


def texts_are_easy(pack: Pack) -> Iterator[Finding]:
    target = pack.workshop.reading_grade_target
    if target is None or pack.workshop.language.split("-")[0] != "en":
        return
    for i, step in enumerate(pack.steps):
        hard = grade(". ".join(text for _loc, text in _of_step(("steps", i), step)))
        if hard is not None and hard > target:
            said = _("reads at about grade {n}; this pack aims at {target}").format(n=round(hard), target=target)
            yield Finding(("steps", i), said, "warning")


def _texts(pack: Pack) -> Iterator[tuple[Loc, str]]:
    """What everybody reads, and what is said to everybody, in every plan."""
    for i, step in enumerate(pack.steps):
        yield from _of_step(("steps", i), step)
        yield ("steps", i, "facilitator", "say"), step.facilitator.say
        for name, change in step.variants.items():
            seen = {field: value for field, value in change.overrides.items() if field not in _FOR_ONE}
            yield from _inside(("steps", i, "variants", name), seen)
    for i, card in enumerate(pack.role_cards):
        yield from _inside(("role_cards", i), card.model_dump(exclude={"id", "covers"}))
    for i, story in enumerate(pack.stories):
        told = {"title", "caption", "say", "derole", "nodes", "endings"}
        yield from _inside(("stories", i), story.model_dump(include=told, exclude={"nodes": {"__all__": {"coach"}}}))
    yield from _inside(("strings",), pack.strings)


def _of_step(at: Loc, step: Step) -> Iterator[tuple[Loc, str]]:
    """What everybody reads of a step, as it is in the file."""
    yield from (((*at, name), getattr(step, name)) for name in _READ if getattr(step, name))
    yield (*at, "presenter", "caption"), step.presenter.caption
    yield from _inside(at, step.config.model_dump())


def _inside(at: Loc, value: Any) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name != "id":
                yield from _inside((*at, name), part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for i, part in enumerate(value):
            yield from _inside((*at, i), part)


def _found(pattern: str, text: str) -> list[str]:
    return [hit[0] for hit in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]


RULES = (labels_are_avoided, nothing_needs_sight, safety_is_not_put_to_a_vote, licensed_scales_stay_out, texts_are_easy)
