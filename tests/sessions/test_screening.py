"""Contacts are put out of sight before anybody sees them, and ordinary sentences are left alone."""

from __future__ import annotations

import itertools

import pytest

from sessions.screening import MASK, masked, second_look
from workshop.pack import built_in

HOSTS = ("example.org", "post.example.co.uk", "mail-1.example.com")
MAILS = [f"{who}@{host}" for who, host in itertools.product(("mia", "sam.lee", "k_277", "o'neil+x"), HOSTS)]
LINKS = [
    "https://example.org/a?b=c",
    "http://example.org",
    "www.example.org/me",
    "HTTPS://EXAMPLE.ORG",
    "www.a-b.example",
]
HANDLES = ["@mia_lee", "@sam", "@K77"]
PHONES = [
    "+1 202 555 0143", "(202) 555-0143", "202-555-0143", "202.555.0143",
    "020 7946 0958", "07700 900123", "+44 20 7946 0958", "+447700900123",
    "030 23125 042", "0171 2345678", "+49 171 2345678", "0049 30 23125042",
    "01 99 00 12 34", "06 39 98 12 34", "+33 6 39 98 12 34",
    "01 234 5678", "+353 1 234 5678", "085 123 4567",
    "+91 98765 43210", "098765 43210", "5551234", "555 12 34 99",
]  # fmt: skip
NAMES = ["My name is Mia", "I'm called Sam", "ich heiße Lena", "mein Name ist Jun"]
PLACES = ["Hauptstraße 12", "12 Green Street", "7b Mill Lane", "221 Baker st"]
CONTACTS = [*MAILS, *LINKS, *HANDLES, *PHONES, *NAMES, *PLACES]
FRAMES = ("{}", "Write to me: {}", "{} if you like", "well, {}, as ever", "({})")

ORDINARY = [
    "I said no three times in 2019.", "We are 12 people in room 4.", "He owes me 50 euros.", "Call me old-fashioned.",
    "It costs 1,200 a month.", "On 24/7 duty, at 6:30 in the morning.", "Half past 10, every day for 15 years.",
    "I'm called away a lot at night.", "My name for it is peace.", "She asked me at 3 and again at 4.",
    "100% of the time.", "Ask @ the desk.", "Our street is loud.", "A road to nowhere.", "Aged 9, 12 and 15.",
]  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_contacts_are_put_out_of_sight(frame: str) -> None:
    missed = [contact for contact in CONTACTS if not _hidden(frame, contact)]
    assert len(missed) <= len(CONTACTS) * 0.05, missed


def _hidden(frame: str, contact: str) -> bool:
    text = frame.format(contact)
    return MASK in masked(text) and contact not in masked(text) and second_look(text)


def test_nothing_of_a_contact_is_left_behind() -> None:
    for contact in (*MAILS, *PHONES):
        digits = [part for part in masked(f"Here: {contact}!").split() if any(c.isdigit() for c in part) or "@" in part]
        assert not digits, contact


def test_two_contacts_and_the_words_between_them() -> None:
    assert masked("mia@example.org or +44 7700 900123, thanks") == f"{MASK} or {MASK}, thanks"


def test_ordinary_sentences_are_left_alone() -> None:
    (pack,) = [pack for _name, pack in built_in()]
    said = [sentence for step in pack.steps for text in (step.prompt, step.body, step.title, *step.facilitator.do)
            for sentence in text.replace("\n", ". ").split(". ") if sentence.strip()]  # fmt: skip
    assert len(said) > 150
    changed = [sentence for sentence in [*said, *ORDINARY] if masked(sentence) != sentence]
    assert len(changed) <= (len(said) + len(ORDINARY)) * 0.05, changed


def test_hard_words_ask_for_a_second_look_and_stay_as_they_are() -> None:
    for text in ("I could kill him", "you idiot", "He hit me", "I want to die"):
        assert second_look(text)
        assert masked(text) == text
    for text in ("A diet of kindness", "She has skills", "My beatles record", "I said no."):
        assert not second_look(text), text


def test_masking_twice_changes_nothing_more() -> None:
    for contact in CONTACTS:
        once = masked(f"So: {contact}.")
        assert masked(once) == once
