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
