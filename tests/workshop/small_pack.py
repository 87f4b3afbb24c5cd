"""The smallest useful pack, and ways to spoil it."""

from __future__ import annotations

SMALL = """\
format: workshop/1
workshop:
  id: my-first
  version: "1.0"
  language: en
  title: My first workshop
  summary: Half an hour about leaning.
  audience: Adults.
  group_size: {min: 4, max: 30}
  interruption: care
  source: {kind: blog_post, title: A post, credit_line: After a post. The words are ours.}
  variants:
    default: core
    core:
      label: Half an hour
      minutes: 30
      plan: {arrive: 300, transition_seconds: 30}
      flex_order: [hello]
    short:
      label: A quarter
      minutes: 15
      plan: {arrive: 60, transition_seconds: 20}
      concepts_not_covered: [C01]
sections:
  - {id: S1, name: The post}
concepts:
  - {id: C01, section: S1, name: leaning, idea: Leaning is human.}
steps:
  - id: care
    phase: arrive
    kind: reading
    title: Looking after yourself
    prompt: You choose how far you join in.
    body: |
      Pass is always there.
      So is Help.
    options:
      - {id: join, text: I am ready}
    seconds: 60
    variants:
      core: {keep: true, seconds: 60}
      short: {keep: true, seconds: 30}
    reveal: never
    sensitivity: care
    presenter: {caption: Your pace}
    facilitator: {say: "Four buttons, always there."}
  - id: hello
    phase: arrive
    kind: poll
    title: Warm-up
    prompt: How did you get here?
    options:
      - {id: foot, text: On foot}
      - {id: bus, text: By bus}
    seconds: 60
    variants:
      core: {keep: true, seconds: 90, prompt: How did you come here today?, say: One easy question.}
      short: {keep: false}
    reveal: live
    sensitivity: low
    min_show: 3
    talk_instead: Who helped us get here?
    presenter: {caption: How did you get here?}
    facilitator: {say: Hello and welcome., do: [Wait.]}
    covers: [C01]
  - id: talk
    phase: practise
    kind: roleplay
    title: Being heard
    prompt: Find one partner.
    group: {size: 2, solo: Write for a minute.}
    cards_ref: [p01]
    stages:
      - {id: prep, seconds: 30, label: Find a partner}
      - {id: play, seconds: 60, label: One asks}
      - {id: swap, seconds: 30, label: Swap}
      - {id: derole, seconds: 30, label: Step out of your role}
      - {id: debrief, seconds: 60, label: What helped?}
    debrief_question: What helped?
    seconds: 210
    variants:
      core: {keep: true, seconds: 210}
      short: {keep: true, seconds: 120, stages: {prep: 30, play: 60, derole: 30}}
    reveal: none
    sensitivity: personal
    presenter: {caption: Listen}
    facilitator: {say: Use the card.}
role_cards:
  - id: p01
    title: One clear ask
    setting: Two people who share a home.
    asker: You need help with the shopping.
    answerer: You can say yes.
    observer: Note the clearest line.
    first_line: Could you
    debrief: What happened in you?
help_sheet:
  intro: Any time.
  trace_note: Calls can show in your phone.
  in_the_room: [Ask for a quiet word.]
  grounding: [Feel both feet on the floor.]
  confirm:
    region: {how_often: once, valid_days: 180, asks: Call each entry once.}
    room: {how_often: every session, asks: Where is the quiet corner?}
    emergency_number_only: {allowed: true, label: Emergency number only, shows: the emergency number}
  entries:
    - {region: any, name: Emergency services, contact: "112", for: Danger now, verified: facilitator fills in}
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The small pack with some of its words replaced; each must be there."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def line_of(words: str, text: str = SMALL) -> int:
    """The line in which these words stand first."""
    return text[: text.index(words)].count("\n") + 1
