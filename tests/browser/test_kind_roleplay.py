"""A role-play on phones and the wall: partners by chance, roles that change hands, cards to pick from, a soft chime."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.actors import Facilitator
from tests.browser.house import House
from tests.browser.people import SMALL_PHONE, Phone
from tests.browser.watching import Watch, barriers

LISTENING, PRACTICE = "s10_listening", "s22_practice"
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def by_chance(house: House, step: str = LISTENING) -> Facilitator:
    ada = house.opens(step)
    ada.presses("act", action="matched")
    return ada


def deals(ada: Facilitator) -> None:
    ada.presses("act", action="deal") if ada.primary()[1] != "Deal partners" else ada.presses("next")


def herd(phone: Phone) -> Locator:
    return phone.mine.locator(".herd")


def role(phone: Phone, name: str) -> Locator:
    """The card of a role, open or not."""
    return phone.stage.locator("[data-role]").filter(has_text=name).first


def plays(phone: Phone, name: str) -> None:
    """Its card is open, and no other."""
    expect(phone.stage.locator("[data-role][open]:visible > summary > span:first-child")).to_have_text([name])


def fits(*phones: Phone) -> None:
    for phone in phones:
        assert barriers(phone.page) == []
        assert phone.page.evaluate(WIDE)


# ---------- partners by chance ----------


def test_two_phones_see_the_same_animal_and_the_card_of_the_role_that_is_theirs(house: House, watch: Watch) -> None:
    ada = house.opens(LISTENING)
    mia, noor = house.phone(watch, ada), house.phone(watch, ada, **SMALL_PHONE)
    console = house.console(watch, ada)
    console.press("Partners by chance")
    expect(mia.stage.get_by_text("Partners are dealt by chance.")).to_be_visible()
    fits(mia, noor)
    console.offers("Deal partners")
    console.space()
    expect(herd(mia)).to_be_visible()
    name = herd(mia).inner_text()
    expect(herd(noor)).to_have_text(re.sub(r"\s+", " ", name), use_inner_text=True)
    expect(mia.mine).to_contain_text(re.compile(r"Find \w+ 1\."))
    fits(mia, noor)
    first = {phone.mine.get_attribute("data-place"): phone for phone in (mia, noor)}
    console.offers("Next stage")
    console.space()
    expect(first["0"].heading).to_have_text("First person talks")
    plays(first["0"], "Talker")
    plays(first["1"], "Listener")
    for _stage in range(2):
        console.space()
    expect(first["0"].heading).to_have_text("Swap")
    plays(first["0"], "Listener")
    plays(first["1"], "Talker")
    fits(mia, noor)
    mia.page.reload()
    expect(herd(mia)).to_be_visible()
    plays(first["0"], "Listener")


def test_a_third_who_comes_in_the_middle_is_taken_in_and_watches(house: House, watch: Watch) -> None:
    ada = by_chance(house)
    mia, noor = house.phone(watch, ada), house.phone(watch, ada)
    deals(ada)
    ada.moves_on()
    expect(herd(mia)).to_be_visible()
    zoe = Phone.at(watch, house.door(ada)).joins()
    zoe.press("Deal me a partner")
    expect(herd(zoe)).to_have_text(re.sub(r"\s+", " ", herd(mia).inner_text()), use_inner_text=True)
    plays(zoe, "Observer (if three)")
    for phone in (mia, noor, zoe):
        expect(phone.mine.get_by_text("There are three of you.")).to_be_visible()
    note = zoe.stage.get_by_label("The one thing I noticed")
    note.fill("They waited")
    ada.moves_on()
    expect(zoe.heading).to_contain_text("what I heard")
    expect(note).to_have_value("They waited")
    fits(zoe)


def test_one_who_leaves_while_others_talk_is_missed_kindly(house: House, watch: Watch) -> None:
    ada = by_chance(house)
    mia, noor, tom, zoe = (house.phone(watch, ada) for _ in range(4))
    deals(ada)
    ada.moves_on()
    expect(herd(mia)).to_be_visible()
    group = mia.mine.get_attribute("data-group")
    (left,) = [phone for phone in (noor, tom, zoe) if phone.mine.get_attribute("data-group") == group]
    others = [phone for phone in (noor, tom, zoe) if phone is not left]
    mia.page.get_by_role("link", name="Leave").first.click()
    expect(left.mine.get_by_text("Your partner had to go. It has nothing to do with you.")).to_be_visible()
    expect(left.page.locator("[data-voice]")).to_contain_text("Your partner had to go.")
    fits(left)
    left.press("Deal me another partner")
    expect(left.mine.get_by_text("There are three of you.")).to_be_visible()
    for phone in others:
        expect(phone.mine.get_by_text("There are three of you.")).to_be_visible()


def test_by_keyboard_alone_somebody_chooses_to_be_on_their_own_and_comes_back(house: House, watch: Watch) -> None:
    ada = by_chance(house)
    mia, noor, _tom = house.phone(watch, ada), house.phone(watch, ada), house.phone(watch, ada)
    deals(ada)
    expect(herd(mia)).to_be_visible()
    mia.mine.get_by_role("button", name="I'd rather do this on my own").press("Enter")
    expect(mia.mine.get_by_text("Quiet option: write for two minutes")).to_be_visible()
    assert mia.page.evaluate("document.activeElement?.closest('#mine') !== null")
    expect(mia.mine.get_by_text("There are three of you.")).to_be_hidden()
    expect(noor.mine.get_by_text("There are three of you.")).to_be_hidden()
    fits(mia)
    mia.mine.get_by_role("button", name="Deal me a partner").press("Space")
    expect(noor.mine.get_by_text("There are three of you.")).to_be_visible()
    mia.press("Pass")
    expect(mia.mine.get_by_text("Quiet option: write for two minutes")).to_be_visible()


def test_without_script_partners_are_dealt_as_well(house: House, watch: Watch) -> None:
    ada = by_chance(house)
    mia = house.phone(watch, ada)
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    noor.press("I'd like to stay where I am")
    expect(noor.mine.get_by_text("You can stay where you are.")).to_be_visible()
    deals(ada)
    noor.page.reload()
    expect(noor.mine.get_by_text("Stay where you are. Your partner comes to you.")).to_be_visible()
    expect(mia.mine.get_by_text("please go to them")).to_be_visible()
    noor.press("Pass")
    expect(noor.mine.get_by_text("Quiet option: write for two minutes")).to_be_visible()


def test_a_group_goes_with_its_step(house: House, watch: Watch) -> None:
    ada = by_chance(house)
    mia, _noor = house.phone(watch, ada), house.phone(watch, ada)
    deals(ada)
    expect(herd(mia)).to_be_visible()
    ada.shows("s12_two_ways")
    expect(mia.mine).to_be_hidden()
    expect(herd(mia)).to_have_count(0)


def test_a_phone_fetches_what_it_was_sent_so_that_it_outlives_the_server(house: House, watch: Watch) -> None:
    ada = by_chance(house)
    mia, _noor = house.phone(watch, ada), house.phone(watch, ada)
    with mia.page.expect_response("**/w/mine?v=*", timeout=15_000) as kept:
        deals(ada)
    assert kept.value.status == 200
    names = {cookie["name"] for cookie in mia.page.context.cookies()}
    assert "g" in names


# ---------- finding each other ----------


def test_a_role_is_chosen_by_a_tap_and_after_the_swap_the_other_one_is_offered(house: House, watch: Watch) -> None:
    ada = house.opens(LISTENING)
    mia = house.phone(watch, ada)
    sent: list[str] = []
    mia.page.on("request", lambda request: sent.append(request.url))
    expect(mia.stage.get_by_text("One group of three? One of you watches.")).to_be_visible()
    role(mia, "Listener").locator("summary").click()
    plays(mia, "Listener")
    expect(role(mia, "Talker")).to_be_hidden()
    for _stage in range(3):
        ada.moves_on()
    expect(mia.heading).to_have_text("Swap")
    plays(mia, "Talker")
    role(mia, "Talker").locator("summary").press("Enter")
    expect(role(mia, "Observer")).to_be_visible()
    assert sent == []


def test_the_quiet_option_stands_beside_the_roles(house: House, watch: Watch) -> None:
    ada = house.opens(LISTENING)
    mia = house.phone(watch, ada)
    mia.stage.get_by_text("I'd rather do this on my own").click()
    expect(mia.stage.get_by_text("Quiet option: write for two minutes")).to_be_visible()
    expect(role(mia, "Talker")).to_be_hidden()
    ada.moves_on()
    expect(mia.heading).to_have_text("First person talks")
    expect(mia.stage.get_by_text("Quiet option: write for two minutes")).to_be_visible()


# ---------- cards ----------


def cards(phone: Phone) -> list[str]:
    phone.stage.locator("[data-card]").first.wait_for(state="attached")
    return [text.split("\n")[0] for text in phone.stage.locator("[data-card]:visible > summary").all_inner_texts()]


def open_card(phone: Phone) -> str:
    return phone.stage.locator("[data-card][open] > summary > span").first.inner_text()


def test_three_cards_are_shown_and_swapping_deals_another_without_a_word(house: House, watch: Watch) -> None:
    ada = house.opens(PRACTICE)
    ada.moves_on()
    mia = house.phone(watch, ada)
    sent: list[str] = []
    mia.page.on("request", lambda request: sent.append(request.url))
    three = cards(mia)
    assert len(three) == 3
    mia.stage.locator("[data-card]:visible > summary").nth(1).click()
    assert open_card(mia) == three[1]
    mia.stage.locator("[data-card][open] [data-role] > summary").first.click()
    expect(mia.stage.locator("[data-card][open] .said").first).to_be_visible()
    seen = {three[1]}
    for _swap in range(9):
        mia.press("Swap card")
        expect(mia.stage.locator("[data-card]:visible")).to_have_count(1)
        seen.add(open_card(mia))
    assert len(seen) >= 8
    mia.stage.locator("[data-card][open] > summary").click()
    assert len(cards(mia)) == 3
    mia.press("Show all cards")
    assert len(cards(mia)) == 10
    assert sent == []
    fits(mia)


def test_phones_of_one_group_are_shown_the_same_three_cards(house: House, watch: Watch) -> None:
    ada = by_chance(house, PRACTICE)
    ada.moves_on()
    phones = [house.phone(watch, ada, **SMALL_PHONE) for _ in range(3)]
    deals(ada)
    for phone in phones:
        expect(herd(phone)).to_be_visible()
    assert len({tuple(cards(phone)) for phone in phones}) == 1
    ada.moves_on()
    for phone in phones:
        phone.stage.locator("[data-card]:visible > summary").first.click()
    begins = {phone.mine.get_attribute("data-place"): phone for phone in phones}
    for place, name in (("0", "Asks"), ("1", "Answers"), ("2", "Watches")):
        plays(begins[place], name)
    fits(*phones)


def test_without_script_all_cards_are_there(house: House, watch: Watch) -> None:
    ada = house.opens(PRACTICE)
    ada.moves_on()
    noor = Phone.at(watch, house.door(ada), java_script_enabled=False).joins()
    assert len(cards(noor)) == 10
    expect(noor.page.get_by_role("button", name="Swap card")).to_have_count(0)


# ---------- the chime ----------


def rings(page: Page) -> list[float]:
    return list(page.evaluate("window.rung"))


@pytest.fixture
def chiming(house: House, watch: Watch) -> tuple[Facilitator, Page]:
    """Ada at a role-play, and the wall, on which every ring is kept."""
    ada = house.opens(LISTENING)
    wall = house.wall(watch, ada, signed_in=True)
    wall.evaluate("window.rung = []; document.addEventListener('rang', ({ detail }) => window.rung.push(detail))")
    return ada, wall


def test_the_wall_is_silent_until_somebody_switches_its_chime_on(chiming: tuple[Facilitator, Page]) -> None:
    ada, wall = chiming
    button = wall.locator("#chime")
    expect(button).to_have_text("Chime: off")
    ada.moves_on()
    expect(wall.locator("#stage h1")).to_have_text("First person talks")
    assert rings(wall) == []
    wall.keyboard.press("c")
    expect(button).to_have_text("Chime: on")
    expect(button).to_have_attribute("aria-pressed", "true")
    wall.wait_for_function("() => window.rung.length === 1")
    ada.moves_on()
    wall.wait_for_function("() => window.rung.length === 2")
    ada.pauses()
    ada.resumes()
    expect(wall.locator("#stage h1")).to_contain_text("what I heard")
    assert barriers(wall) == []
    button.click()
    expect(button).to_have_text("Chime: off")
    ada.moves_on()
    expect(wall.locator("#stage h1")).to_have_text("Swap")
    assert len(rings(wall)) == 2
    ada.presses("act", action="derole")
    ada.moves_on()
    ada.moves_on()
    expect(button).to_be_hidden()


def test_the_chime_says_that_a_stage_has_had_its_time(chiming: tuple[Facilitator, Page]) -> None:
    _ada, wall = chiming
    wall.locator("#chime").click()
    wall.wait_for_function("() => window.rung.length === 1")
    wall.evaluate("""() => {
        const clock = document.querySelector(".clock");
        clock.dataset.left = "1";
    }""")
    wall.wait_for_function("() => window.rung.length === 2")
    assert rings(wall)[1] < 1
    wall.wait_for_timeout(1_000)
    assert len(rings(wall)) == 2
