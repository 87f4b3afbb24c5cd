"""Whom a room can turn to: a facilitator's own help page, confirmed for a while, or the emergency number alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.actors import Cast, Facilitator
from workshop import accounts, helping
from workshop.pack import built_in

((_NAME, PACK),) = built_in()
SHEET = PACK.help_sheet
DAYS = SHEET.confirm.region.valid_days or 0
NATIONAL = [entry for entry in SHEET.entries if entry.region == "UK"]


@pytest.fixture
def ada(cast: Cast) -> Facilitator:
    """With no help page of her own."""
    ada = cast.facilitator("Ada")
    helping.keep(me(ada), [])
    return ada


def me(who: Facilitator) -> int:
    return accounts.by_email(who.email).id


def begins(ada: Facilitator, *regions: str) -> None:
    assert ada.browser.post("/help-page/begin", {"region": list(regions)}).status == 303


def confirms(ada: Facilitator) -> None:
    assert ada.browser.post("/help-page/confirm").status == 303


def help_of(cast: Cast, ada: Facilitator) -> str:
    """What a phone in her room reads under Help."""
    return cast.phone(ada.join_url).browser.get("/w/help").page.text


def fields(ada: Facilitator) -> dict[str, list[str]]:
    """The entries as they stand in the form."""
    (form,) = [one for one in ada.browser.get("/help-page").page.all("form") if one.at["action"] == "/help-page"]
    return form.fields


def test_phones_show_the_entries_that_were_confirmed_the_day_and_the_corner(cast: Cast, ada: Facilitator) -> None:
    begins(ada, "UK", "UK/IE")
    confirms(ada)
    ada.opens(help="confirmed", room_line="Behind the piano")
    said = help_of(cast, ada)
    assert all(entry.contact in said for entry in NATIONAL)
    assert "Call or text 988" not in said
    assert "Behind the piano" in said
    assert f"checked on {date.today().isoformat()}" in said


def test_an_entry_is_changed_added_and_removed_and_to_be_confirmed_again(cast: Cast, ada: Facilitator) -> None:
    begins(ada)
    confirms(ada)
    form = fields(ada)
    first = len(form["name"]) - 1
    form["contact"][0] = "112"
    for name, value in (("region", "DE"), ("name", "Telefonseelsorge"), ("contact", "116 123"), ("for", "To talk")):
        form[name][first] = value
    form["name"][1] = form["contact"][1] = ""
    assert ada.browser.post("/help-page", form).status == 303
    assert "To be confirmed" in ada.browser.get("/help-page").page.text
    confirms(ada)
    ada.opens(help="confirmed")
    said = help_of(cast, ada)
    assert "112" in said
    assert "Telefonseelsorge" in said
    assert SHEET.entries[1].contact not in said


def test_an_entry_without_a_contact_is_not_kept_and_nothing_typed_is_lost(ada: Facilitator) -> None:
    given = {"region": "any", "name": "A friend", "contact": "", "for": "To talk"}
    answer = ada.browser.post("/help-page", given)
    assert answer.status == 422
    assert "Entry 1 needs" in answer.page.all(role="alert")[0].text
    assert 'value="A friend"' in answer.text
    assert not helping.of(me(ada)).entries


def test_a_room_without_a_confirmed_page_is_not_opened_but_practised_in(cast: Cast, ada: Facilitator) -> None:
    begins(ada, "UK")
    answer = ada.browser.post(f"{ada.workshop}/open", {"variant": "core"})
    assert answer.status == 422
    assert "emergency number only" in answer.text
    ada.opens(help="", practice="1")
    assert NATIONAL[0].contact in help_of(cast, ada)


def test_the_emergency_number_alone_always_opens_a_room(cast: Cast, ada: Facilitator) -> None:
    ada.opens(help="emergency", emergency_number="112", room_line="By the window")
    said = help_of(cast, ada)
    assert "112" in said
    assert all(line in said for line in ("By the window", *SHEET.in_the_room, *SHEET.grounding))
    assert not any(entry.name in said for entry in SHEET.entries[1:])
    assert "Each of them was checked on" not in said


def test_a_confirmation_counts_for_as_long_as_the_pack_says(ada: Facilitator) -> None:
    begins(ada, "US")
    today = date.today()
    for ago, left in ((0, DAYS), (DAYS - 1, 1), (DAYS, 0)):
        helping.confirm(me(ada), today - timedelta(days=ago))
        status = ada.browser.post(f"{ada.workshop}/open", {"variant": "core"}).status
        assert status == (303 if left else 422)
        page = ada.browser.get("/help-page").page.text
        assert (f"{left} more day" if left else "too long ago") in page


def test_what_is_changed_later_does_not_change_a_session_that_runs(cast: Cast, ada: Facilitator) -> None:
    begins(ada, "UK")
    confirms(ada)
    ada.opens(help="confirmed")
    helping.keep(me(ada), [("any", "Nobody", "0", "Nothing")])
    assert NATIONAL[0].contact in help_of(cast, ada)


def test_a_session_is_run_again_with_a_page_that_is_still_confirmed(ada: Facilitator) -> None:
    begins(ada, "UK")
    confirms(ada)
    ada.opens(help="confirmed").ends()
    place = f"/sessions/{ada.live}/again"
    assert ada.browser.post(place).status == 303
    helping.confirm(me(ada), date.today() - timedelta(days=DAYS))
    answer = ada.browser.post(place)
    assert answer.status == 409
    assert "help page is not confirmed" in answer.page.all(role="status")[0].text


def test_a_page_of_ones_own_is_nobody_elses(cast: Cast, ada: Facilitator) -> None:
    helping.keep(me(ada), [("any", "Only for Ada", "1", "To talk")])
    assert "Only for Ada" not in cast.facilitator("Bob").browser.get("/help-page").text
