"""Somebody without a phone: folded ballots, counted by hand, beside what came by phone and never together with it."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest

from sessions import lookup
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import Answer
from tests.pages import Element
from tests.paper_pack import BALLOTS

LINES = ("boss", "group", "debt", "ride", "sofa", "pay")


@pytest.fixture(scope="module")
def paper(cast: Cast) -> str:
    """The address of a workshop with steps that can be answered on paper."""
    return cast.shelves(cast.facilitator("Ada"), BALLOTS)


def counted(cast: Cast, ada: Facilitator, paper: str, step: str, *choices: str, show: bool = False) -> list[Phone]:
    """A step, asked of so many phones and closed."""
    ada.opens(workshop=paper)
    ada.shows(step)
    phones = cast.phones(ada.join_url, len(choices))
    for phone, choice in zip(phones, choices, strict=True):
        phone.answers(choice=choice)
    ada.closes(now=True)
    if show:
        ada.reveals()
    return phones


def place(ada: Facilitator, step: str, round: int = 1, phase: int = 0) -> str:
    return f"{ada.console}/ballots/{step}/{round}/{phase}"


def fields(part: str, **counts: int) -> dict[str, str]:
    return {f"{part}:{option}": str(count) for option, count in counts.items()}


def types(ada: Facilitator, step: str, ballots: int, *tables: dict[str, str], round: int = 1, **more: str) -> Answer:
    """What is typed, whatever comes of it."""
    typed = {name: count for table in tables for name, count in table.items()}
    return ada.browser.post(place(ada, step, round), {"ballots": str(ballots), **typed, **more})


def enters(ada: Facilitator, step: str, ballots: int, *tables: dict[str, str], round: int = 1) -> None:
    answer = types(ada, step, ballots, *tables, round=round, sure="1")
    assert (answer.status, answer.headers.get("location")) == (303, ada.console), answer.text


def said(answer: Answer) -> str:
    (alert,) = [one.text for one in answer.page.all(role="alert") if one.text]
    return alert


def columns(page: Element) -> dict[str, str]:
    """What stands side by side on the wall, by what stands over it."""
    stacks = [one for one in page.get("stage").all(class_="stack") if one.all("h2")]
    return {one.all("h2")[0].text: one.text for one in stacks}


# ---------- entering them ----------


def test_ballots_stand_beside_the_phones_on_every_page_and_in_every_download(
    cast: Cast, ada: Facilitator, paper: str
) -> None:
    phones = counted(cast, ada, paper, "easy", "a", "a", "b", "c")
    assert "Enter folded ballots" in ada.sees()
    assert ada.desk["next"] == "reveal"
    form = ada.browser.get(place(ada, "easy"))
    assert form.status == 200
    assert "At least 3." in form.page.text
    first = types(ada, "easy", 4, fields("choice", a=1, b=3))
    assert first.status == 409
    assert "Nothing is entered yet." in first.page.text
    assert "Enter folded ballots" in ada.sees()
    enters(ada, "easy", 4, fields("choice", a=1, b=3))
    assert "On paper" not in ada.screen.sees()
    ada.reveals()
    side = columns(ada.screen.page())
    assert list(side) == ["On phones", "On paper"]
    assert "4 answers" in side["On phones"]
    assert "Bread 3" in side["On paper"]
    assert "On paper" in phones[0].sees()
    ada.ends()
    for page in ("", "/summary"):
        results = ada.browser.get(f"/sessions/{ada.live}{page}").page.get("step-easy").text
        assert results.index("4 answers") < results.index("On paper")
    table = list(csv.reader(io.StringIO(ada.takes_home("csv").decode("utf-8-sig"))))
    values = {(row[2], row[5].startswith("counted by hand")): row[4] for row in table if row[0] == "easy"}
    assert (values["b", False], values["b", True], values["", True]) == ("1", "3", "4")
    (step,) = [one for one in json.loads(ada.takes_home("json"))["steps"] if one["id"] == "easy"]
    assert [release["paper"] for release in step["releases"]] == [False, True]


def test_once_the_room_has_its_results_ballots_come_at_once(cast: Cast, ada: Facilitator, paper: str) -> None:
    (mia, *_) = counted(cast, ada, paper, "easy", "a", "a", "b", show=True)
    before = ada.desk["version"]
    enters(ada, "easy", 3, fields("choice", c=3))
    assert ada.desk["version"] > before
    assert "Cheese 3" in columns(ada.screen.page())["On paper"]
    assert "On paper" in mia.sees()


def test_what_is_entered_is_final(cast: Cast, ada: Facilitator, paper: str) -> None:
    counted(cast, ada, paper, "easy", "a", "a", "b")
    enters(ada, "easy", 3, fields("choice", c=3))
    again = types(ada, "easy", 8, fields("choice", a=8), sure="1")
    assert again.status == 409
    assert "final" in again.page.text
    assert "final" in ada.browser.get(place(ada, "easy")).page.text
    ada.reveals()
    assert "Cheese 3" in columns(ada.screen.page())["On paper"]
    live = lookup.of(ada.live)
    assert live is not None
    with sqlite3.connect(live_database(cast)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE releases SET published = '{}'")


def test_typed_numbers_come_back_to_be_changed(cast: Cast, ada: Facilitator, paper: str) -> None:
    counted(cast, ada, paper, "easy", "a", "a", "b")
    back = types(ada, "easy", 3, fields("choice", a=1, b=2), change="1")
    values = {one.at["name"]: one.at["value"] for one in back.page.all("input") if one.at.get("inputmode")}
    assert values == {"ballots": "3", "choice:a": "1", "choice:b": "2", "choice:c": ""}


# ---------- what cannot be entered ----------


def test_bad_numbers_are_told_with_a_sentence_and_stay_as_they_were_typed(
    cast: Cast, ada: Facilitator, paper: str
) -> None:
    counted(cast, ada, paper, "easy", "a", "a", "b")
    at = ada.desk
    for ballots, counts, words in (
        ("2", {"a": "2"}, "needs 3 ballots at least"),
        ("", {"a": "3"}, "needs 3 ballots at least"),
        ("many", {"a": "3"}, "whole numbers"),
        ("4", {"a": "three"}, "whole numbers"),
        ("4", {"a": "4", "b": "1"}, "come to 5, and there are 4 ballots"),
        ("4", {"a": "1", "b": "1"}, "Too few of these ballots"),
    ):
        typed = {f"choice:{option}": count for option, count in counts.items()}
        answer = ada.browser.post(place(ada, "easy"), {"ballots": ballots, **typed, "sure": "1"})
        assert answer.status == 422, words
        assert words in said(answer)
        assert f'value="{counts["a"]}"' in answer.text
    assert ada.desk == at


def test_as_many_ballots_are_needed_as_people_on_the_phones(cast: Cast, ada: Facilitator, paper: str) -> None:
    counted(cast, ada, paper, "near", *"aabbb")
    few = types(ada, "near", 4, fields("choice", a=2, b=2), sure="1")
    assert few.status == 422
    assert "needs 5 ballots at least" in said(few)
    enters(ada, "near", 5, fields("choice", a=3, b=2))


def test_paper_never_helps_phones_to_reach_k(cast: Cast, ada: Facilitator, paper: str) -> None:
    counted(cast, ada, paper, "near", *"aabb")
    assert "paper never helps" in ada.sees()
    answer = types(ada, "near", 20, fields("choice", a=10, b=10), sure="1")
    assert answer.status == 409
    assert "Let us talk about near." in answer.page.text
    ada.reveals()
    assert "Let us talk about near." in ada.screen.sees()
    assert "On paper" not in ada.screen.sees()


def test_ballots_come_after_the_close_and_before_the_end(cast: Cast, ada: Facilitator, paper: str) -> None:
    ada.opens(workshop=paper).shows("easy")
    phones = cast.phones(ada.join_url, 3)
    for phone in phones:
        phone.answers(choice="a")
    open_yet = types(ada, "easy", 3, fields("choice", a=3), sure="1")
    assert open_yet.status == 409
    assert "Close the question first." in open_yet.page.text
    ada.closes(now=True)
    ada.ends()
    assert types(ada, "easy", 3, fields("choice", a=3), sure="1").status == 409


def test_only_a_step_on_paper_has_ballots_and_only_for_whoever_leads(cast: Cast, ada: Facilitator, paper: str) -> None:
    counted(cast, ada, paper, "bare", "a", "a", "b")
    assert "folded ballots" not in ada.sees()
    ada.shows("easy")
    cast.phones(ada.join_url, 3)
    ada.closes(now=True)
    sam, bob, hal = cast.supporter(ada), cast.facilitator("Bob"), cast.helper(ada)
    for step, round, phase in (("bare", 1, 0), ("near", 1, 0), ("nowhere", 1, 0), ("easy", 2, 0), ("easy", 1, 1)):
        assert ada.browser.get(place(ada, step, round, phase)).status == 404
    assert ada.browser.get(place(ada, "easy")).status == 200
    for who in (sam, bob):
        assert who.browser.get(place(ada, "easy")).status == 404
        assert who.browser.get(place(ada, "easy")).body == who.browser.get(place(ada, "nowhere")).body
    for stranger in (hal.browser, cast.browser()):
        assert stranger.get(place(ada, "easy")).status in (303, 404)
        assert stranger.post(place(ada, "easy"), {"ballots": "3", "sure": "1"}).status in (303, 404)


# ---------- every sort of table ----------


def test_a_sorting_has_a_table_for_each_line_and_lines_that_too_few_marked_are_left_out(
    cast: Cast, ada: Facilitator, paper: str
) -> None:
    ada.opens(workshop=paper)
    phones = cast.phones(ada.join_url, 6)
    ada.shows("sort")
    for number, phone in enumerate(phones):
        phone.answers(**{f"category-{id}": ("help", "shield", "depends")[number // 2] for id in LINES})
    ada.closes(now=True, show=True)
    lines = [fields(id, help=3, shield=3) for id in LINES[:5]]
    enters(ada, "sort", 6, *lines, fields("pay", depends=4))
    side = columns(ada.screen.page())["On paper"]
    assert "A safe ride home" in side
    assert "Sending part of my pay" not in side


def test_of_then_and_now_it_is_counted_how_many_went_up(cast: Cast, ada: Facilitator, paper: str) -> None:
    ada.opens(workshop=paper)
    phones = cast.phones(ada.join_url, 10)
    ada.shows("moved")
    for phone in phones:
        answers = {f"value-{id}-{column}": point for id in ("ask", "say_no", "happy") for column, point in
                   (("then", "2"), ("now", "4"))}  # fmt: skip
        phone.answers(**answers)
    ada.closes(now=True, show=True)
    enters(ada, "moved", 8, *(fields(id, up=5, stayed=2, down=1) for id in ("ask", "say_no", "happy")))
    side = columns(ada.screen.page())["On paper"]
    assert "went up: most" in side or "went up: about half" in side
    assert "On average" not in side


def test_a_form_has_its_questions_and_ballots_may_leave_one_out(cast: Cast, ada: Facilitator, paper: str) -> None:
    ada.opens(workshop=paper)
    phones = cast.phones(ada.join_url, 6)
    ada.shows("heard")
    for number, phone in enumerate(phones):
        phone.answers(**{"heard.choice": ["needy", "fine"][: 1 + number % 2], "felt.value": "14"[number % 2]})
    ada.closes(now=True, show=True)
    form = ada.browser.get(place(ada, "heard")).page.text
    assert "(1, 2, 3)" in form
    assert "Ballots without any mark here" in form
    marks = {**fields("heard.choice", needy=4, fine=3), "heard.choice:blank": "2"}
    enters(ada, "heard", 8, marks, fields("felt.value", less=4, free=3))
    side = columns(ada.screen.page())["On paper"]
    assert "You are too needy 4" in side
    assert "6 answers" in side
    assert "7 answers" in side


# ---------- a second time ----------


def test_each_round_has_its_own_ballots_and_the_second_is_told_beside_the_first(
    cast: Cast, ada: Facilitator, paper: str
) -> None:
    phones = counted(cast, ada, paper, "near", *"aaabbb", show=True)
    enters(ada, "near", 8, fields("choice", a=5, b=3))
    ada.asks_again()
    late = types(ada, "near", 8, fields("choice", a=6, b=2), sure="1")
    assert late.status == 409
    for phone, choice in zip(phones, "aabbbb", strict=True):
        phone.answers(choice=choice)
    ada.closes(now=True, show=True)
    enters(ada, "near", 8, fields("choice", b=8), round=2)
    side = columns(ada.screen.page())
    both = ("On phones", "On paper")
    assert list(side) == [f"{time}, {way}" for time in ("The first time", "The second time") for way in both]
    assert "8 answers" not in side["The second time, On paper"]
    assert "went down" in side["The second time, On paper"]


def test_ballots_of_the_first_time_come_too_late_once_it_is_asked_again(
    cast: Cast, ada: Facilitator, paper: str
) -> None:
    counted(cast, ada, paper, "easy", "a", "a", "b", show=True)
    ada.asks_again()
    late = types(ada, "easy", 3, fields("choice", a=3), sure="1")
    assert late.status == 409
    assert "come too late" in late.page.text


def live_database(cast: Cast) -> str:
    browser = cast.browser()
    return str(browser.app.extensions["attune"].data / "attune.db")  # type: ignore[attr-defined]
