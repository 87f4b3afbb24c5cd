"""Agreement: lines that people can live with or would like to talk about, until a facilitator adopts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from workshop.kinds import _chosen, kind
from workshop.kinds._agreed import LONGEST, OK, TALK, AddYourOwn, AgreedLine, AgreementConfig, Line, free_id, written
from workshop.kinds._paths import changed
from workshop.kinds._plans import listed
from workshop.kinds._sizes import bucket, letters
from workshop.kinds._text import cleaned
from workshop.kinds.kind import BEGINNING, OUTCOME, Action, Form, Invalid, Path, Question
from workshop.release import Release
from workshop.tally import Option, Table, Tally, Texts
from workshop.words import N_
from workshop.words import gettext as _

ONCE_SHOWN = ("revealed",)
CHOICES = (Option(id=OK, text=""), Option(id=TALK, text=""))
"""What can be said to a line, whatever the words are."""


class Said(kind.Answer):
    """The lines that one phone can live with, those it wants to talk about, and one of its own."""

    ok: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()
    own: str = ""


class Agreement(kind.Kind):
    slug = "agreement"
    label = N_("Agreement")
    Config = AgreementConfig
    pinned = N_("Our agreement")

    def vary(self, fields: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
        """A plan may list the ids of the lines that stay."""
        every = {line["id"]: line for line in fields["items"]}
        kept = listed(overrides, "items", every, _("there is no line {ids}"))
        if not kept:
            return super().vary(fields, overrides)
        return {**fields, **overrides, "items": [every[id] for id in kept]}

    def prepared(self, config: AgreementConfig, *, lines: Mapping[str, str], by_chance: bool) -> AgreementConfig:
        return config.with_lines({"id": id, "text": text} for id, text in lines.items())

    def question(self, config: AgreementConfig, past: Sequence[Release], path: Path = BEGINNING) -> Question | None:
        if past:
            return None
        lines, own = config.asked(path), config.own
        size = bucket(sum(len(line.id) + len('"",') for line in lines) + letters(own.max_chars if own else 0))
        return Question(
            answer=Said,
            options=tuple(Option(id=line.id, text=line.text) for line in lines),
            bucket=size,
            moderated=own is not None,
            values={"own": own, "one_tap": config.one_tap_for_all, "choices": config.choices_per_item},
        )

    def read(self, form: Form, question: Question) -> Said:
        """Lines may be left open: each is counted by itself. One tap takes them all."""
        own: AddYourOwn | None = question.values["own"]
        text = cleaned("own", form.get("own", ""), own.max_chars) if own else ""
        lines = [line.id for line in question.options]
        if question.values["one_tap"] and form.get("all"):
            return Said(ok=tuple(lines), own=text)
        given = {id: _chosen.one(form, f"line-{id}", CHOICES) for id in lines if form.getlist(f"line-{id}")}
        if not text and not given:
            raise _chosen.nothing(f"line-{lines[0]}")
        ok, talk = (tuple(id for id in lines if given.get(id) == choice) for choice in (OK, TALK))
        return Said(ok=ok, talk=talk, own=text)

    def count(self, answers: Iterable[Said], question: Question) -> Tally:
        """A table for each line, of the people who said something to it; and the lines that people added."""
        said = list(answers)
        ok, talk = (Counter(id for answer in said for id in getattr(answer, choice)) for choice in (OK, TALK))
        texts = question.values["choices"] or (_("I can live with this"), _("I'd like to talk about it"))
        choices = tuple(Option(id=id, text=text) for id, text in zip((OK, TALK), texts, strict=True))
        tables = [_table(line, choices, ok[line.id], talk[line.id]) for line in question.options]
        # Sorted: the order in which people wrote must not be seen in what is kept.
        own = sorted(answer.own for answer in said if answer.own)
        if not own or len(own) < question.values["own"].min_show:
            return tables
        return [*tables, Texts(name="own-lines", entries=tuple(own), answerers=len(own), own_line=True)]

    def actions(self, config: AgreementConfig, past: Sequence[Release], path: Path) -> list[Action]:
        if not past:
            return []
        if path.get(OUTCOME):
            return [Action("reopen", _("Change the agreement"), partial(changed, **{OUTCOME: None}), when=ONCE_SHOWN)]
        adopted = [line.text for line in config.lines(past, path) if not line.out]
        adopt = Action("forward", _("Adopt"), lambda now: {**now, OUTCOME: adopted}, when=ONCE_SHOWN)
        return [adopt] if adopted else []

    def pressed(self, config: AgreementConfig, past: Sequence[Release], path: Path, action: str) -> Action | None:
        """Besides the buttons, before the lines are adopted: `reword:<line>`, `out:<line>`, `in:<line>` and `add`."""
        verb, _colon, id = action.partition(":")
        lines = config.lines(past, path)
        if not past or path.get(OUTCOME) or verb not in ("reword", "out", "in", "add"):
            return super().pressed(config, past, path, action)
        if verb == "add":
            return _typed(action, lambda text: (*lines, _added(config, lines, text)))
        if id not in {line.id for line in lines}:
            return None
        if verb == "reword":
            return _typed(action, lambda text: _changed(lines, id, text=_line(text)))
        changed = written(_changed(lines, id, out=verb == "out"))
        return Action(action, "", lambda now: {**now, "lines": changed}, when=ONCE_SHOWN)

    def afresh(self, config: AgreementConfig, path: Path, past: Sequence[Release] = ()) -> Path:
        return {"asked": written(line for line in config.lines(past, path) if not line.out)}

    def example(self) -> tuple[Any, list[dict[str, list[str]]]]:
        items = (
            AgreedLine(id="own", text="We speak from our own life."),
            AgreedLine(id="pass", text="Passing is always fine."),
        )
        forms = [
            {"line-own": ["ok"], "line-pass": ["talk"], "own": ["We start on time."]},
            {"line-own": ["ok"], "own": [""]},
            {"all": ["1"], "own": [""]},
        ]
        return AgreementConfig(items=items, add_your_own=AddYourOwn(), one_tap_for_all=True), forms


def _table(line: Option, choices: tuple[Option, ...], ok: int, talk: int) -> Table:
    return Table(name=line.id, title=line.text, options=choices, counts=(ok, talk), answerers=ok + talk, gist=True)


def _typed(action: str, lines: Callable[[str], Iterable[Line]]) -> Action:
    """An action that puts words of the facilitator's among the lines; `lines` makes them of what was typed."""

    def write(path: Path, text: str) -> Path:
        return {**path, "lines": written(lines(text))}

    return Action(action, "", lambda path: path, when=ONCE_SHOWN, write=write)


def _added(config: AgreementConfig, lines: Sequence[Line], text: str) -> Line:
    if not config.room_for_more(lines):
        raise Invalid("text", "bad_option", _("Two new lines are enough. Reword one of those instead."))
    return Line(free_id("new", lines), _line(text))


def _line(text: str) -> str:
    plain = cleaned("text", text, LONGEST)
    if not plain:
        raise Invalid("text", "empty", _("Write the line first."))
    return plain


def _changed(lines: Iterable[Line], id: str, **change: Any) -> tuple[Line, ...]:
    return tuple(replace(line, **change) if line.id == id else line for line in lines)
