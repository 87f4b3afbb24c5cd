"""A pack for a room that runs late: steps that may go, that go by themselves, that are off at first, in three plans."""

from __future__ import annotations

from tests.room_pack import OPTIONS, step
from tests.workshop.small_pack import SMALL

FEELINGS = "    options: [{id: calm, text: Calm}, {id: up, text: Stirred up, stirred: true}]"

STEPS = (
    step("feeling", "pulse", "care", FEELINGS, reveal="facilitator_only"),
    step("easy", "poll", "low", OPTIONS),
    step("six", "poll", "low", f"{OPTIONS}\n    skip_when: {{phones_below: 6}}"),
    step("calm", "poll", "low", f"{OPTIONS}\n    skip_when: {{stirred_share_at_least: 0.4}}"),
    step("extra", "poll", "low", f"{OPTIONS}\n    default_off: true"),
    step("near", "poll", "personal", OPTIONS).replace(
        "short: {keep: false}", "short: {keep: true, seconds: 60, prompt: In short?}"
    ),
    step("many", "poll", "low", OPTIONS),
)

LATE = (
    SMALL.replace("  - id: talk\n", "".join(STEPS) + "  - id: talk\n")
    .replace("flex_order: [hello]", "flex_order: [many, hello, easy, near]")
    .replace(
        "      short: {keep: false}\n    reveal: live",
        "      short: {keep: true, seconds: 30, prompt: Hello in short?}\n    reveal: live",
    )
)
"""In `core` all steps; in `short` care, hello, near and talk, with words of its own."""
