"""A pack that asks three things before a session: any number is allowed, and each changes something else."""

from __future__ import annotations

from tests.room_pack import ROOM, step

AGREE = step("agree", "agreement", "low", "    items: [{id: pass, text: Passing is always fine.}]")
CARD = """\
  - id: p02
    title: Too close
    setting: Two people who share a bed.
    asker: You want to know where they were.
    answerer: You do not want to say.
    observer: Note who breathes.
    first_line: Where were you
    debrief: What happened in you?
"""
QUESTIONS = """\
facilitator_pack:
  setup_questions:
    - id: friends
      ask: Do some know each other?
      effects:
        agreement_line: {id: later, text: We do not use it later.}
        pairing: Partners by chance.
    - id: couples
      ask: Are couples here?
      effects:
        agreement_line: {id: later, text: We do not use it later.}
        off_steps: [near]
        hidden_cards: [p02]
        look_at_first: [p01, p02]
    - id: outside
      ask: Are we outside?
      effects: {off_steps: [many]}
"""
ASKED = (
    ROOM.replace("  - id: easy\n", f"{AGREE}  - id: easy\n")
    .replace("cards_ref: [p01]", "cards_ref: [p01, p02]")
    .replace("help_sheet:\n", f"{CARD}help_sheet:\n")
    + QUESTIONS
)
