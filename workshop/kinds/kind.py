"""What a kind of activity must say about itself, and the plain values it works with.

A kind is pure: it sees its config, its questions, forms and answers; never a request, a seat, a clock or a table.
So it cannot leak who answered, and adding one is one module and its templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Protocol

from workshop.release import Release
from workshop.tally import Option, Tally
from workshop.values import Frozen

Path = Mapping[str, Any]
"""Where a step stands, as plain JSON: the stage of a role-play, the turns of a story. Never an answer."""

BEGINNING: Path = MappingProxyType({})
"""The path of a step that has only just been shown."""

OUTCOME = "outcome"
"""Where a path holds what the room came to, as lines. It is drawn in place of the results, and kept as long as they."""


class Invalid(Exception):
    """An answer that cannot be taken: the field it is about, a stable code, and the sentence for the person."""

    def __init__(self, field: str, code: Literal["bad_option", "too_long", "empty"], message: str) -> None:
        super().__init__(message)
        self.field, self.code, self.message = field, code, message


class Form(Protocol):
    """The part of a posted form that a kind may read."""

    def get(self, key: str, default: str = "", /) -> str: ...

    def getlist(self, key: str, /) -> list[str]: ...


class Config(Frozen):
    """What an author sets for one step of a kind; unknown fields are refused."""


class Answer(Frozen):
    """What one phone gave, after its kind has read it."""


@dataclass(frozen=True)
class Question:
    """What one phase of a step asks.

    `prompt` empty: the step's own. `audience`: who may see what was counted (`nobody`: counted, not stored).
    `bucket`: bytes that an answer is padded to where it is stored (64, 256, 1024 or 2048). `size`: bytes that its
    contents can take, for a form that asks it among others; 0: as many as its bucket holds.
    `moderated`: texts that a person reads before the room does.
    `waits`: the room talks first, so showing it does not open it, whatever the step's sensitivity.
    `linked`: the first or the second of two questions whose answers are compared for each phone, and then deleted.
    `label`: what the console calls going on to it, where it is not the first; a facilitator may leave it out.
    `needs_helper`: it is left out by itself while nobody helps whoever leads.
    """

    answer: type[Answer]
    prompt: str = ""
    options: tuple[Option, ...] = ()
    audience: Literal["room", "facilitator", "nobody"] = "room"
    bucket: Literal[64, 256, 1024, 2048] = 256
    size: int = 0
    moderated: bool = False
    waits: bool = False
    linked: Literal["", "pre", "post"] = ""
    label: str = ""
    needs_helper: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wire(self) -> int:
        """Bytes that every form of this question is padded to: in an address-encoded form, each may become three."""
        return next(size for size in (1024, 2048, 4096, 8192) if size >= 3 * self.bucket + 256)


@dataclass(frozen=True)
class Action:
    """A button of the facilitator's: an update of a step's path by a pure function.

    `then`: what follows in the same press: the next phase is shown, or partners are dealt.
    `when`: states of the question in which it can be pressed; empty: in all of them.
    `unanswered`: only while nobody has answered, since it changes what is asked.
    `wording`: id of the interface string that a pack may say it with.
    `choice`: one of several ways on between which a person decides, so none of them is the natural next one.
    `write`: the update where a facilitator types something too; raises `Invalid` with a sentence.
    """

    id: str
    label: str
    apply: Callable[[Path], Path]
    then: Literal["", "ask on", "deal"] = ""
    when: tuple[str, ...] = ()
    unanswered: bool = False
    wording: str = ""
    choice: bool = False
    write: Callable[[Path, str], Path] | None = None


@dataclass(frozen=True)
class Picture:
    """What a step shows that comes with its path, instead of what its author wrote for it; empty: nothing else.

    Kinds add what their own templates draw. `talk`: in place of `talk_instead`. `say`: the facilitator's line.
    """

    title: str = ""
    caption: str = ""
    prompt: str = ""
    say: str = ""
    talk: str = ""


@dataclass(frozen=True)
class Crossing:
    """A place on the way of a step that the room steers, and the choice that was taken there; at the end, none.

    `library`: what the place belongs to, such as a story. `words`: of the choice, or the name of the end.
    """

    library: str
    place: str
    choice: str
    words: str


@dataclass(frozen=True)
class Groups:
    """How people are put together by chance. `size`: how many rather, 2 or 3.

    `roles`: what each begins as, in order. `solo`: what somebody does who would rather not. `dealt`: how often the
    facilitator has dealt.
    """

    size: Literal[2, 3]
    roles: tuple[str, ...]
    solo: str
    dealt: int


class Kind:
    """A sort of activity. Subclasses say what they need; the defaults are those of a kind that asks nothing."""

    slug: ClassVar[str]
    label: ClassVar[str]
    Config: ClassVar[type[Config]]
    links: ClassVar[bool] = False
    """Whether two steps of this kind can be the before and after of a measure."""
    small: ClassVar[bool] = False
    """Whether a form can ask it among others: it asks once, and has a template `fields.html`."""
    rounds: ClassVar[bool] = True
    """Whether a question can be asked a second time as a round of its own, rather than as another phase."""
    opening: ClassVar[int] = 0
    """Seconds that its stages may leave of a step's time, for introducing it."""
    pinned: ClassVar[str] = ""
    """What every phone calls the outcome, which stays one tap away for the rest of the session; empty: it does not."""

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a step's config under a variant's overrides; `ValueError` where they don't fit."""
        return {**fields, **overrides}

    def furnish(self, config: Any, libraries: Mapping[str, Mapping[str, Any]]) -> Any:
        """The config with what it names in the pack's libraries (role cards, stories by id) put in, or `ValueError`.

        An entry that is None is there, and hidden in this session.
        """
        return config

    def borrowed(self, config: Any) -> tuple[str, ...]:
        """Ids of what it names in the pack's libraries; it can do without some of them, never without all."""
        return ()

    def prepared(self, config: Any, *, lines: Mapping[str, str], by_chance: bool) -> Any:
        """The config after what was said before a session.

        `lines`: more lines for what the room agrees on, by their ids. `by_chance`: chance puts partners together.
        """
        return config

    def question(self, config: Any, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        """What phase `len(past)` asks, or None when the step has nothing (more) to ask."""
        return None

    def read(self, form: Form, question: Question) -> Answer:
        """The answer in a form; raises `Invalid` with a sentence."""
        raise NotImplementedError

    def paired(self, before: Any, now: Any) -> Answer:
        """The second of two linked answers of one phone, which holds the first one from here on."""
        raise NotImplementedError

    def count(self, answers: Iterable[Any], question: Question) -> Tally:
        """Answers added up; the order of `answers` must not matter."""
        raise NotImplementedError

    def actions(self, config: Any, past: Sequence[Release], path: Path) -> list[Action]:
        """The facilitator's own buttons for this step; the first is the natural next one."""
        return []

    def pressed(self, config: Any, past: Sequence[Release], path: Path, action: str) -> Action | None:
        """The action of this id: one of the buttons, or one that a list of the kind's on the console leads to."""
        return next((one for one in self.actions(config, past, path) if one.id == action), None)

    def afresh(self, config: Any, path: Path, past: Sequence[Release] = ()) -> Path:
        """The path on which a second round begins: what belongs to the question and not to its answers."""
        return BEGINNING

    def road(self, config: Any, past: Sequence[Release], path: Path) -> tuple[Crossing, ...]:
        """Which way the room took, where it steers the step: for downloads."""
        return ()

    def picture(self, config: Any, past: Sequence[Release], path: Path) -> Picture:
        """What its templates draw besides config, question and path. `past`: all releases so far, the newest too."""
        return Picture()

    def seconds(self, config: Any, path: Path, state: str = "reading", past: Sequence[Release] = ()) -> int | None:
        """How long the present stage takes, where the kind has stages; None: the step's own time.

        `state`: of the question, for a kind whose stages come with it: `shown open closing closed revealed`.
        """
        return None

    def length(self, config: Any, path: Path = BEGINNING) -> int | None:
        """Seconds of all its stages together, where the kind has stages; None: the step's own time."""
        return None

    def holds(self, config: Any, path: Path, past: Sequence[Release] = ()) -> str | None:
        """Why the room must not leave this step yet, as a sentence; None: it may."""
        return None

    def feels(self, config: Any) -> bool:
        """Whether it asks how people are, so that later steps can go by when many are stirred up."""
        return False

    def stirred(self, config: Any, release: Release) -> float | None:
        """Where it `feels`: the share of people who are stirred up, from 0 to 1, by what may be seen of it.

        None where that says nothing.
        """
        return None

    def groups(self, config: Any, path: Path) -> Groups | None:
        """How the present stage puts people together by chance; None: it does not, or they find each other."""
        return None

    def check(self, config: Any, say: Callable[[str, str], None]) -> None:
        """Tell `say(field, sentence)` what makes this config unfit, beyond what its types refuse."""

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        """A config, and forms that people could send: for the contract test, rehearsals, previews and docs."""
        raise NotImplementedError
