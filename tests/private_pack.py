"""A pack with the steps of which the room must never hear: a pulse, a reflection, and most of an intention."""

from __future__ import annotations

from tests.room_pack import OPTIONS, step
from tests.workshop.small_pack import SMALL

PULSE = """\
    min_show: 3
    options:
      - {id: steady, text: Steady}
      - {id: bit, text: A bit stirred up, stirred: true}
      - {id: quite, text: Quite stirred up, stirred: true}
      - {id: rathernot, text: I'd rather not say}"""
QUIET = """\
    body: |
      Type if it helps, or draw a slow line with one finger, or just sit.
      Whatever you find, go gently.
    tools: [type, draw, sit]
    storage: never_leaves_phone
    safety: No sharing round after this."""
PLAN = """\
    fields:
      - {id: when, label: When ..., max_chars: 60, hint: my sister asks me to cover for her}
      - {id: will, label: I will ..., max_chars: 80}
      - {id: who, label: Someone on my side, max_chars: 30, optional: true}
    starters:
      - When I want to say yes too fast, I will ask for a day.
      - When I need something, I will ask once, clearly.
    confidence: {prompt: How sure are you?, min: 1, max: 5, low: Not very, high: Very}
    take_home: {default: [remember, copy_on_paper], behind_warning: [save_as_image]}
    share: {enabled: true, on_at_start: false, moderation: before_display}
    safety: The plan stays on the phone."""

STEPS = (
    step("easy", "poll", "low", OPTIONS),
    step("pulse", "pulse", "care", PULSE, reveal="facilitator_only"),
    step("quiet", "reflection", "tender", QUIET, reveal="never"),
    step("plan", "intention", "tender", PLAN),
)
"""Between the warm-up `hello` and the role-play `talk`; the page `care` comes first."""

PRIVATE = SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n")
