"""What a press on the console does: every verb by its name, who may press it, and which are asked once more first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sessions import (
    broadcast,
    buttons,
    care,
    closing,
    conduct,
    held,
    helpers,
    notes,
    planning,
    progress,
    questions,
    room,
    stage,
    texts,
)
from sessions.quiet import quiet
from sessions.snapshot import Snapshot
from sessions.states import Wrong
from workshop.typed import whole
from workshop.words import gettext as _

Form = Mapping[str, str]
Verb = Callable[[Snapshot, Form], None]

SUPPORT = {"care", "pause", "resume", "text", "quiet", "kind-note", "view"}
"""What a facilitator who only helps may do."""

ONCE = {"next", "back", "forward", "show", "close", "reveal", "open", "again", "undo", "act"}
"""Verbs that a second press of the same button must not do twice."""


def moves(verb: str, form: Form) -> bool:
    """True when a press moves the room, which is the lead's."""
    return verb not in SUPPORT or (verb == "resume" and bool({"to", "skip"} & form.keys()))


def outdated(live: Snapshot, verb: str, form: Form) -> bool:
    """True when the button was drawn for an earlier state: pressed twice, or on another console meanwhile."""
    drawn = form.get("mark")
    return verb in ONCE and drawn is not None and drawn != live.mark


def ask_first(live: Snapshot, verb: str, form: Form) -> str:
    """A sentence when a press should be meant: closing early, ending for everybody."""
    if form.get("sure") == "1":
        return ""
    if _closes(live, verb, form) and progress.of(live).few:
        return stage.say(live)("console_few_answers")
    if _shows(live, verb) and any(text.status == "held" for text in held.waiting(live)):
        return _("Some texts are unread, and would be deleted. Show without them? Press once more.")
    if verb == "end" and form.get("mark"):
        return _("End the session for everybody? Press once more.")
    return ""


def _closes(live: Snapshot, verb: str, form: Form) -> bool:
    """True when a press would end an open question; a script that says `now` means it, a button may be a slip."""
    meant = form.get("now") == "1" and "mark" not in form
    return not meant and stage.state_of(live) == "open" and verb in ("close", "forward")


def _shows(live: Snapshot, verb: str) -> bool:
    button = buttons.next_action(live)
    return verb == "reveal" or (verb == "forward" and button is not None and button.verb == "reveal")


def _show(live: Snapshot, form: Form) -> None:
    conduct.show(live, form.get("step", ""))


def _next(live: Snapshot, form: Form) -> None:
    conduct.next_step(live, alone=form.get("alone") == "1")


def _close(live: Snapshot, form: Form) -> None:
    closing.close(live, now=form.get("now") == "1", then_show=form.get("show") == "1")


def _resume(live: Snapshot, form: Form) -> None:
    care.resume(live, to=form.get("to", ""), past_tender=form.get("skip") == "tender")


def _text(live: Snapshot, form: Form) -> None:
    what, text_id = form.get("do", ""), form.get("id", "")
    if what == "unmarked":
        return texts.show_unmarked(live)
    if what == "edit":
        return texts.edit(live, text_id, form.get("text", ""))
    if what not in ("show", "hide"):
        raise Wrong(_("There is no such button."))
    return (texts.show if what == "show" else texts.hide)(live, text_id)


def _act(live: Snapshot, form: Form) -> None:
    """A button of the kind's; where the console offers lists, `which` and `instead` say what was chosen."""
    chosen = (form.get("action", ""), form.get("which", ""), form.get("instead", ""))
    conduct.act(live, ":".join(part for part in chosen if part), form.get("text", ""))


def _minute(live: Snapshot, form: Form) -> None:
    if form.get("by") not in ("1", "-1"):
        raise Wrong(_("There is no such button."))
    planning.minute(live, int(form["by"]))


def _drop(live: Snapshot, form: Form) -> None:
    planning.drop(live, form.get("steps", "").split())


def _quiet(live: Snapshot, form: Form) -> None:
    quiet.seen_to(live.id, form.get("id", ""))
    broadcast.counted(live.id)


def _dismiss(live: Snapshot, form: Form) -> None:
    helpers.dismiss(live, _number(form))


def _quiet_to(live: Snapshot, form: Form) -> None:
    helpers.hear(live, _number(form))


def _number(form: Form) -> int:
    """Of a helper; -1 for anything else, which nobody has."""
    number = whole(form.get("number", ""), most=helpers.MOST)
    return -1 if number is None else number


def _kind_note(live: Snapshot, form: Form) -> None:
    say = form.get("say", "feels")
    return notes.take_back(live) if say == "nothing" else notes.send(live, say)


def _forward(live: Snapshot, form: Form) -> None:
    """The natural next action, for presenter keys and clickers: its button is pressed."""
    button = buttons.next_action(live)
    if buttons.choices(live):
        raise Wrong(_("The room waits for a decision. Choose on the console how it goes on."))
    if button is None or button.verb == "end":
        raise Wrong(_("That was the last step. End the session on the console."))
    if button.verb == "undo":
        raise Wrong(_("The last seconds are running. To go on taking answers, press Undo on the console."))
    return VERBS[button.verb](live, button.fields)


def _bare(verb: Callable[[Snapshot], None]) -> Verb:
    """A verb that takes nothing from the form."""
    return lambda live, form: verb(live)


VERBS: Mapping[str, Verb] = {
    "show": _show,
    "open": _bare(questions.ask),
    "close": _close,
    "reveal": _bare(questions.reveal),
    "next": _next,
    "back": _bare(conduct.back),
    "again": _bare(questions.again),
    "undo": _bare(closing.undo),
    "act": _act,
    "forward": _forward,
    "care": lambda live, form: room.pause(live, care=True),
    "pause": _bare(room.pause),
    "resume": _resume,
    "lock": lambda live, form: room.lock(live, locked=True),
    "unlock": lambda live, form: room.lock(live, locked=False),
    "code": _bare(room.new_code),
    "end": lambda live, form: room.end(live, date.today()),
    "text": _text,
    "quiet": _quiet,
    "minute": _minute,
    "drop": _drop,
    "bring-back": lambda live, form: planning.bring_back(live, form.get("step", "")),
    "plan": lambda live, form: planning.switch(live, form.get("variant", "")),
    "new-end": _bare(planning.new_end),
    "kind-note": _kind_note,
    "dismiss": _dismiss,
    "quiet-to": _quiet_to,
}
