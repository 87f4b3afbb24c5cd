"""Free text is made plain when it comes in, is read by a person first, keeps no order, and may be voted for."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.workshop.kinds.forms import Posted, answered, form, nonsense, refused
from workshop.kinds.kind import Invalid, Question
from workshop.kinds.open_text import Lines, OpenText, OpenTextConfig, Upvote, Votes
from workshop.release import Release, ShownTexts
from workshop.tally import Table, Texts

open_text = OpenText()
ONE = OpenTextConfig(max_chars=100)
TWO = OpenTextConfig(max_chars=20, max_entries=2)


def taken(text: str) -> str:
    answer = answered(open_text, ONE, form(text=text))
    assert isinstance(answer, Lines)
    return answer.lines[0]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Not  today.\r\nAsk on\tSunday. ", "Not today. Ask on Sunday."),
        ("ｆｕｌｌ width ﬁt", "full width fit"),
        ("zero\u200bwidth\ufeff and\u00adsoft", "zerowidth andsoft"),
        ("\u202eright to left\u202c", "right to left"),
        ("bell\x07 and\x1b[31m red", "bell and[31m red"),
        ("line\u2028para\u2029graph", "line para graph"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("e\u0301", "é"),
        ("ж" * 100, "ж" * 100),
    ],
)
def test_what_cannot_be_seen_is_dropped(text: str, plain: str) -> None:
    assert taken(text) == plain


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff"])
def test_what_no_text_has_is_refused(text: str) -> None:
    refusal = refused(open_text, ONE, form(text=text))
    assert (refusal.field, refusal.code) == ("text", "bad_option")


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\u2800\u3164\u115f"])
def test_nothing_to_see_is_empty(text: str) -> None:
    assert refused(open_text, ONE, form(text=text)).code == "empty"


def test_too_long_is_measured_after_it_is_made_plain() -> None:
    assert taken("a" * 100 + "\u200b" * 50) == "a" * 100
    assert refused(open_text, ONE, form(text="a" * 101)).code == "too_long"
    assert refused(open_text, ONE, form(text="\ufdfa" * 20)).code == "too_long"


def test_a_tower_of_marks_is_cut_down() -> None:
    assert len(taken("a" + "\u0316" * 10_000)) <= 5


def test_several_lines_are_taken_up_to_the_limit() -> None:
    assert answered(open_text, TWO, form({"text": ["one", "", "two"]})) == Lines(lines=("one", "two"))
    assert refused(open_text, TWO, form({"text": ["one", "two", "three"]})).code == "bad_option"


def test_it_is_moderated() -> None:
    question = open_text.question(ONE, [])
    assert question is not None
    assert question.moderated


def test_lines_are_kept_in_an_order_that_says_nothing_and_people_are_counted() -> None:
    question = open_text.question(TWO, [])
    assert question is not None
    (texts,) = open_text.count([Lines(lines=("b", "d")), Lines(lines=("a",)), Lines(lines=("c",))], question)
    assert isinstance(texts, Texts)
    assert (texts.entries, texts.answerers) == (("a", "b", "c", "d"), 3)


def test_all_lines_of_a_phone_fit_one_bucket() -> None:
    with pytest.raises(ValidationError, match="all lines of a phone together"):
        OpenTextConfig(max_chars=200, max_entries=3)
    question = open_text.question(OpenTextConfig(max_chars=500), [])
    assert question is not None
    longest = open_text.read(form(text="\U0001f600" * 500), question)
    assert len(longest.model_dump_json().encode()) <= question.bucket


@given(st.text(max_size=120))
def test_what_is_taken_is_plain(text: str) -> None:
    try:
        plain = taken(text)
    except Invalid as refusal:
        plain = refusal.message
    assert 0 < len(plain) <= 100
    assert plain == " ".join(plain.split())
    assert not {unicodedata.category(char) for char in plain} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(nonsense("text"))
def test_no_form_raises_anything_but_a_refusal(posted: Posted) -> None:
    for config in (ONE, TWO):
        try:
            answer = answered(open_text, config, posted)
        except Invalid:
            continue
        assert isinstance(answer, Lines)


# ---------- votes for cards ----------

VOTED = OpenTextConfig(upvote=Upvote(label="Ha, yes"))
CARDS = ("Pay every bill.", "Write every text.", "Answer before they ask.")


def cards(*texts: str) -> Release:
    return Release(step="s", round=1, phase=0, parts=(ShownTexts(name="texts", n=5, entries=texts),))


def vote(config: OpenTextConfig = VOTED) -> Question:
    question = open_text.question(config, [cards(*CARDS)])
    assert question is not None
    return question


def test_the_second_question_is_about_the_cards_in_the_order_in_which_they_were_shown() -> None:
    question = vote()
    assert [(option.id, option.text) for option in question.options] == [
        ("c0", CARDS[0]), ("c1", CARDS[1]), ("c2", CARDS[2]),
    ]  # fmt: skip
    assert (question.prompt, question.label) == ("Which of these make you say “Ha, yes”?", "Vote for cards")
    assert not question.moderated


@pytest.mark.parametrize(
    ("config", "past"),
    [
        (OpenTextConfig(), [cards(*CARDS)]),
        (OpenTextConfig(upvote=Upvote(enabled=False)), [cards(*CARDS)]),
        (VOTED, [cards(*CARDS[:2])]),
        (VOTED, [cards()]),
        (VOTED, [Release(step="s", round=1, phase=0, withheld=True)]),
        (VOTED, [cards(*CARDS), Release(step="s", round=1, phase=1)]),
    ],
)
def test_there_is_no_vote_where_nobody_wants_one_or_there_is_nothing_to_choose(
    config: OpenTextConfig, past: list[Release]
) -> None:
    assert open_text.question(config, past) is None


def test_up_to_so_many_votes_each_and_none_twice() -> None:
    question = vote(VOTED.model_copy(update={"upvote": Upvote(per_person=2)}))
    assert open_text.read(form({"card": ["c2", "c0"]}), question) == Votes(cards=("c0", "c2"))
    for many in (["c0", "c1", "c2"], ["c0", "c0"], ["c9"], []):
        with pytest.raises(Invalid) as refusal:
            open_text.read(form({"card": many}), question)
        assert refusal.value.code == ("bad_option" if many else "empty")


def test_votes_are_counted_in_people() -> None:
    votes = [Votes(cards=("c0", "c1")), Votes(cards=("c0",)), Votes(cards=("c0", "c2"))]
    (table,) = open_text.count(votes, vote())
    assert isinstance(table, Table)
    assert (table.counts, table.answerers, table.exclusive) == ((3, 1, 1), 3, False)
    assert (table.picks, table.least) == ((1, 3), 2)


def test_a_plan_may_say_how_many_votes_and_keeps_the_words() -> None:
    varied = open_text.vary(VOTED.model_dump(), {"upvote": {"enabled": True, "per_person": 1}})
    assert OpenTextConfig.model_validate(varied).upvote == Upvote(per_person=1, label="Ha, yes")
    assert OpenTextConfig.model_validate(open_text.vary(VOTED.model_dump(), {"upvote": None})).upvote is None


@given(nonsense("card"))
def test_no_vote_raises_anything_but_a_refusal(posted: Posted) -> None:
    with suppress(Invalid):
        assert isinstance(open_text.read(posted, vote()), Votes)
