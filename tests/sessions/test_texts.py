"""Texts between close and release: contacts masked, words that need a second look held, and decisions taken back."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator, Phone

CONTACT, MASKED = "Write to me@example.org today", "Write to … today"
OTHERS = ("A good line", "Another line")


def closed_with(cast: Cast, ada: Facilitator, step: str, *lines: str) -> list[Phone]:
    """The room stands at closed question `step`, to which each of these lines was sent by a phone of its own."""
    ada.shows(step)
    phones = cast.phones(ada.join_url, len(lines))
    for phone, line in zip(phones, lines, strict=True):
        phone.answers(**{"entry" if step == "words" else "text": line})
    ada.closes(now=True)
    return phones


def id_of(ada: Facilitator, words: str) -> str:
    return next(id for id, text in ada.texts() if text == words)


def presses_at(ada: Facilitator, text_id: str, do: str) -> None:
    """Press the button that stands at a text."""
    forms = ada.page().get(f"text-{text_id}").all("form")
    (fields,) = [form.fields for form in forms if form.fields["do"] == [do]]
    ada.presses("text", **{name: value for name, (value, *_) in fields.items()})


def everything(ada: Facilitator, *phones: Phone) -> list[str]:
    """All that is shown of the session: screen, phones, and after the end what can be taken home."""
    seen = [ada.screen.browser.get(ada.screen.path).text, *(phone.browser.get("/w").text for phone in phones)]
    ada.ends()
    page = ada.browser.get(f"/sessions/{ada.live}").text
    return [*seen, page, ada.takes_home("csv").decode(), ada.takes_home("json").decode()]


@pytest.fixture
def ada(ada: Facilitator, room: str) -> Facilitator:
    return ada.opens(workshop=room)


def test_a_contact_that_is_let_through_is_shown_masked(cast: Cast, ada: Facilitator) -> None:
    mia, *_ = closed_with(cast, ada, "lines", CONTACT, *OTHERS)
    text = id_of(ada, MASKED)
    presses_at(ada, text, "show")
    assert ada.texts("shown") == [(text, MASKED)]
    assert "example.org" not in ada.browser.get(ada.console).text
    ada.reveals(unread=True)
    for seen in everything(ada, mia):
        assert MASKED in seen
        assert "example.org" not in seen


def test_other_words_are_put_in_place_by_edit_alone(cast: Cast, ada: Facilitator) -> None:
    mia, *_ = closed_with(cast, ada, "lines", CONTACT, *OTHERS)
    text = id_of(ada, MASKED)
    ada.presses("text", do="edit", id=text, text="Write to help@library.example today")
    assert ada.texts("reworded") == [(text, "Write to help@library.example today")]
    ada.reveals(unread=True)
    for seen in everything(ada, mia):
        assert "Write to help@library.example today" in seen
        assert MASKED not in seen


@pytest.mark.parametrize("let_through", ["show", "edit", "unmarked"])
def test_a_line_that_was_let_through_can_be_left_off_again(cast: Cast, ada: Facilitator, let_through: str) -> None:
    mia, *_ = closed_with(cast, ada, "lines", "Too near to home", *OTHERS)
    text = id_of(ada, "Too near to home")
    ada.presses("text", do=let_through, id=text, text="Nearer to home")
    presses_at(ada, text, "hide")
    assert [id for id, _words in ada.texts("hidden")] == [text]
    ada.lets_through()
    ada.reveals()
    for seen in everything(ada, mia):
        assert "A good line" in seen
        assert "to home" not in seen


def test_what_was_left_off_can_be_shown_after_all(cast: Cast, ada: Facilitator) -> None:
    closed_with(cast, ada, "lines", "Good after all", *OTHERS)
    text = id_of(ada, "Good after all")
    presses_at(ada, text, "hide")
    presses_at(ada, text, "show")
    ada.reveals(unread=True)
    assert "Good after all" in ada.screen.sees()


def test_a_word_that_two_sent_waits_when_it_needs_a_second_look(cast: Cast, ada: Facilitator) -> None:
    closed_with(cast, ada, "words", "gun", "guns", "wall", "walls", "breeze")
    assert [words for _id, words in ada.texts("passed")] == ["wall"]
    assert sorted(words for _id, words in ada.texts("held")) == ["breeze", "gun"]
    ada.reveals(unread=True)
    seen = ada.screen.sees().lower()
    assert "wall" in seen
    assert "gun" not in seen


# ---------- asked once more ----------


def test_nothing_is_asked_once_more_while_texts_wait(cast: Cast, ada: Facilitator) -> None:
    closed_with(cast, ada, "lines", *OTHERS, "One more line")
    assert ada.refused("again") == "Show or leave off what was written first."
    ada.lets_through()
    assert ada.refused("again") == "Show or leave off what was written first."
    assert "again" not in ada.buttons(), "a button that is always refused"
    ada.reveals()
    assert "again" in ada.buttons()
    ada.asks_again()
    assert (ada.desk["step_state"], ada.desk["round"]) == ("open", 2)


@pytest.mark.parametrize("lines", [2, 6])
def test_what_people_write_on_something_personal_is_asked_once_only(cast: Cast, ada: Facilitator, lines: int) -> None:
    closed_with(cast, ada, "inner", *(f"Line of mine {number}" for number in range(lines)))
    if ada.texts():
        ada.lets_through()
    ada.reveals()
    assert ada.refused("again") == "What people write on a personal question is asked once only."
    assert "again" not in ada.buttons(), "a button that is always refused"
