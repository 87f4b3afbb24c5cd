"""The doors of a room: what Leave closes behind somebody, and what a locked room shows."""

from __future__ import annotations

import pytest

from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT

LOCKED = "Nobody else can join"


# ---------- leaving ----------


def test_a_cookie_that_was_copied_before_leave_opens_nothing(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).shows("easy")
    mia, _noor = cast.phones(ada.join_url, 2)
    copied, form = dict(mia.browser.cookies), {**mia.form(), "choice": "a"}
    mia.leaves()

    def replayed() -> Phone:
        other = cast.phone()
        other.browser.cookies.update(copied)
        return other

    for path in ("/w", "/w/mine?v=0", "/w/help"):
        assert replayed().browser.get(path).status == 410
    assert replayed().browser.post("/w/answer", form, **FRAGMENT).status == 410
    assert replayed().browser.post("/w/answer", form).status == 410
    assert replayed().browser.post("/w/flag", {"where": "by the door"}).status == 410
    assert (ada.desk["joined"], ada.desk["answered"]) == (1, 0)


@pytest.mark.parametrize("replayed", [False, True])
def test_who_left_may_join_anew(cast: Cast, ada: Facilitator, room: str, replayed: bool) -> None:
    ada.opens(workshop=room).shows("easy")
    mia = cast.phone(ada.join_url)
    copied = dict(mia.browser.cookies)
    mia.leaves()
    if replayed:
        mia.browser.cookies.update(copied)
    mia.joins(ada.join_url)
    assert mia.browser.cookies["w"] != copied["w"]
    assert mia.covered() is not None, "the new seat has confirmed nothing"
    mia.answers(choice="a")
    assert (ada.desk["joined"], ada.desk["answered"]) == (1, 1)


# ---------- locked ----------


def test_a_locked_lobby_shows_no_way_in_and_says_so(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room)
    code = f"{ada.code[:4]} {ada.code[4:]}"
    for page in (ada.page(), ada.screen.page()):
        assert page.all(class_="qr")
        assert code in page.text
        assert LOCKED not in page.text
    ada.presses("lock")
    for page in (ada.page(), ada.screen.page()):
        assert not page.all(class_="qr")
        assert code not in page.text
        assert LOCKED in page.text
    ada.presses("unlock")
    for page in (ada.page(), ada.screen.page()):
        assert page.all(class_="qr")
        assert LOCKED not in page.text


def test_a_room_that_is_locked_on_its_way_shows_no_way_in_on_any_sheet(cast: Cast, ada: Facilitator, room: str) -> None:
    ada.opens(workshop=room).starts()
    ada.presses("lock")
    for page in (ada.page(), ada.screen.page()):
        assert not page.all(class_="qr")
        assert any(LOCKED in line.text for line in page.all("p"))
