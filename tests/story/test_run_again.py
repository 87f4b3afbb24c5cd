"""The next group: a session that is over is run again with the same plan and rules, if the workshop is still there."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    """After a session in the short plan, with results from eight people on."""
    ada = cast.facilitator("Ada").opens("short", raised_k="8")
    ada.ends()
    return ada


def again(ada: Facilitator, page: str) -> str:
    """Where the button on a page posts to."""
    wanted = f"/sessions/{ada.live}/again"
    (form,) = [one for one in ada.browser.get(page).page.all("form") if one.at["action"] == wanted]
    assert "Run again with the same settings" in form.text
    return wanted


@pytest.mark.parametrize("page", ["/sessions", "/sessions/{live}"])
def test_a_session_is_run_again_with_the_same_plan_and_the_same_rules(ada: Facilitator, page: str) -> None:
    answer = ada.browser.post(again(ada, page.format(live=ada.live)))
    assert answer.status == 303
    anew = Facilitator(ada.browser, live=int(answer.headers["location"].removeprefix("/console/")))
    assert anew.live != ada.live
    assert anew.desk["state"] == "lobby"
    assert "45 minutes" in anew.sees()
    anew.ends()
    assert "8" in anew.browser.get(f"/sessions/{anew.live}/summary").page.all(class_="method")[0].text


def test_the_answers_and_the_help_page_come_along_in_a_new_session_with_new_keys(cast: Cast) -> None:
    ada = cast.facilitator("Ada")
    said = {"setup_close_or_power": "yes", "expected": "9", "raised_k": "8"}
    ada.opens("core", emergency_number="112", room_line="By the piano", **said)
    before = ada.desk
    ada.ends()
    page = ada.browser.get(f"/sessions/{ada.live}").page
    assert "Are couples, family members, or a manager with their staff here?" in page.text
    answer = ada.browser.post(again(ada, f"/sessions/{ada.live}"))
    anew = Facilitator(ada.browser, live=int(answer.headers["location"].removeprefix("/console/")))
    assert {anew.desk["join_url"], anew.desk["screen_url"], anew.code}.isdisjoint(before.values())
    assert "With 9 phones" in anew.page().get("foreseen").text
    left_out = [line.text for line in anew.page().all("ul", class_="hands")[0].all("li") if "left out" in line.text]
    assert any("Messages about needing people" in line for line in left_out)
    helped = cast.phone(anew.join_url).browser.get("/w/help").page.text
    assert "112" in helped
    assert "By the piano" in helped


def test_something_can_be_changed_first_with_the_rest_filled_in(ada: Facilitator) -> None:
    ada.opens("short", raised_k="8", setup_know_each_other="yes", expected="9").ends()
    page = ada.browser.get(f"/sessions/{ada.live}").page
    (link,) = [one for one in page.all("a") if one.text == "Change something first"]
    filled = ada.browser.get(link.at["href"]).text
    assert 'name="variant" value="short"' in filled
    assert '<option value="8" selected>' in filled
    assert 'name="setup_know_each_other" value="yes" required checked' in filled
    assert 'name="setup_close_or_power" value="no" required checked' in filled
    assert 'value="9"' in filled


def test_where_the_workshop_is_gone_it_is_said_and_the_results_stay(ada: Facilitator) -> None:
    copy = ada.browser.post(f"{ada.workshop}/copy").headers["location"]
    ada.opens("core", copy).ends()
    place = again(ada, f"/sessions/{ada.live}")
    ada.browser.post(f"{copy}/delete")
    answer = ada.browser.post(place)
    assert answer.status == 409
    (said,) = answer.page.all(role="status")
    assert "not on your shelf any more" in said.text
    assert ada.browser.get(f"/sessions/{ada.live}").status == 200


def test_who_helped_at_a_session_is_not_offered_to_run_it_again(cast: Cast, ada: Facilitator) -> None:
    sam = cast.supporter(ada)
    for page in ("/sessions", f"/sessions/{ada.live}"):
        assert "Run again" not in sam.browser.get(page).text
