"""A pack whose rooms steer stories: one of three turns, another of two to play instead, and what stands around them."""

from __future__ import annotations

from tests.workshop.small_pack import SMALL

STEP = """\
  - id: tell
    phase: practise
    kind: story
    title: The loan
    prompt: Somebody made up. The room steers.
    scene_ref: loan
    swap_with: [visit]
    vote: {tie: facilitator_picks_or_revote, min_votes: 3, change_until_close: true}
    turn_timing: {read: 10, talk: 20, vote: 15, result: 5}
    ending_timing: {read: 10, debrief: 30, derole: 10}
    rewind: {enabled: true, max: 1, seconds: 40, note: Once.}
    derole: That was Mika. You are you.
    seconds: 240
    variants:
      core: {keep: true, seconds: 240}
      short: {keep: true, seconds: 180, talk_turns: 2, rewind: false}
    reveal: after_close
    sensitivity: low
    min_show: 3
    talk_instead: Let us decide by voice.
    presenter: {caption: What should Mika do?}
    facilitator: {say: There is no right road here.}
"""
STORIES = """\
lean_key: {help: step in, limit: set a limit, share: bring in others}
stories:
  - id: loan
    title: The loan
    caption: What should Mika do?
    about: Lending money, again.
    cast: {lead: Mika, other: Dani}
    content_note: Debt.
    say: Two adults and a loan.
    turns: 3
    start: call
    nodes:
      call:
        turn: 1
        scene: Dani calls and is short on rent.
        ask: What could Mika do first?
        choices:
          - {id: a, text: Send it now., to: light, lean: help}
          - {id: b, text: Ask for a night., to: night, lean: limit}
        coach: Who feels better, and for how long?
      light:
        turn: 2
        scene: The money goes.
        ask: What now?
        choices:
          - {id: a, text: Pay the flatmate as well., to: rest, lean: help}
          - {id: b, text: Say that this was the last., to: rest, lean: limit}
      night:
        turn: 2
        scene: Six texts follow.
        ask: How does Mika call back?
        choices:
          - {id: a, text: Stay close., to: rest, lean: share}
          - {id: b, text: Say no., to: rest, lean: limit}
      rest:
        turn: 3
        scene: The rent is still due.
        ask: And now?
        choices:
          - {id: a, text: Send some more., to: round, lean: help}
          - {id: b, text: Give a gift., to: steady, lean: help}
          - {id: c, text: Say no softly., to: steady, lean: limit}
          - {id: d, text: Hang up., to: round, lean: limit}
    endings:
      steady:
        {title: A steady line, tone: kind, text: They still talk., kindly: Nobody was fixed., debrief: What made it so?}
      round:
        {title: Round again, tone: costly, text: It starts anew., kindly: It was love., debrief: Where was a small no?}
    derole: That was Mika's story.
  - id: visit
    title: The visit
    caption: What should Noor do?
    about: A friend who stays too long.
    cast: {lead: Noor}
    content_note: Tiredness.
    say: Two friends and a sofa.
    turns: 2
    start: door
    nodes:
      door:
        turn: 1
        scene: The bell rings at ten.
        ask: What could Noor do?
        choices:
          - {id: a, text: Open., to: late, lean: help}
          - {id: b, text: Wait., to: late, lean: limit}
      late:
        turn: 2
        scene: It is two in the morning.
        ask: What could Noor say?
        choices:
          - {id: a, text: Stay., to: warm, lean: help}
          - {id: b, text: Stay as long as you like., to: tired, lean: help}
          - {id: c, text: Good night., to: warm, lean: limit}
          - {id: d, text: Go., to: tired, lean: limit}
    endings:
      warm: {title: A warm room, tone: kind, text: They sleep well., kindly: Both were heard., debrief: What helped?}
      tired: {title: Tired, tone: costly, text: Nobody slept., kindly: It was meant well., debrief: What was missing?}
    derole: That was Noor's story.
"""
TELLING = (
    SMALL.replace("  - id: talk\n", STEP + "  - id: talk\n")
    .replace("role_cards:\n", STORIES + "role_cards:\n", 1)
    .replace("minutes: 15\n", "minutes: 20\n")
)
"""Between the warm-up `hello` and the role-play `talk` stands `tell`."""
