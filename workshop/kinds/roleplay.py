"""Role-play: people find a partner or are dealt one, read their role's card, go through stages; nothing is stored.

Whoever has begun to play steps out of the role before the step ends: stage `derole`, never left out, before `debrief`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from workshop.kinds import kind
from workshop.kinds._fields import Card, Flag, Id, Label, Line, Question, Seconds, StageLabel
from workshop.kinds.kind import BEGINNING, Action, Groups, Path
from workshop.release import Release
from workshop.values import Frozen
from workshop.words import N_
from workshop.words import gettext as _

WARM, SWAP = "warm", "swap"
BEFORE_PLAY = frozenset({"prep", WARM})
STEP_OUT, TALK = "derole", "debrief"
WATCHES = "observer"
"""Ids that mean something: see docs/packs.md. A stage that begins with `swap` is where roles change hands."""

MATCHED = "matched"
PICKED = 3
"""How many cards a phone shows of a longer list, where people are to pick from three."""


class Role(Frozen):
    """Who somebody is for a few minutes, and what they are told."""

    id: Id
    name: Label
    card: Card

    @property
    def watches(self) -> bool:
        """True for the one who has something to note."""
        return self.id == WATCHES


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
        return tuple(Role(id=i, name=_(name), card=text) for (i, name), text in zip(OF_A_CARD, texts, strict=True))


OF_A_CARD = (("asker", N_("Asks")), ("answerer", N_("Answers")), (WATCHES, N_("Watches")))


class Stage(Frozen):
    """A stretch of the role-play with its own time."""

    id: Id
    seconds: Seconds
    label: StageLabel


class Group(Frozen):
    """How many rehearse together, who puts them together, and what somebody does who would rather not."""

    size: Literal[2, 3] = 2
    partners: Literal["by_yourselves", "matched"] = "by_yourselves"
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

    def at(self, path: Path) -> int:
        """The place of the present stage."""
        at = path.get("stage", 0)
        return min(max(at, 0), len(self.stages) - 1) if isinstance(at, int) else 0

    def stage(self, path: Path) -> Stage:
        return self.stages[self.at(path)]

    def turn(self, path: Path) -> int:
        """How often roles have changed hands."""
        return sum(stage.id.startswith(SWAP) for stage in self.stages[: self.at(path) + 1])

    def before_play(self, path: Path) -> bool:
        """True while people still find each other, and nobody plays."""
        return self.at(path) < self.first_play

    def matched(self, path: Path) -> bool:
        """True where chance puts people together."""
        return bool(path.get("partners", self.group.partners) == MATCHED)

    @property
    def first_play(self) -> int:
        return next(i for i, stage in enumerate(self.stages) if stage.id not in BEFORE_PLAY)

    @property
    def step_out(self) -> int:
        return next(i for i, stage in enumerate(self.stages) if stage.id == STEP_OUT)

    @property
    def picked(self) -> int:
        """How many cards a phone shows at a time; 0: all of them."""
        few = self.card_choice is not None and self.card_choice.mode == "pick_from_three"
        return PICKED if few and len(self.cards) > PICKED else 0


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

    def borrowed(self, config: RoleplayConfig) -> tuple[str, ...]:
        return config.cards_ref

    def furnish(self, config: RoleplayConfig, libraries: Mapping[str, Mapping[str, Any]]) -> RoleplayConfig:
        cards = libraries.get("role_cards", {})
        unknown = [i for i in config.cards_ref if i not in cards]
        if unknown:
            raise ValueError(_("there is no role card {ids}").format(ids=", ".join(unknown)))
        there = tuple(cards[i] for i in config.cards_ref if cards[i] is not None)
        return config.model_copy(update={"cards": config.cards + there})

    def prepared(self, config: RoleplayConfig, *, lines: Mapping[str, str], by_chance: bool) -> RoleplayConfig:
        """The facilitator can still let people find each other."""
        group = config.group.model_copy(update={"partners": MATCHED})
        return config.model_copy(update={"group": group}) if by_chance else config

    def actions(self, config: RoleplayConfig, past: Sequence[Release], path: Path) -> list[Action]:
        return [*_onward(config, path), *_pairing(config, path), *self._out(config, path)]

    def _out(self, config: RoleplayConfig, path: Path) -> Iterator[Action]:
        if self.holds(config, path) and config.at(path) + 1 < config.step_out:
            yield Action("derole", _("Step out now"), lambda now: _moved(config, now, config.step_out))

    def groups(self, config: RoleplayConfig, path: Path) -> Groups | None:
        if not config.matched(path) or config.at(path) >= config.step_out:
            return None
        names = [role.name for role in config.roles] or [name for _id, name in OF_A_CARD]
        return Groups(config.group.size, tuple(names), config.group.solo, _dealt(path))

    def seconds(
        self, config: RoleplayConfig, path: Path, state: str = "reading", past: Sequence[Release] = ()
    ) -> int | None:
        return config.stage(path).seconds

    def length(self, config: RoleplayConfig, path: Path = BEGINNING) -> int | None:
        return sum(stage.seconds for stage in config.stages)

    def holds(self, config: RoleplayConfig, path: Path, past: Sequence[Release] = ()) -> str | None:
        if config.first_play <= config.at(path) < config.step_out:
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


def _onward(config: RoleplayConfig, path: Path) -> Iterator[Action]:
    """Partners are dealt before the first play; then it goes stage by stage."""
    at = config.at(path)
    if _last_to_meet(config) == at and config.matched(path) and not _dealt(path):
        yield Action("forward", _("Deal partners"), _deal, "deal")
    elif at + 1 < len(config.stages):
        yield Action("forward", _("Next stage"), lambda now: _moved(config, now, at + 1))


def _pairing(config: RoleplayConfig, path: Path) -> Iterator[Action]:
    """Until play begins: whether chance puts people together, and doing it once more."""
    if config.at(path) > _last_to_meet(config):
        return
    if not config.matched(path):
        yield Action(MATCHED, _("Partners by chance"), lambda now: {**now, "partners": MATCHED})
        return
    if _dealt(path):
        yield Action("deal", _("Deal everybody anew"), _deal, "deal")
    elif config.at(path) < _last_to_meet(config):
        yield Action("deal", _("Deal partners"), _deal, "deal")
    yield Action("by_yourselves", _("Partners by themselves"), _by_themselves)


def _deal(path: Path) -> Path:
    return {**path, "partners": MATCHED, "dealt": abs(path.get("dealt", 0)) + 1}


def _by_themselves(path: Path) -> Path:
    """Below 0: dealt before, and not any more. No number comes twice, or a phone could bring an old group back."""
    return {**path, "partners": "by_yourselves", "dealt": -abs(path.get("dealt", 0))}


def _dealt(path: Path) -> int:
    """Which deal the groups of now are from; 0: none."""
    return max(0, int(path.get("dealt", 0)))


def _last_to_meet(config: RoleplayConfig) -> int:
    """The last stage in which people find their partner."""
    return max(config.first_play - 1, 0)


def _moved(config: RoleplayConfig, path: Path, to: int) -> Path:
    return {**path, "stage": min(max(config.at(path), to), len(config.stages) - 1)}
