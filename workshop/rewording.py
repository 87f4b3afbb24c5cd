"""A step, a role card or a story said in other words; pure, like `adapting`, and never what the checker refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from workshop import wordings
from workshop.adapting import known_plan, replaced, step_of, together
from workshop.fitting import Unfit, fitted, refused
from workshop.pack import Pack
from workshop.steps import Step
from workshop.wordings import Way, Wording
from workshop.words import gettext as _

Library = Literal["role_cards", "stories"]
M = TypeVar("M", bound=BaseModel)


def reword(pack: Pack, plan: str, step_id: str, texts: Mapping[str, str]) -> Pack:
    """A step in other words, by the places of `wordings.of` for the step as a plan has it.

    Where the plan has words of its own they change for this plan, and everywhere otherwise. What is asked before and
    after is asked alike: the answers of the other half change as well.
    """
    step, _known = step_of(pack, step_id), known_plan(pack, plan)
    shown = step.varied(plan) if step.variants[plan].keep else step
    changed = _changed(shown, texts)
    new = replaced(pack, step_id, _reworded(step, plan, changed))
    for other in _halves(pack, step_id):
        there = {one for one in wordings.of(other) if one.at[0] not in Step.model_fields}
        lines = [(one, text) for one, text in changed if one in there]
        new = replaced(new, other.id, _reworded(other, plan, lines))
    return pack if new == pack else fitted(pack, new)


def reword_card(pack: Pack, id: str, texts: Mapping[str, str]) -> Pack:
    """A role card in other words."""
    return _reworded_entry(pack, "role_cards", id, texts)


def reword_story(pack: Pack, id: str, texts: Mapping[str, str]) -> Pack:
    """A story in other words. Where its choices lead stays as it is."""
    return _reworded_entry(pack, "stories", id, texts)


def _halves(pack: Pack, step_id: str) -> tuple[Step, ...]:
    """The steps that ask the same before or after a step, in any plan."""
    found = [other for plan in pack.workshop.variants.plans for other in together(pack, plan, step_id)[1:]]
    return tuple({other.id: other for other in found}.values())


def _changed(thing: BaseModel, texts: Mapping[str, str]) -> list[tuple[Wording, str]]:
    """Which texts differ from what stands there, tidied; raises `Unfit` for one that is too long or empty."""
    found = []
    for one in wordings.of(thing):
        text = wordings.tidy(texts.get(one.place, one.text), paragraphs=one.paragraphs)
        if text == wordings.tidy(one.text, paragraphs=one.paragraphs):
            continue
        if len(text) > one.most:
            said = _("This is {n} letters long; at most {most}.").format(n=len(text), most=one.most)
            raise Unfit(said, one.place)
        if len(text) < one.least:
            raise Unfit(_("This cannot be empty."), one.place)
        found.append((one, text))
    return found


def _reworded(step: Step, plan: str, changed: Iterable[tuple[Wording, str]]) -> Step:
    data = step.model_dump(mode="json")
    for one, text in changed:
        own = wordings.put(data["variants"][plan], _of_the_plan(one.at), text)
        if own is not None:
            data["variants"][plan] = own
        else:
            data = wordings.put(data, one.at, text) or data
    return _read(Step, data)


def _of_the_plan(at: Way) -> Way:
    """Where a plan says something of its own; notes for the facilitator stand one step higher there."""
    return at[1:] if at[0] == "facilitator" else at


def _reworded_entry(pack: Pack, library: Library, id: str, texts: Mapping[str, str]) -> Pack:
    things: tuple[Any, ...] = getattr(pack, library)
    thing = next((one for one in things if one.id == id), None)
    if thing is None:
        raise Unfit(_("There is no such story or card."))
    data = thing.model_dump(mode="json")
    for one, text in _changed(thing, texts):
        data = wordings.put(data, one.at, text) or data
    new = _read(type(thing), data)
    if new == thing:
        return pack
    return fitted(pack, pack.model_copy(update={library: tuple(new if one.id == id else one for one in things)}))


def _read(model: type[M], data: Any) -> M:
    try:
        return model.model_validate(data)
    except ValueError as error:
        raise refused(error) from None
