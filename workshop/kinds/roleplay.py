"""Role-play: people find a partner, tap a role, read its card and go through stages; nothing is sent or stored.

Whoever has begun to play steps out of the role before the step ends: stage `derole`, never left out, before `debrief`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from workshop.kinds import kind
from workshop.kinds._fields import Card, Flag, Id, Label, Line, Question, Seconds, StageLabel
from workshop.kinds.kind import Action, Frozen, Path, Release
from workshop.words import N_
from workshop.words import gettext as _

BEFORE_PLAY = frozenset({"prep", "warm"})
STEP_OUT, TALK = "derole", "debrief"


class Role(Frozen):
    """Who somebody is for a few minutes, and what they are told."""

    id: Id
    name: Label
    card: Card


class RoleCard(Frozen):
    """A situation for two who ask and answer, and one who watches."""

    id: Id
    title: Label
    level: Annotated[int, Field(strict=True, ge=1, le=3)] = 1
    setting: Card
    asker: Card
    answerer: Card
    observer: Card
    first_line: Label
    covers: tuple[str, ...] = ()
    debrief: Question

    @property
    def roles(self) -> tuple[Role, ...]:
        """The three roles of this card."""
        texts = (self.asker, self.answerer, self.observer)
        names = (("asker", _("Asks")), ("answerer", _("Answers")), ("observer", _("Watches")))
        return tuple(Role(id=i, name=name, card=text) for (i, name), text in zip(names, texts, strict=True))


class Stage(Frozen):
    """A stretch of the role-play with its own time."""

    id: Id
    seconds: Seconds
    label: StageLabel


class Group(Frozen):
    """How many rehearse together, and what somebody does who would rather not."""

    size: Literal[2, 3] = 2
    allow: tuple[Literal[2, 3], ...] = ()
    odd_one: Literal["triad_with_observer"] = "triad_with_observer"
    solo: Card
    deal_again: Flag = False


class CardChoice(Frozen):
    """How a pair comes to its card."""

    mode: Literal["pick_from_three", "pick"] = "pick"
    swap: Literal["unlimited"] = "unlimited"
    label: Label


def _in_order(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    ids = [stage.id for stage in stages]
    if len(set(ids)) < len(ids):
        raise ValueError(_("two stages have the same id"))
    if STEP_OUT not in ids:
        raise ValueError(_("a stage 'derole' is missing: people step out of their role, always"))
    if TALK in ids and ids.index(TALK) < ids.index(STEP_OUT):
        raise ValueError(_("'derole' comes before 'debrief': people step out of their role before they talk about it"))
    if set(ids[ids.index(STEP_OUT) + 1 :]) - {TALK}:
        raise ValueError(_("only 'debrief' may come after 'derole'"))
    return stages


class RoleplayConfig(kind.Config):
    """Either `roles`, or role cards: `cards_ref` names them in the pack, which puts them into `cards`."""

    group: Group
    roles: tuple[Role, ...] = ()
    cards_ref: tuple[Id, ...] = ()
    cards: tuple[RoleCard, ...] = ()
    card_choice: CardChoice | None = None
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=20), AfterValidator(_in_order)]
    debrief_question: Question
    derole: Line = N_("Shake out your hands. You are you. Notice three things around you.")

    @model_validator(mode="after")
    def _has_roles(self) -> Self:
        if bool(self.roles) == bool(self.cards_ref or self.cards):
            raise ValueError(_("give either roles or role cards"))
        return self


class Roleplay(kind.Kind):
    slug = "roleplay"
    label = N_("Role-play")
    Config = RoleplayConfig

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """A plan lists the stages that stay, with their seconds; their order and labels are the step's."""
        kept = overrides.get("stages")
        if not isinstance(kept, Mapping):
            return super().vary(fields, overrides)
        unknown = sorted(str(i) for i in set(kept) - {stage["id"] for stage in fields["stages"]})
        if unknown:
            raise ValueError(_("there is no stage {ids}").format(ids=", ".join(unknown)))
        stages = [{**stage, "seconds": kept[stage["id"]]} for stage in fields["stages"] if stage["id"] in kept]
        return {**fields, **overrides, "stages": stages}

    def furnish(self, config: RoleplayConfig, libraries: Mapping[str, Mapping[str, Any]]) -> RoleplayConfig:
        cards = libraries.get("role_cards", {})
        unknown = [i for i in config.cards_ref if i not in cards]
        if unknown:
            raise ValueError(_("there is no role card {ids}").format(ids=", ".join(unknown)))
        return config.model_copy(update={"cards": config.cards + tuple(cards[i] for i in config.cards_ref)})

    def actions(self, config: RoleplayConfig, past: Sequence[Release], path: Path) -> list[Action]:
        at, step_out = _at(config, path), _step_out(config)
        actions = []
        if at + 1 < len(config.stages):
            actions.append(Action("forward", _("Next stage"), lambda now: _moved(config, now, _at(config, now) + 1)))
        if self.holds(config, path) and at + 1 < step_out:
            actions.append(Action("derole", _("Step out now"), lambda now: _moved(config, now, step_out)))
        return actions

    def seconds(self, config: RoleplayConfig, path: Path) -> int | None:
        return config.stages[_at(config, path)].seconds

    def length(self, config: RoleplayConfig) -> int | None:
        return sum(stage.seconds for stage in config.stages)

    def holds(self, config: RoleplayConfig, path: Path) -> str | None:
        if _first_play(config) <= _at(config, path) < _step_out(config):
            return _("People are still in their roles. Let them step out first.")
        return None

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        roles = (
            Role(id="talker", name="Talker", card="Talk until the chime about something small."),
            Role(id="listener", name="Listener", card="Just listen. No advice."),
        )
        stages = (
            Stage(id="prep", seconds=30, label="Find a partner"),
            Stage(id="talk", seconds=60, label="One talks, one listens"),
            Stage(id="derole", seconds=15, label="Step out of your role"),
            Stage(id="debrief", seconds=60, label="Whole room: what helped?"),
        )
        group = Group(solo="Quiet option: write for a minute.")
        return RoleplayConfig(group=group, roles=roles, stages=stages, debrief_question="What helped?"), []


def _at(config: RoleplayConfig, path: Path) -> int:
    at = path.get("stage", 0)
    return min(max(at, 0), len(config.stages) - 1) if isinstance(at, int) else 0


def _moved(config: RoleplayConfig, path: Path, to: int) -> Path:
    return {**path, "stage": min(max(_at(config, path), to), len(config.stages) - 1)}


def _first_play(config: RoleplayConfig) -> int:
    return next(i for i, stage in enumerate(config.stages) if stage.id not in BEFORE_PLAY)


def _step_out(config: RoleplayConfig) -> int:
    return next(i for i, stage in enumerate(config.stages) if stage.id == STEP_OUT)
