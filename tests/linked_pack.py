"""A pack that asks the same lines twice and links them, and the same words twice side by side."""

from __future__ import annotations

from tests.measures_pack import LINES, LOOKS_BACK, TRUE
from tests.room_pack import OPTIONS, step
from tests.workshop.small_pack import SMALL

WORDS = "    max_chars: 24\n    max_entries: 2"


def half(role: str, pair: str) -> str:
    return f"\n    measure: {{role: {role}, pair: {pair}}}"


STEPS = (
    step("first", "grid", "personal", f"{LINES}\n{TRUE}{half('pre', 'shift')}"),
    step("wall", "word_cloud", "low", WORDS + half("pre", "picture")),
    step("between", "poll", "low", OPTIONS),
    step("second", "grid", "personal", f"{LINES}\n{TRUE}\n{LOOKS_BACK}{half('post', 'shift')}"),
    step("air", "word_cloud", "low", WORDS + half("post", "picture")),
)
MEASURED = """\
measures:
  shift: {steps: [first, second], variants: [core], kind: paired_grid, show: What moved.}
  picture: {steps: [wall, air], variants: [core], kind: paired_words, show: Side by side.}
"""

LINKED = SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n") + MEASURED


def lines(ask: int, say_no: int = 3, happy: int = 3, back: int = 0) -> dict[str, str]:
    """The fields of an answer; `back` where the line that looks back is asked too."""
    points = {"ask": ask, "say_no": say_no, "happy": happy, **({"back": back} if back else {})}
    return {f"value-{name}": str(point) for name, point in points.items()}
