"""One small plan: on the phone alone, one tap away until Leave or the end; a part of it goes to the wall by choice."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import expect

from tests.actors import Facilitator
from tests.browser.canary import WORD, Canary
from tests.browser.house import House
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.test_keyboard import tabs_to
from tests.browser.watching import Watch, barriers

PART = "rest on Sunday"


def opened(house: House, private: str) -> Facilitator:
    ada = house.opens("plan", workshop=private)
    ada.asks()
    return ada


def plans(mia: Phone) -> Canary:
    """Mia makes a plan: when and with whom is hers alone."""
    canary = Canary(mia.page)
    mia.stage.get_by_label("When ...").fill(f"my {WORD} calls")
    mia.stage.get_by_label("I will ...").first.fill(PART)
    mia.stage.get_by_label("Someone on my side").fill(WORD)
    mia.stage.locator(".scale-points").get_by_text("2").tap()
    assert canary.is_in_sight()
    return canary


def my_plan(mia: Phone) -> None:
    """Open it again at the foot of the page."""
    mia.page.locator(".foot").get_by_role("button", name="My plan").click()


def test_the_plan_stays_on_the_phone_and_the_shared_part_alone_arrives(
    house: House, watch: Watch, private: str
) -> None:
    ada = opened(house, private)
    mia, wall = house.phone(watch, ada, **SMALL_PHONE), house.wall(watch, ada)
    assert barriers(mia.page) + barriers(wall) == []
    canary = plans(mia)
    expect(mia.stage.get_by_text("Then make it smaller.")).to_be_visible()
    mia.stage.get_by_text("Share the 'I will' part").first.tap()
    assert barriers(mia.page) == []
    mia.page.get_by_role("button", name="Send").tap()
    mia.is_told("saved")
    expect(mia.stage.get_by_label("When ...")).to_be_hidden()
    assert any("/w/answer" in sent and "rest+on+Sunday" in sent for sent in canary.sent)
    for number, phone in enumerate(house.cast.phones(ada.join_url, 5)):
        phone.answers(share=f"walk {number} times")
    ada.closes(now=True)
    ada.lets_through()
    ada.reveals()
    for stage in (mia.stage, wall.locator("#stage")):
        expect(stage.get_by_text(f"I will {PART}")).to_be_visible()
    assert barriers(mia.page) + barriers(wall) == []
    assert WORD not in wall.content()
    my_plan(mia)
    expect(mia.page.get_by_role("dialog").get_by_text(f"my {WORD} calls")).to_be_visible()
    assert barriers(mia.page) == []
    mia.page.get_by_role("dialog").get_by_role("button", name="Back").tap()
    ada.shows("talk")
    expect(mia.stage).to_have_attribute("data-step", "talk")
    my_plan(mia)
    expect(mia.page.get_by_role("dialog").get_by_text(PART)).to_be_visible()
    assert not canary.got_out()


def test_nobody_can_tell_on_the_wire_who_shares_and_who_keeps_it(house: House, watch: Watch, private: str) -> None:
    ada = opened(house, private)
    mia, sent = house.phone(watch, ada), list[str]()
    mia.page.on("request", lambda request: request.url.endswith("/w/answer") and sent.append(request.post_data or ""))
    canary = plans(mia)
    mia.press("Keep it to myself")
    mia.is_told("saved")
    expect(mia.mine).to_be_focused()
    assert ada.counts(1) or ada.desk["answered"] is None
    mia.follow("Change")
    mia.stage.get_by_text("Share the 'I will' part").first.tap()
    mia.press("Send")
    mia.is_told("saved")
    assert len(sent) == 2
    assert len({len(body) for body in sent}) == 1
    assert not canary.got_out()


def test_sharing_begins_switched_off_and_can_be_taken_back(house: House, watch: Watch, private: str) -> None:
    mia = house.phone(watch, opened(house, private))
    plans(mia)
    wish, shared = mia.stage.get_by_role("checkbox"), mia.stage.locator("[name=share]")
    expect(wish).not_to_be_checked()
    expect(shared).to_be_hidden()
    expect(mia.stage.get_by_role("button", name="Send")).to_be_hidden()
    wish.check()
    expect(shared).to_have_value(PART)
    wish.uncheck()
    expect(shared).to_be_hidden()
    expect(shared).to_have_value("")


def test_a_starter_fills_the_fields_and_the_plan_is_kept_in_the_head_or_copied(
    house: House, watch: Watch, private: str
) -> None:
    mia = house.phone(watch, opened(house, private))
    mia.stage.get_by_text("Need a start?").tap()
    mia.page.get_by_role("button", name="When I need something").tap()
    expect(mia.page.get_by_role("button", name="When I need something")).to_be_hidden()
    expect(mia.stage.get_by_label("When ...")).to_have_value("I need something")
    expect(mia.stage.get_by_label("I will ...").first).to_have_value("ask once, clearly")
    mia.page.get_by_role("button", name="Keep it in your head").tap()
    expect(mia.stage.get_by_text("Say it to yourself once")).to_be_visible()
    mia.page.get_by_role("button", name="Copy it on paper").tap()
    sheet = mia.page.get_by_role("dialog", name="My plan")
    expect(sheet.get_by_text("ask once, clearly")).to_be_visible()
    mia.page.keyboard.press("Escape")
    mia.stage.get_by_label("When ...").fill("")
    mia.stage.get_by_label("I will ...").first.fill("")
    expect(mia.page.locator(".foot").get_by_role("button", name="My plan")).to_be_hidden()


def test_a_picture_is_saved_only_after_a_warning_and_without_a_request(
    house: House, watch: Watch, private: str
) -> None:
    mia = house.phone(watch, opened(house, private))
    canary = plans(mia)
    before = len(canary.sent)
    mia.page.get_by_role("button", name="Save as a picture").first.tap()
    warning = mia.page.get_by_role("alertdialog")
    expect(warning).to_contain_text("Photos may sync to other devices")
    assert barriers(mia.page) == []
    with mia.page.expect_download() as saved:
        warning.get_by_role("button", name="Save it anyway").tap()
    assert saved.value.suggested_filename == "notes.png"
    with Image.open(io.BytesIO(saved.value.path().read_bytes())) as picture:
        assert picture.width == 1080
        assert len(picture.convert("L").getcolors() or ()) > 2, "nothing is written on it"
    assert [sent for sent in canary.sent[before:] if not sent.startswith("blob:")] == []
    assert not canary.got_out()


def test_a_pause_puts_the_plan_aside_and_brings_it_back(house: House, watch: Watch, private: str) -> None:
    ada = opened(house, private)
    mia = house.phone(watch, ada)
    canary = plans(mia)
    mia.stage.get_by_role("checkbox").check()
    ada.pauses()
    mia.is_at("paused")
    ada.resumes()
    mia.is_at("open")
    expect(mia.stage.get_by_label("When ...")).to_have_value(f"my {WORD} calls")
    expect(mia.stage.locator("[name=share]")).to_have_value(PART)
    mia.press("Send")
    mia.is_told("saved")
    assert not canary.got_out()


def test_a_reload_loses_it_and_so_does_leave_and_the_page_says_so_before(
    house: House, watch: Watch, private: str
) -> None:
    mia = house.phone(watch, opened(house, private))
    expect(mia.stage.get_by_text("It goes when you tap Leave. It also goes when this page is closed")).to_be_visible()
    canary = plans(mia)
    mia.page.reload()
    expect(mia.stage.get_by_label("When ...")).to_have_value("")
    expect(mia.page.locator(".foot").get_by_role("button", name="My plan")).to_have_count(0)
    plans(mia)
    my_plan(mia)
    mia.page.get_by_role("dialog").get_by_role("link", name="Leave").click()
    expect(mia.page).to_have_title("Notes")
    mia.page.go_back()
    assert not canary.is_in_sight()
    assert not canary.got_out()


def test_by_keyboard(house: House, watch: Watch, private: str) -> None:
    mia = house.phone(watch, opened(house, private), has_touch=False, is_mobile=False)
    page = mia.page
    tabs_to(page, "When ...")
    page.keyboard.type("it rains")
    tabs_to(page, "I will ...")
    page.keyboard.type("go out")
    tabs_to(page, "1")
    page.keyboard.press("Space")
    expect(mia.stage.get_by_text("Then make it smaller.")).to_be_visible()
    tabs_to(page, "Copy it on paper")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="My plan").get_by_text("go out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_text("Copy it on paper")
    tabs_to(page, "Share the 'I will' part")
    page.keyboard.press("Space")
    expect(mia.stage.locator("[name=share]")).to_have_value("go out")
    tabs_to(page, "Send")
    page.keyboard.press("Enter")
    mia.is_told("saved")
    expect(mia.mine).to_be_focused()


def test_without_script_a_small_form_shares_a_part_and_nothing_else(house: House, watch: Watch, private: str) -> None:
    ada = opened(house, private)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    canary = Canary(noor.page)
    noor.stage.get_by_label("When ...").fill(WORD)
    noor.stage.locator("[name=share]").fill(PART)
    noor.press("Send")
    noor.is_told("saved")
    assert any("rest+on+Sunday" in sent for sent in canary.sent)
    assert not any(WORD in sent for sent in canary.sent)
    noor.press("Pass")
    noor.is_told("saved")
