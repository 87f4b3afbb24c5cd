"""A pack with lines on one scale, then and now on one screen, and forms of small questions."""

from __future__ import annotations

from tests.room_pack import step
from tests.workshop.small_pack import SMALL

LINES = """\
    items:
      - {id: ask, text: "I can ask someone close for what I need, clearly."}
      - {id: say_no, text: I can say no to someone I love and stay kind.}
      - {id: happy, text: "If someone I love is unhappy, I have failed.", reverse: true}"""
TRUE = """\
    scale:
      low: Not true for me
      high: Very true for me
      bands: [{id: less, values: [1, 2, 3], text: less true}, {id: true_for_me, values: [4, 5], text: true for me}]"""
LOOKS_BACK = '    extra_item: {id: back, text: "Looking back, at the start I could say a kind no.", role: then_test}'
COLUMNS = "    mode: then_and_now\n    columns: [{id: then, text: Before today}, {id: now, text: Now}]"
THOUGHTS = """\
    items:
      - {id: hero, text: Without me they would go under.}
      - {id: stuck, text: "I am stuck, and can see no way out."}
    scale:
      min: 1
      max: 4
      low: Never
      high: Often
      labels: [Never, Once or twice, Sometimes, Often]
      bands: [{id: seldom, values: [1, 2], text: seldom or never}, {id: often, values: [3, 4], text: often}]"""
HEARD = """\
      - id: heard
        kind: poll
        choose: many
        prompt: Which of these have you picked up?
        options:
          - {id: needy, text: You are too needy}
          - {id: fine, text: It is fine to need people}
          - {id: none_of_these, text: None of these, exclusive: true}"""
FELT = """\
      - id: felt
        kind: scale
        prompt: I felt free to pass or hold back.
        scale:
          low: Not at all
          high: Fully
          bands: [{id: less, values: [1, 2, 3], text: less}, {id: free, values: [4, 5], text: free}]"""
CHANGE = "      - {id: change, kind: open_text, prompt: One thing to change next time?, max_chars: 140}"
OWN = CHANGE.replace("max_chars: 140}", "facilitator_only: true, min_show: 3}")
WORD = "      - {id: word, kind: word_cloud, prompt: One word for today?, max_entries: 1}"


def form(*questions: str) -> str:
    return "\n".join(("    questions:", *questions))


STEPS = (
    step("before", "grid", "personal", f"{LINES}\n{TRUE}\n{LOOKS_BACK}"),
    step("light", "grid", "low", f"{LINES}\n{TRUE}"),
    step("thoughts", "grid", "tender", THOUGHTS),
    step("moved", "grid", "personal", f"{LINES}\n{TRUE}\n{COLUMNS}"),
    step("messages", "form", "personal", form(HEARD, FELT)),
    step("mixed", "form", "low", form(HEARD, CHANGE, WORD)),
    step("private", "form", "low", form(HEARD, CHANGE.replace("change,", "aloud,"), OWN)),
    step("feedback", "form", "personal", form(HEARD, FELT, OWN), reveal="facilitator_only"),
)
"""Between the warm-up `hello` and the role-play `talk`."""

MEASURES = SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n")
