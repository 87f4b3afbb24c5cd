"""Contacts are put out of sight before anybody sees them, and ordinary sentences are left alone."""

from __future__ import annotations

import pytest

from sessions.screening import MASK, masked, second_look
from tests.telling import CONTACTS, FRAMES, MAILS, ORDINARY, PHONES, said_in_the_workshop


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
    said = said_in_the_workshop()
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
