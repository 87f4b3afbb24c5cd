"""Files made of releases: long rows, ranges and words but never blanks, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import exports
from tests.actors import Cast, Facilitator
from tests.room_pack import ROOM
from workshop.release import Cell, Release, ShownShift, ShownTable, ShownTexts, ShownWords

HEAD = ["step_id", "item_id", "option_id", "round", "value", "note"]


def session(*parts: Any, withheld: bool = False, round: int = 1, paper: bool = False) -> Any:
    """As much of a session as a table of its results needs."""
    release = Release(step="s1", round=round, phase=0, withheld=withheld, paper=paper, parts=parts)
    return SimpleNamespace(
        plan=[SimpleNamespace(id="s1")],
        rounds={"s1": (SimpleNamespace(every=(release,)),)},
        outcome=lambda step_id: (),
        road=lambda step: (),
    )


def rows(live: Any) -> list[list[str]]:
    raw = exports.as_csv(live)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rest = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert head == HEAD
    return rest


def table(rung: Any, n: int | None, *cells: Cell) -> ShownTable:
    return ShownTable(name="choice", rung=rung, n=n, cells=cells)


def texts(*entries: str) -> list[str]:
    return [row[4] for row in rows(session(ShownTexts(name="text", n=3, entries=entries)))]


# ---------- values ----------


def test_numbers_ranges_and_words_are_said_in_full() -> None:
    live = session(
        table("alone", 9, Cell(options=("a",), text="A", shown=4), Cell(options=("b",), text="B", shown=(0, 2))),
        table("words", None, Cell(options=("c",), text="C", shown="few_or_none")),
        table("merged", 9, Cell(options=("d", "e"), text="Other answers", shown=3)),
    )
    assert rows(live) == [
        ["s1", "choice", "", "1", "9", "people who answered"],
        ["s1", "choice", "a", "1", "4", "each option counted by itself"],
        ["s1", "choice", "b", "1", "0 to 2", "each option counted by itself"],
        ["s1", "choice", "c", "1", "few or none", "words instead of numbers"],
        ["s1", "choice", "", "1", "9", "people who answered"],
        ["s1", "choice", "d+e", "1", "3", "rare answers added together"],
    ]


def test_what_was_counted_by_hand_says_so() -> None:
    live = session(table("merged", 9, Cell(options=("d", "e"), text="Other answers", shown=3)), paper=True)
    assert [row[5] for row in rows(live)] == [
        "counted by hand from folded ballots; people who answered",
        "counted by hand from folded ballots; rare answers added together",
    ]


def test_what_was_withheld_says_so_and_not_how_many_there_were() -> None:
    ((step, _, _, _, value, note),) = rows(session(withheld=True))
    assert (step, value) == ("s1", "withheld")
    assert "fewer people" in note
    assert not any(character.isdigit() for character in note)


def test_only_how_many_is_a_row_and_no_blank() -> None:
    assert [row[4] for row in rows(session(table("only_n", 9)))] == ["9"]


def test_every_way_of_withholding_has_its_note() -> None:
    ladder = ShownTable.model_fields["rung"].annotation
    assert set(exports.NOTES) == set(ladder.__args__)  # type: ignore[union-attr]
    assert all(exports.NOTES[rung] for rung in exports.NOTES if rung != "exact")


def moved(*words: str, before: float | None = None, after: float | None = None) -> ShownShift:
    cells = [
        Cell(options=(way,), text=way, shown=word) for way, word in zip(("up", "stayed", "down"), words, strict=False)
    ]
    return ShownShift(
        name="ask", title="I can ask.", low=1, high=5, n=None, cells=tuple(cells), before=before, after=after
    )


def test_what_moved_is_a_row_for_each_way_in_words_and_one_for_each_dot() -> None:
    live = session(moved("most", "some", "few_or_none", before=2.5, after=3.0))
    assert [row[1:5] for row in rows(live)] == [
        ["ask", "up", "1", "most"],
        ["ask", "stayed", "1", "some"],
        ["ask", "down", "1", "few or none"],
        ["ask", "before", "1", "2.5"],
        ["ask", "after", "1", "3.0"],
    ]


def test_what_moved_is_never_a_blank() -> None:
    (row,) = rows(session(moved()))
    assert row[1:5] == ["ask", "", "1", "withheld"]


def test_what_people_wrote_for_the_facilitator_alone_is_in_no_file() -> None:
    own = ShownTexts(name="change.text", n=3, entries=("A longer break",), facilitator_only=True)
    assert rows(session(own)) == []
    assert texts("A longer break") == ["A longer break"]
    assert len(rows(session(ShownTexts(name="aloud.text", n=3, entries=("Aloud",)), own))) == 1


def test_words_of_a_cloud_are_rows_with_how_many_sent_them_where_that_may_be_said() -> None:
    live = session(ShownWords(name="words", n=5, entries=(("wall", 3), ("air", 0))))
    assert [(row[2], row[4]) for row in rows(live)] == [("wall", "3"), ("air", "said")]


def test_no_cell_of_a_value_is_ever_empty(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("near")
    for i, phone in enumerate(cast.phones(ada.join_url, 7)):
        phone.answers(choice="aaaabbc"[i])
    ada.closes(now=True, show=True)
    ada.goes_to("talk")
    ada.ends()
    values = [line.split(",")[4] for line in ada.takes_home("csv").decode("utf-8-sig").splitlines()]
    assert len(values) > 3
    assert all(values)


# ---------- formulas ----------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "%", "\t", "\r", "＝", "＋", "－", "＠", "'"])
def test_a_line_that_a_spreadsheet_would_run_opens_as_text(start: str) -> None:
    (cell,) = texts(f"{start}1+1")
    assert cell == f"'{start}1+1"


@pytest.mark.parametrize("text", ['a "word"', "a,b;c", "two\nlines", "two\r\nlines", "ü ☂ 漢", " = later", "5 - 3"])
def test_anything_else_comes_back_as_it_was(text: str) -> None:
    assert texts(text) == [text]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), min_size=1))
def test_every_line_comes_back_once_the_guard_is_taken_off(lines: list[str]) -> None:
    assert [cell.removeprefix("'") if cell[:1] == "'" else cell for cell in texts(*lines)] == lines


def test_words_and_options_are_guarded_too() -> None:
    (row,) = rows(session(ShownWords(name="words", n=3, entries=(("=wall", 2),))))
    assert row[2] == "'=wall"


# ---------- whole files ----------


def test_json_says_under_which_rules_the_room_was_shown_something(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room, raised_k="8").goes_to("talk")
    ada.ends()
    ada.browser.post(f"/sessions/{ada.live}/headcount", {"headcount": "12"})
    found = json.loads(ada.takes_home("json"))
    assert found["format"] == "attune-results/1"
    assert found["headcount"] == 12
    assert found["shown_from"]["counts"] == {"low": 8, "personal": 8, "tender": 8, "care": 8}
    assert found["credit"] == "After a post. The words are ours."
    assert ":" not in found["date"], "a time of day stands in an export"


CAREFUL = ROOM.replace(
    "workshop:\n", "workshop:\n  defaults: {min_show: {counts: {low: 9, personal: 12, tender: 15}}}\n", 1
)


@pytest.mark.parametrize(("people", "shown"), [(8, False), (9, True)])
def test_a_workshop_that_asks_for_more_people_than_the_rules_gets_them(
    cast: Cast, ada: Facilitator, people: int, shown: bool
) -> None:
    ada.opens(workshop=cast.shelves(ada, CAREFUL)).goes_to("easy")
    for phone in cast.phones(ada.join_url, people):
        phone.answers(choice="a")
    ada.closes(now=True, show=True)
    assert (f"{people} answers" in ada.screen.sees()) == shown
    ada.ends()
    found = json.loads(ada.takes_home("json"))
    assert found["shown_from"]["counts"] == {"low": 9, "personal": 12, "tender": 15, "care": 3}
    (easy,) = [one for one in found["steps"] if one["id"] == "easy"]
    assert [release["withheld"] for release in easy["releases"]] == [not shown]


def test_before_it_opens_a_workshop_says_its_own_rules(cast: Cast, ada: Facilitator) -> None:
    page = ada.browser.get(f"{cast.shelves(ada, CAREFUL)}/open").text
    assert "9, 12 or 15 people" in page
    assert "The rules of this workshop are 9 people, 12 where it is personal, 15 where it is tender." in page


def test_a_step_that_asks_for_more_says_so_after_the_end(cast: Cast, ada: Facilitator) -> None:
    strict = ROOM.replace("  - id: easy\n", "  - id: easy\n    min_show: 7\n", 1)
    ada.opens(workshop=cast.shelves(ada, strict)).goes_to("easy")
    for phone in cast.phones(ada.join_url, 6):
        phone.answers(choice="a")
    ada.closes(now=True)
    ada.ends()
    (step,) = [one for one in json.loads(ada.takes_home("json"))["steps"] if one["id"] == "easy"]
    assert (step["shown_from"], step["releases"][0]["withheld"]) == ({"counts": 7, "texts": 7}, True)
    for page in ("", "/summary"):
        assert "from 7 people on" in ada.browser.get(f"/sessions/{ada.live}{page}").text


def test_three_people_with_three_ticks_each_are_three_people(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).goes_to("many")
    for phone in cast.phones(ada.join_url, 3):
        phone.answers(choice=["a", "b", "c"])
    ada.closes(now=True, show=True)
    assert "Let us talk about many." in ada.screen.sees()
    assert "Apples" not in ada.screen.page().get("stage").text


def test_when_all_agree_on_something_personal_nobody_can_be_counted_out(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    seen = set()
    for last in ("a", "b"):
        ada.opens(workshop=room).goes_to("near")
        for i, phone in enumerate(cast.phones(ada.join_url, 8)):
            phone.answers(choice=last if i == 7 else "a")
        ada.closes(now=True, show=True)
        stage = ada.screen.page().get("stage")
        assert "Nearly all of us chose: Apples" in stage.text
        ada.goes_to("talk")
        ada.ends()
        seen.add(b"".join(line for line in ada.takes_home("csv").splitlines() if line.startswith(b"near")))
    assert len(seen) == 1


@pytest.mark.parametrize("typed", ["", "-1", "x", "10000", "٣", "1.5", "9" * 5000])
def test_a_headcount_is_a_whole_number(ada: Facilitator, typed: str) -> None:
    ada.opens("core")
    ada.ends()
    answer = ada.browser.post(f"/sessions/{ada.live}/headcount", {"headcount": typed})
    assert answer.status == 422
    assert "The headcount is a whole number" in answer.text
    assert json.loads(ada.takes_home("json"))["headcount"] is None
