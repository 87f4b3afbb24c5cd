"""A sheet for counting folded ballots: which numbers are typed of a question, and the tally that they come to.

What a question counts of its phones is what can be counted by hand: the tally of no answers is the sheet to fill in. So
every kind that counts people by option has one, and none of them knows of paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sessions.asked import Asked
from sessions.publishing import beside, passed, shift
from sessions.snapshot import Snapshot
from workshop.kinds.kind import Invalid
from workshop.release import Release
from workshop.tally import Option, Shift, Table
from workshop.typed import whole
from workshop.words import gettext as _
from workshop.words import ngettext

Form = Mapping[str, str]

BALLOTS = "ballots"
MOST = 9999
WAYS = tuple(
    Option(id=way, text=said) for way, said in zip(shift.WAYS, ("went_up", "stayed", "went_down"), strict=True)
)
"""Which way somebody went between two marks on one line; texts are ids of interface strings."""


@dataclass(frozen=True)
class Line:
    """One table to fill in: a number for each option, in the field `<part>:<option>`.

    `blank`: the field for ballots that say nothing here, where the numbers alone do not tell how many do.
    """

    part: Table | Shift
    blank: str = ""

    @property
    def moves(self) -> bool:
        """Whether two marks of each ballot are compared."""
        return isinstance(self.part, Shift)

    @property
    def several(self) -> bool:
        """Whether a ballot may have more than one mark here."""
        return isinstance(self.part, Table) and not self.part.exclusive

    @property
    def options(self) -> tuple[Option, ...]:
        return WAYS if isinstance(self.part, Shift) else self.part.options

    def marks(self, option: Option) -> tuple[str, ...]:
        """What is ticked on a ballot for an option that stands for several things."""
        named = dict(zip(self.options, self.part.marks, strict=False)) if isinstance(self.part, Table) else {}
        return named.get(option, ())

    def field(self, option: Option) -> str:
        return f"{self.part.name}:{option.id}"

    def counted(self, form: Form, ballots: int) -> Table | Shift:
        """The table that was typed; raises `Invalid` where so many ballots cannot come to it."""
        counts = tuple(_number(form, self.field(option)) for option in self.options)
        if isinstance(self.part, Table) and not self.part.exclusive:
            given = ballots - (_number(form, self.blank) if self.blank else 0)
            self._can_be_several(self.part, counts, given)
            return replace(self.part, counts=counts, answerers=given)
        if sum(counts) > ballots:
            said = _("These numbers come to {marks}, and there are {ballots} ballots. Please count once more.")
            raise self._wrong(said.format(marks=sum(counts), ballots=ballots))
        if isinstance(self.part, Table):
            return replace(self.part, counts=counts, answerers=sum(counts))
        return _moved(self.part, counts)

    def _can_be_several(self, table: Table, counts: Sequence[int], given: int) -> None:
        """Raises `Invalid` unless `given` ballots, each with as many marks as it may have, could come to `counts`."""
        pairs = list(zip(table.options, counts, strict=True))
        alone = sum(count for option, count in pairs if option.exclusive)
        others, free = [count for option, count in pairs if not option.exclusive], given - alone
        least, most = table.picks[0], table.picks[1] or len(others)
        if free < 0 or max(others, default=0) > free:
            said = _("There are more marks here than {ballots} ballots can have. Please count once more.")
            raise self._wrong(said.format(ballots=given))
        if sum(others) > most * free:
            said = _("A ballot has {most} marks at the most here. Leave out ballots with more, and count once more.")
            raise self._wrong(said.format(most=most))
        if sum(others) < least * free:
            said = _("A ballot has {least} marks at least here. Leave out ballots with fewer, and count once more.")
            raise self._wrong(said.format(least=least))

    def _wrong(self, sentence: str) -> Invalid:
        return Invalid(self.field(self.options[0]), "bad_option", sentence)


@dataclass(frozen=True)
class Sheet:
    """What can be typed of the ballots of one question, in its session as it stands."""

    asked: Asked

    @classmethod
    def of(cls, live: Snapshot, step_id: str, round: int, phase: int) -> Sheet | None:
        """None where this was not asked, or is nothing for paper."""
        state = next((one for one in live.rounds.get(step_id, ()) if one.round == round and one.phase == phase), None)
        asked = Asked.of(live, state.row) if state else None
        return cls(asked) if asked and _for_paper(asked) else None

    @classmethod
    def now(cls, live: Snapshot) -> Sheet | None:
        """Of the present question."""
        return cls.of(live, live.now.step_id, live.now.round, live.now.phase) if live.now else None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The tables that ballots can stand beside: what the phones show nothing of need not be counted."""
        parts = [part for part in _countable(self.asked) if part.name in passed(self._phones)]
        apart = len(parts) > 1
        return tuple(
            Line(part, f"{part.name}:blank" if apart and isinstance(part, Table) and not part.exclusive else "")
            for part in parts
        )

    @property
    def least(self) -> int:
        """How many ballots there must be."""
        pairs = self.asked.rules.pairs if all(line.moves for line in self.lines) else 0
        return max(self.asked.k("counts"), self.asked.rules.ballots, pairs)

    @property
    def entered(self) -> bool:
        return bool(self.asked.state.on_paper(self.asked.state.phase))

    @property
    def why_not(self) -> str:
        """Why nothing can be entered now, as a sentence; empty where it can."""
        live, state = self.asked.live, self.asked.state
        if live.state == "ended":
            return _("This session is over.")
        if self.entered:
            return _("The ballots of this question are entered, and final.")
        if live.newest(state.step_id) != state:
            return _("This question was asked once more. The ballots of the first time come too late.")
        if state.state not in ("closed", "revealed"):
            return _("Close the question first. Ballots are counted afterwards.")
        if not self.lines:
            return _("Of the phones nothing can be shown here, and paper never helps with that. Talk it through.")
        return ""

    def counted(self, form: Form) -> list[Table | Shift]:
        """The tally that was typed; raises `Invalid` with the field and a sentence."""
        ballots = _number(form, BALLOTS)
        if ballots < self.least:
            said = ngettext(
                "This question needs %(n)s ballot at least. Of fewer, nothing is shown: leave them folded.",
                "This question needs %(n)s ballots at least. Of fewer, nothing is shown: leave them folded.",
                self.least,
            )
            raise Invalid(BALLOTS, "bad_option", said % {"n": self.least})
        return [line.counted(form, ballots) for line in self.lines]

    def shown(self, tally: Sequence[Table | Shift]) -> Release:
        """What the room would see of it; raises `Invalid` where that is nothing."""
        asked, found = self.asked, None
        if self._phones:
            found = beside(
                self._phones,
                tally,
                sensitivity=asked.step.sensitivity,
                k=asked.k("counts"),
                first=self._first(),
                rules=asked.rules,
            )
        if found is None:
            said = _("Too few of these ballots have a mark for anything to be shown of them.")
            raise Invalid(BALLOTS, "bad_option", said)
        return found

    @property
    def _phones(self) -> Release | None:
        """The release of the phones; None where there is none yet."""
        phase = self.asked.state.phase
        return next(iter(self.asked.state.releases[phase : phase + 1]), None)

    def _first(self) -> Release | None:
        """What was shown of the ballots of the first round, where this is the second."""
        state = self.asked.state
        rounds = self.asked.live.rounds[state.step_id]
        return next(iter(rounds[0].on_paper(state.phase)), None) if state.round > 1 else None


def _for_paper(asked: Asked) -> bool:
    shown = asked.step.reveal in ("after_close", "live") and asked.audience == "room" and not asked.question.moderated
    return asked.step.paper and asked.step.fits_paper and shown and bool(_countable(asked))


def _countable(asked: Asked) -> list[Table | Shift]:
    """The empty tables of a question."""
    return [part for part in asked.kind.count((), asked.question) if isinstance(part, Table | Shift)]


def _moved(shift: Shift, counts: Sequence[int]) -> Shift:
    """By which way people went alone: any two points that differ so will do, and no dots are made of them."""
    low = shift.low
    pairs = zip(((low, low + 1), (low, low), (low + 1, low)), counts, strict=True)
    return replace(shift, pairs=tuple((pair, people) for pair, people in pairs if people), dots=False)


def _number(form: Form, field: str) -> int:
    """What stands in a field; an empty one is none."""
    typed = form.get(field, "").strip()
    number = whole(typed, most=MOST) if typed else 0
    if number is None:
        raise Invalid(field, "bad_option", _("Please type whole numbers, such as 4, or leave a field empty for none."))
    return number
