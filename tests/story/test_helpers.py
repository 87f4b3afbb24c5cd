"""Somebody helps whoever leads: by a link that works once, without an account, until the session ends."""

from __future__ import annotations

import secrets

import pytest

from sessions import helper_secrets
from tests.actors import Cast, Facilitator
from tests.privacy import thief
from tests.room_pack import OPTIONS, step
from tests.workshop.small_pack import SMALL
from workshop.database import db

VOTED = '    max_chars: 80\n    upvote: {label: "Ha, yes", needs_helper: true}\n'
FOR_TWO = SMALL.replace(
    "steps:\n",
    "steps:\n"
    + step("worst", "open_text", "low", VOTED)
    + step("bare", "poll", "low", f"{OPTIONS}\n    needs_helper: true")
    + step("after", "poll", "low", OPTIONS),
    1,
)
"""Cards to vote for, then a step that is better not led by somebody alone, then one that anybody can lead."""
CARDS = ("Pay every bill.", "Write every text.", "Answer before they ask.", "Carry it all.")


@pytest.fixture
def two(cast: Cast, ada: Facilitator) -> Facilitator:
    """Ada, in a session of the workshop that is better led by two."""
    return ada.opens(workshop=cast.shelves(ada, FOR_TWO))


def shut_out(hal: Facilitator, link: str) -> None:
    """Nothing that this browser keeps opens anything, and it is not told what there was."""
    asked = [hal.browser.get(f"/console/{id}") for id in (hal.live, 999_999)]
    pressed = [hal.browser.post(f"/console/{id}/care") for id in (hal.live, 999_999)]
    for ours, none in (asked, pressed):
        assert ours.status == 404
        assert (ours.body, ours.headers) == (none.body, none.headers)
    assert hal.browser.post(link).status == 404
    assert "You are not helping" in hal.browser.get("/h").page.text


def who_helps(ada: Facilitator) -> str:
    """What the console says of it, under People."""
    (section,) = ada.page().all(class_="helpers")
    return section.text


# ---------- the link ----------


def test_looking_at_a_link_uses_nothing_up_and_tells_nothing(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    preview = cast.browser()
    ours, none = preview.get(link), preview.get(f"/h/{secrets.token_urlsafe(16)}")
    assert (ours.status, ours.body, ours.headers) == (none.status, none.body, none.headers)
    assert not preview.cookies
    assert not [word for word in ("My first workshop", "small") if word in ours.text]
    assert cast.helper(ada, link).page()


def test_it_works_once_and_then_looks_like_one_that_never_was(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    cast.helper(ada, link)
    late = cast.browser()
    ours, none = late.post(link), late.post(f"/h/{secrets.token_urlsafe(16)}")
    assert (ours.status, ours.body, ours.headers) == (404, none.body, none.headers)
    assert not late.cookies


def test_it_is_shown_once_and_can_be_taken_back_before_anybody_uses_it(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    assert "link not used yet" in who_helps(ada)
    assert link not in ada.browser.get(f"{ada.console}/helper").text
    ada.presses("dismiss", number="1")
    assert "Nobody helps at this session" in who_helps(ada)
    assert cast.browser().post(link).status == 404


def test_whoever_leads_cannot_use_it_up_by_mistake(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    went = ada.browser.post(link)
    assert (went.status, went.headers["location"]) == (303, ada.console)
    assert "h" not in ada.browser.cookies
    hal = cast.helper(ada, link)
    other = ada.invites()
    assert hal.browser.post(other).status == 303
    assert cast.helper(ada, other).page()
    assert hal.page()


def test_there_are_nine_at_most(ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    for _ in range(9):
        ada.invites()
    refused = ada.browser.post(f"{ada.console}/helper")
    assert refused.status == 409
    assert "nine helpers" in refused.text
    ada.presses("dismiss", number="4")
    ada.invites()


# ---------- what a helper does ----------


def test_a_helper_reads_texts_calls_for_care_and_moves_nothing(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    hal = cast.helper(ada)
    ada.shows("lines")
    for number, phone in enumerate(cast.phones(ada.join_url, 4)):
        phone.answers(text=CARDS[number])
    ada.closes(now=True)
    assert {words for _id, words in hal.texts("held")} == set(CARDS)
    hal.leaves_off(CARDS[0])
    hal.lets_through()
    ada.reveals()
    assert CARDS[0] not in ada.screen.sees()
    assert CARDS[1] in ada.screen.sees()
    hal.presses("care")
    assert ada.desk["state"] == "paused"
    hal.resumes()
    hal.presses("kind-note")
    assert set(hal.buttons()) <= {"care", "pause", "resume", "text", "quiet", "kind-note", "view"}
    for verb in ("next", "show", "close", "reveal", "end", "lock", "dismiss", "quiet-to", "plan"):
        assert hal.tries(verb, step="easy", sure="1", number="1").body == hal.tries("dance").body
    assert hal.browser.post(f"{hal.console}/helper").status == 404
    assert ada.step == "lines"


def test_a_helpers_page_leads_nowhere_that_needs_an_account(cast: Cast, ada: Facilitator, room: str) -> None:
    hal = cast.helper(ada.opens(workshop=room))
    for path in (hal.console, f"{hal.console}/helper"):
        links = {one.at["href"] for one in hal.browser.get(path).page.all("a")} - {"#main"}
        assert links
        assert not [link for link in links if hal.browser.get(link).status != 200]


def test_a_helper_is_one_at_this_session_alone(cast: Cast, ada: Facilitator, room: str) -> None:
    bob = cast.facilitator("Bob").opens("core")
    hal = cast.helper(ada.opens(workshop=room))
    for rest in ("", ".json", "/guide", "/helper", "/care", "/text", "/view", "/next"):
        ask = hal.browser.post if rest in ("/care", "/text", "/view", "/next") else hal.browser.get
        ours, none, far = (ask(f"/console/{id}{rest}") for id in (bob.live, 999_999, 2**70))
        assert (ours.status, ours.body, ours.headers) == (404, none.body, none.headers), rest
        assert none.body == far.body
    assert hal.browser.get("/workshops").headers["location"].startswith("/signin")
    assert hal.browser.get(f"/sessions/{ada.live}").headers["location"].startswith("/signin")


def test_who_goes_on_to_help_elsewhere_has_left(cast: Cast, ada: Facilitator, room: str) -> None:
    bob = cast.facilitator("Bob").opens("core")
    hal = cast.helper(ada.opens(workshop=room))
    assert hal.browser.post(bob.invites()).headers["location"] == bob.console
    assert "Nobody helps at this session" in who_helps(ada)
    assert hal.browser.get(ada.console).status == 404
    assert hal.browser.get(bob.console).status == 200


# ---------- quiet words ----------


def test_a_quiet_word_goes_to_one_chosen_person_and_the_others_see_that_there_is_one(
    cast: Cast, ada: Facilitator, room: str
) -> None:
    ada.opens(workshop=room)
    hal, ida = cast.helper(ada), cast.helper(ada)
    sam = cast.supporter(ada)
    mia = cast.phone(ada.join_url)
    mia.asks_for_a_quiet_word("by the window")
    assert ada.whispers == (1, ["by the window"])
    assert [one.whispers for one in (hal, ida, sam)] == [(1, [])] * 3
    ada.presses("quiet-to", number="2")
    assert ida.whispers == (1, ["by the window"])
    assert [one.whispers for one in (ada, hal, sam)] == [(1, [])] * 3
    assert not [one for one in (ada, hal, sam) if "by the window" in one.browser.get(ada.console).text]
    assert "Quiet words go to: Helper 2" in who_helps(ada)
    ada.presses("quiet-to", number="0")
    assert (ada.whispers, ida.whispers) == ((1, ["by the window"]), (1, []))


def test_quiet_words_come_back_when_whoever_heard_them_is_gone(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    hal = cast.helper(ada)
    ada.presses("quiet-to", number="1")
    cast.phone(ada.join_url).asks_for_a_quiet_word("by the door")
    assert ada.whispers == (1, [])
    hal.browser.post("/x")
    assert ada.whispers == (1, ["by the door"])
    cast.helper(ada)
    assert ada.whispers == (1, ["by the door"]), "another helper of the same number was not chosen"


def test_quiet_words_go_to_nobody_who_is_not_there(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).invites()
    for number in ("1", "7", "", "-1", "x"):
        assert "not here" in ada.refused("quiet-to", number=number)


# ---------- how it ends ----------


def test_the_right_is_taken_back_at_once_and_from_one_helper_alone(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    hal, ida = cast.helper(ada, link), cast.helper(ada)
    ada.presses("dismiss", number="1")
    shut_out(hal, link)
    assert ida.page()


def test_it_ends_with_the_session_and_nothing_of_it_is_left(cast: Cast, ada: Facilitator, room: str) -> None:
    link, spare = ada.opens(workshop=room).invites(), ada.invites()
    hal = cast.helper(ada, link)
    kept = (link[3:], spare[3:], hal.browser.cookies["h"])
    assert not thief.hits([one.encode() for one in kept], db.path.parent)
    assert len(thief.ask(db.path, "SELECT id FROM live_helpers WHERE live_id = ?", ada.live)) == 2
    ada.starts()
    ada.ends()
    shut_out(hal, link)
    assert hal.browser.post(spare).status == 404
    assert thief.ask(db.path, "SELECT id FROM live_helpers WHERE live_id = ?", ada.live) == []
    assert ada.browser.post(f"{ada.console}/helper").status == 409


def test_a_helper_who_leaves_gives_the_right_back(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    hal = cast.helper(ada, link)
    copied = dict(hal.browser.cookies)
    hal.browser.get("/x")
    assert "h" not in hal.browser.cookies
    hal.browser.cookies.update(copied)
    shut_out(hal, link)
    assert "Nobody helps at this session" in who_helps(ada)


def test_a_secret_of_a_link_is_no_cookie_and_the_other_way_round(cast: Cast, ada: Facilitator, room: str) -> None:
    link = ada.opens(workshop=room).invites()
    stranger = cast.browser()
    stranger.cookies["h"] = link[3:]
    assert stranger.get(ada.console).status == 404
    hal = cast.helper(ada, link)
    assert cast.browser().post(f"/h/{hal.browser.cookies['h']}").status == 404
    assert len({helper_secrets.make() for _ in range(100)}) == 100


# ---------- what waits for a helper ----------


def test_a_step_that_needs_a_helper_goes_by_itself_and_can_be_shown_all_the_same(cast: Cast, two: Facilitator) -> None:
    two.browser.post(f"{two.console}/view", {"view": "full"})
    two.shows("worst")
    two.closes(now=True)
    assert "goes by itself now: Nobody helps." in two.sees()
    two.moves_on()
    assert two.step == "after"
    assert "Skipped: bare. Nobody helps." in two.sees()
    two.closes(now=True)
    two.shows("bare")
    assert two.step == "bare"


def test_with_a_helper_it_is_shown_like_any_other(cast: Cast, two: Facilitator) -> None:
    two.invites()
    two.shows("worst")
    two.closes(now=True)
    cast.helper(two)
    two.moves_on()
    assert two.step == "bare"


def test_votes_wait_for_a_helper_the_console_says_why_and_the_lead_may_ask_all_the_same(
    cast: Cast, two: Facilitator
) -> None:
    phones = cast.phones(two.join_url, 4)
    two.shows("worst")
    for phone, card in zip(phones, CARDS, strict=True):
        phone.answers(text=card)
    two.closes(now=True)
    two.lets_through()
    two.reveals()
    assert two.primary()[:2] == ("next", "Next")
    assert "“Vote for cards” waits for a helper" in two.sees()
    labels = [one.text for one in two.page().all("button")]
    assert "Vote for cards all the same" in labels
    assert "Go on without" not in labels
    hal = cast.helper(two)
    assert two.primary()[:2] == ("next", "Vote for cards")
    assert "waits for a helper" not in two.sees()
    hal.browser.post("/x")
    two.presses("next", alone="1")
    assert (two.step, two.desk["phase"], two.desk["step_state"]) == ("worst", 1, "open")


def test_next_goes_past_votes_that_wait_for_a_helper(cast: Cast, two: Facilitator) -> None:
    phones = cast.phones(two.join_url, 4)
    two.shows("worst")
    for phone, card in zip(phones, CARDS, strict=True):
        phone.answers(text=card)
    two.closes(now=True)
    two.lets_through()
    two.reveals()
    assert two.presses_space() == "next"
    assert two.step == "after"
