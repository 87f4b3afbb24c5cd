"""A pack with every sort of step that a session treats differently: low, personal, tender, texts, a role-play."""

from __future__ import annotations

from tests.workshop.small_pack import SMALL

STEP = """\
  - id: {id}
    phase: middle
    kind: {kind}
    title: {id}
    prompt: {prompt}
    seconds: 60
    variants: {{core: {{keep: true, seconds: 60}}, short: {{keep: false}}}}
    reveal: {reveal}
    sensitivity: {sensitivity}
    talk_instead: Let us talk about {id}.
    presenter: {{caption: {id}}}
    facilitator: {{say: Go on.}}
{own}
"""
OPTIONS = "    options: [{id: a, text: Apples}, {id: b, text: Bread}, {id: c, text: Cheese}]"
ANY = f"    choose: many\n{OPTIONS}"
TEXTS = "    max_chars: 100\n    max_entries: 2"


def step(id: str, kind: str, sensitivity: str, own: str, reveal: str = "after_close") -> str:
    return STEP.format(id=id, kind=kind, sensitivity=sensitivity, own=own, reveal=reveal, prompt=f"What of {id}?")


STEPS = (
    step("easy", "poll", "low", OPTIONS),
    step("near", "poll", "personal", OPTIONS),
    step("deep", "poll", "tender", OPTIONS),
    step("many", "poll", "personal", ANY),
    step("lines", "open_text", "low", TEXTS),
    step("inner", "open_text", "personal", TEXTS),
    step("words", "word_cloud", "low", "    max_chars: 24\n    max_entries: 2"),
    step("alone", "poll", "low", OPTIONS, reveal="facilitator_only"),
)
"""Between the warm-up `hello` and the role-play `talk`; the page `care` comes first."""

ROOM = SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n")
IDS = ("care", "hello", "easy", "near", "deep", "many", "lines", "inner", "words", "alone", "talk")
