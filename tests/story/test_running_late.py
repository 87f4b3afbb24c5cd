"""A room that runs late: a minute more, steps left out and brought back, steps that go by themselves, another plan."""

from __future__ import annotations

import json

import pytest

from sessions import closing, schedule
from sessions.timers import timers
from tests.actors import Cast, Facilitator, Phone
from tests.late_pack import LATE

NOW = 29_000_000


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now

    def passes(self, minutes: float) -> None:
        self.now += minutes * 60


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timers, "_clock", clock)
    monkeypatch.setattr(schedule, "wall", lambda: NOW * 60 + clock.now)
    monkeypatch.setattr("sessions.conduct.minute", lambda: int((NOW * 60 + clock.now) // 60))
    return clock


@pytest.fixture
def ada(cast: Cast, clock: Clock) -> Facilitator:
    """In the full view, in the lobby of a session."""
    ada = cast.facilitator("Ada")
    ada.opens(workshop=cast.shelves(ada, LATE))
    ada.browser.post(f"{ada.console}/view", {"view": "full"})
    return ada


def ends(ada: Facilitator) -> tuple[int, str]:
    """The expected end that stands at the top, and how late it is in words."""
    (said,) = ada.page().all(class_="ends")
    (time,) = said.all("time")
    return int(time.at["data-minute"]), said.text.split(",")[-1].strip()


def offer(ada: Facilitator) -> tuple[list[str], str, dict[str, str]]:
    """What `Catch me up` would leave out, the words beside it, and the fields of its button."""
    late = ada.page().get("late")
    forms = late.all("form")
    if not forms:
        return [], "", {}
    fields = {name: value for name, (value, *_) in forms[0].fields.items()}
    return fields["steps"].split(), late.text, fields


def row(ada: Facilitator, title: str) -> str:
    (found,) = [one for one in ada.page().all("nav")[0].all("li") if title in one.text.split()]
    return found.text


def joined(cast: Cast, ada: Facilitator, many: int) -> list[Phone]:
    return cast.phones(ada.join_url, many)


# ---------- a minute more, a minute less


def test_a_minute_more_stands_on_phone_and_screen_at_once_and_moves_the_end(
    cast: Cast, ada: Facilitator, clock: Clock
) -> None:
    mia = cast.phone(ada.join_url)
    ada.shows("talk")
    before, left = ends(ada)[0], 'data-left="30"'
    assert left in mia.browser.get("/w").text
    ada.presses("minute", by="1")
    for page in (mia.browser.get("/w").text, ada.screen.browser.get(ada.screen.path).text):
        assert 'data-left="90"' in page
    assert ends(ada)[0] == before + 1
    ada.presses("minute", by="-1")
    assert left in mia.browser.get("/w").text
    assert ends(ada)[0] == before


def test_time_is_never_taken_below_nothing_and_what_is_over_is_not_owed(
    cast: Cast, ada: Facilitator, clock: Clock
) -> None:
    mia = cast.phone(ada.join_url)
    ada.shows("talk")
    ada.presses("minute", by="-1")
    ada.presses("minute", by="-1")
    assert 'data-left="0"' in mia.browser.get("/w").text
    clock.passes(3)
    ada.presses("minute", by="1")
    assert 'data-left="60"' in mia.browser.get("/w").text


def test_the_last_seconds_of_a_question_are_five_whatever_is_pressed(cast: Cast, ada: Facilitator) -> None:
    mia = cast.phone(ada.join_url)
    ada.shows("easy")
    mia.answers(choice="a")
    ada.closes()
    ada.presses("minute", by="1")
    assert 'data-left="5"' in mia.browser.get("/w").text
    ada.undoes()
    ada.closes(now=True)


def test_there_is_no_time_to_move_before_the_first_step(ada: Facilitator) -> None:
    assert ada.refused("minute", by="1") == "No step is shown yet."
    ada.starts()
    assert ada.refused("minute", by="90") == "There is no such button."


# ---------- catching up


def test_in_time_nothing_is_offered_and_late_only_as_much_as_is_needed(ada: Facilitator, clock: Clock) -> None:
    ada.starts()
    assert offer(ada)[0] == []
    while ends(ada)[1] != "1 minute late":
        clock.passes(0.5)
    assert offer(ada)[0] == [], "whoever is one minute late will be in time again without it"
    while ends(ada)[1] != "2 minutes late":
        clock.passes(0.5)
    ids, words, fields = offer(ada)
    assert ids == ["many"]
    assert "on time" in words or "in hand" in words
    ada.presses("drop", **fields)
    assert ends(ada)[1] in ("on time", "1 minute in hand")
    assert "left out" in row(ada, "many")
    assert offer(ada)[0] == []


def test_very_late_all_that_may_go_is_offered_in_the_order_of_the_plan_and_not_what_is_past(
    ada: Facilitator, clock: Clock
) -> None:
    ada.shows("hello")
    ada.closes(now=True)
    clock.passes(30)
    ids, words, _fields = offer(ada)
    assert ids == ["many", "easy", "near"]
    assert "minutes late" in words


def test_late_at_the_sorting_of_the_built_in_workshop(cast: Cast, clock: Clock) -> None:
    ada = cast.facilitator("Ada")
    ada.opens("core", workshop=ada.workshop)
    ada.starts()
    ada.closes(now=True)
    ada.shows("s13_sort_leaning")
    clock.passes(60)
    ids, _words, fields = offer(ada)
    assert ids == ["s27_after", "s16_worst_help"]
    before = ends(ada)[0]
    ada.presses("drop", **fields)
    assert ends(ada)[0] < before
    ada.closes(now=True)
    ada.moves_on()
    assert ada.step == "s17_sort_help"


def test_what_is_left_out_is_passed_over_and_comes_back_one_by_one(ada: Facilitator) -> None:
    ada.starts()
    ada.presses("drop", steps="hello feeling easy")
    ada.presses("bring-back", step="easy")
    ada.moves_on()
    assert ada.step == "easy"


def test_what_is_left_out_and_shown_after_all_is_back(ada: Facilitator) -> None:
    ada.starts()
    ada.presses("drop", steps="many")
    ada.shows("many")
    assert "left out" not in row(ada, "many")


@pytest.mark.parametrize("step", ["care", "talk"])
def test_the_care_page_and_the_last_step_stay(ada: Facilitator, step: str) -> None:
    assert ada.refused("drop", steps=f"many {step}").startswith("This step stays")
    assert "left out" not in row(ada, "many")


def test_what_was_shown_cannot_be_left_out(ada: Facilitator) -> None:
    ada.starts()
    ada.moves_on()
    ada.closes(now=True)
    assert ada.refused("drop", steps="hello").startswith("This step stays")
    assert ada.refused("drop", steps="nowhere") == "This plan has no such step."


def test_a_step_that_is_off_at_first_takes_no_time_and_can_be_brought_in(ada: Facilitator) -> None:
    ada.starts()
    assert "left out" in row(ada, "extra")
    assert ends(ada)[1] in ("on time", "1 minute in hand")
    before = ends(ada)[0]
    ada.presses("bring-back", step="extra")
    assert ends(ada)[0] in (before + 1, before + 2)
    ada.shows("calm")
    ada.closes(now=True)
    ada.moves_on()
    assert ada.step == "extra"


def test_support_moves_neither_time_nor_plan(cast: Cast, ada: Facilitator) -> None:
    sam = cast.supporter(ada)
    ada.starts()
    moves = {
        "minute": {"by": "1"},
        "drop": {"steps": "many"},
        "bring-back": {"step": "extra"},
        "plan": {"variant": "short"},
    }
    for verb, fields in moves.items():
        assert sam.tries(verb, **fields).status == 404
        assert verb not in sam.buttons()


# ---------- steps that go by themselves


def at_easy(ada: Facilitator) -> None:
    ada.shows("easy")
    ada.closes(now=True)


def test_with_five_phones_a_step_for_six_is_passed_over_and_the_console_says_so(cast: Cast, ada: Facilitator) -> None:
    joined(cast, ada, 5)
    at_easy(ada)
    assert "goes by itself now: Fewer than 6 phones." in row(ada, "six")
    ada.moves_on()
    assert ada.step == "calm"
    assert "Skipped: six. Fewer than 6 phones." in ada.sees()
    ada.closes(now=True)
    ada.shows("six")
    assert ada.desk["step_state"] == "open"
    assert "Skipped" not in ada.sees()


def test_with_six_phones_it_is_shown(cast: Cast, ada: Facilitator) -> None:
    joined(cast, ada, 6)
    at_easy(ada)
    assert "goes by itself" not in row(ada, "six")
    ada.moves_on()
    assert ada.step == "six"
    assert "Skipped" not in ada.sees()


@pytest.mark.parametrize(("up", "comes"), [(5, "many"), (0, "calm")])
def test_when_many_are_stirred_up_the_step_after_the_pulse_goes(
    cast: Cast, ada: Facilitator, up: int, comes: str
) -> None:
    phones = joined(cast, ada, 8)
    ada.shows("feeling")
    for i, phone in enumerate(phones):
        phone.answers(choice="up" if i < up else "calm")
    ada.closes(now=True)
    ada.presses("drop", steps="near")
    ada.shows("six")
    ada.closes(now=True)
    ada.moves_on()
    assert ada.step == comes
    assert ("Skipped: calm." in ada.sees()) == (comes == "many")
    reasons = [one for one in ada.page().all("details", class_="hold") if "Many are stirred up." in one.text]
    assert len(reasons) == (comes == "many")
    assert ada.sees().count("stirred") == len(reasons), "a laptop may be mirrored to the wall"
    assert "stirred" not in cast.phone(ada.join_url).sees() + ada.screen.sees()


# ---------- a question that closes by itself

TIMED = LATE.replace("  - id: easy\n", "  - id: easy\n    auto_close: true\n", 1)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody listens in every room."""
    monkeypatch.setattr("sessions.realtime.listened", lambda: set(range(1000)))


def test_it_closes_with_last_seconds_when_its_time_is_over_and_undo_gives_a_minute(
    cast: Cast, clock: Clock, heard: None
) -> None:
    ada = cast.facilitator("Ada")
    ada.opens(workshop=cast.shelves(ada, TIMED)).shows("easy")
    for passes, state in ((0.9, "open"), (0.2, "closing")):
        clock.passes(passes)
        closing.overdue()
        assert ada.desk["step_state"] == state
    ada.undoes()
    for passes, state in ((0.9, "open"), (0.2, "closing")):
        clock.passes(passes)
        closing.overdue()
        assert ada.desk["step_state"] == state
    ada.undoes()


def test_in_a_pause_its_time_stands_still_and_no_other_question_closes_by_itself(
    cast: Cast, clock: Clock, heard: None
) -> None:
    ada = cast.facilitator("Ada")
    ada.opens(workshop=cast.shelves(ada, TIMED)).shows("easy")
    ada.pauses()
    clock.passes(30)
    closing.overdue()
    ada.resumes()
    closing.overdue()
    assert ada.desk["step_state"] == "open"
    ada.closes(now=True)
    ada.shows("many")
    clock.passes(30)
    closing.overdue()
    assert ada.desk["step_state"] == "open"


# ---------- another plan


def answered(ada: Facilitator, phones: list[Phone], step: str, choice: str) -> None:
    ada.shows(step)
    for phone in phones:
        phone.answers(choice=choice)
    ada.closes(now=True)
    if ada.desk["step_state"] == "closed":
        ada.reveals()


def test_a_plan_switched_in_the_middle_keeps_all_that_was_shown_once_and_as_it_was_asked(
    cast: Cast, ada: Facilitator
) -> None:
    phones = joined(cast, ada, 6)
    ada.starts()
    answered(ada, phones, "hello", "bus")
    answered(ada, phones, "easy", "a")
    ada.presses("plan", variant="short")
    assert ada.step == "easy"
    assert "in hand" in ends(ada)[1], "the hall is booked until the old end"
    ada.presses("new-end")
    assert ends(ada)[1] == "on time"
    ada.moves_on()
    assert ada.step == "near"
    assert "In short?" in ada.screen.sees()
    for phone in phones:
        phone.answers(choice="b")
    ada.closes(now=True)
    ada.reveals()
    ada.moves_on()
    assert ada.step == "talk"
    ada.presses("plan", variant="core")
    assert ada.step == "talk"
    ada.ends()
    steps = {one["id"]: one for one in json.loads(ada.takes_home("json"))["steps"]}
    assert list(steps) == ["hello", "easy", "near"]
    assert steps["hello"]["prompt"] == "How did you come here today?"
    assert steps["near"]["prompt"] == "In short?"
    rows = ada.takes_home("csv").decode("utf-8-sig").splitlines()
    for words in ("hello,choice,bus,1,", "easy,choice,a,1,", "near,choice,b,1,"):
        assert len([one for one in rows if one.startswith(words)]) <= 1
    assert {one.split(",")[0] for one in rows[1:]} == {"hello", "easy", "near"}
    page = ada.browser.get(f"/sessions/{ada.live}").text
    assert page.count("In short?") == 1


def test_the_present_step_stays_though_the_new_plan_has_none_like_it(cast: Cast, ada: Facilitator) -> None:
    mia = cast.phone(ada.join_url)
    at_easy(ada)
    before = mia.sees()
    ada.presses("plan", variant="short")
    assert mia.sees() == before
    assert "many" not in [one.text for one in ada.page().all("nav")[0].all("li")]


def test_not_while_a_question_is_open_and_in_the_lobby_freely(ada: Facilitator) -> None:
    ada.presses("plan", variant="short")
    ada.starts()
    ada.moves_on()
    assert ada.refused("plan", variant="core") == "Close the question first."
    ada.closes(now=True)
    assert ada.refused("plan", variant="nowhere") == "This workshop has no such plan."
    ada.moves_on()
    assert ada.step == "near"
