"""A whole session in a real browser: one console, one wall, three phones, from the first account to the results page.

On the way every page is looked at by axe in every state that it passes through, and the watch hears of any trouble.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Playwright, expect

from tests.browser.people import Console, Phone
from tests.browser.room import Room, scan
from tests.browser.watching import Watch, barriers
from tests.factories import PASSWORD
from tests.serving import Server

DEVICES = ("iPhone 13", "Pixel 7", "Galaxy S9+")
LINES = ("Pay the bill before they ask", "Ring me on 0170 1234567, I do it all", "Write their whole speech for them")


def test_a_room_goes_from_the_first_account_to_the_results(
    make_server: Callable[..., Server], watch: Watch, playwright: Playwright
) -> None:
    server = make_server().start()
    room = open_the_room(server, watch)
    door = scan(room.wall.screenshot())
    room.console.page.bring_to_front()
    for device in DEVICES:
        look = {name: value for name, value in playwright.devices[device].items() if name != "default_browser_type"}
        join(room, Phone.at(watch, f"{room.url}{door}", **look))
    expect(room.wall.get_by_text("3 phones in the room")).to_be_visible()
    room.look()
    warm_up(room)
    room.goes_on("Next", "reading", "s02_look_after")
    for phone in room.phones:
        phone.press("I'm ready to join in")
    agree(room)
    passes_by(room, "s10_listening")
    listen(room)
    room.goes_on("Next", "reading", "s12_two_ways")
    passes_by(room, "s16_worst_help")
    write(room)
    passes_by(room, "s19_scene_one")
    tell(room)
    room.goes_on("Next", "reading", "s20_four_lines")
    room.goes_on("Next", "reading", "s22_practice")
    practise(room)
    passes_by(room, "s30_close")
    end(room)
    take_home(room)
    assert room.found == []


def open_the_room(server: Server, watch: Watch) -> Room:
    """The first account by the printed link, a session of the built-in workshop, and the wall beside the console."""
    ada = watch.page(f"{server.url}{urlsplit(server.printed('Set up') or '').path}")
    found = barriers(ada)
    ada.get_by_label("Your name").fill("Ada")
    ada.get_by_label("E-mail address").fill("ada@example.org")
    ada.get_by_label("Password").fill(PASSWORD)
    ada.get_by_role("button", name="Make the account").click()
    ada.wait_for_url("**/workshops")
    found += barriers(ada)
    ada.get_by_role("main").get_by_role("link", name="Leaning Without Losing Yourself").first.click()
    found += barriers(ada)
    ada.get_by_role("link", name="Open a room").click()
    found += barriers(ada)
    for question in ada.get_by_role("group").filter(has=ada.get_by_label("Yes")).all():
        question.get_by_label("No").check()
    ada.get_by_role("button", name="Open with the emergency number only").click()
    ada.wait_for_url("**/console/*")
    with ada.context.expect_page() as opened:
        ada.get_by_role("link", name="Open the screen").click()
    wall = opened.value
    wall.set_viewport_size({"width": 1920, "height": 1080})
    return Room(server.url, Console(ada), wall, found=found)


def join(room: Room, phone: Phone) -> None:
    """Looking at each page on the way."""
    room.found += barriers(phone.page)
    phone.press("Join the room")
    expect(phone.page.get_by_role("heading", name="You're about to join a group workshop.")).to_be_visible()
    room.found += barriers(phone.page)
    phone.press("I'm ready", exact=True)
    expect(phone.heading).to_have_text("You're in.")
    room.phones.append(phone)


def warm_up(room: Room) -> None:
    """Everybody answers; one passes and comes back, one changes; after the last seconds the results are everywhere."""
    ana, bo, omar = room.phones
    room.goes_on("Start", "open", "s00_warmup")
    ana.answers("By bike")
    bo.answers("By car")
    omar.press("Pass")
    omar.is_told("saved")
    omar.follow("Change")
    omar.answers("By bike")
    bo.follow("Change")
    bo.answers("By bike")
    expect(room.console.page.locator("#progress")).to_contain_text("3 answered")
    expect(room.wall.get_by_text("3 of 3 have answered")).to_be_visible()
    room.look()
    room.console.offers("Close and show")
    room.console.space()
    for phone in room.phones:
        phone.reads_in_the_last_seconds("Last seconds. Your answer is in; tap Change if you want to.")
    expect(room.wall.get_by_text("Last seconds.").first).to_be_visible()
    room.look()
    room.are_at("revealed")
    for page in (room.wall, ana.page, room.console.page):
        expect(page.locator(".bar-line").filter(has_text="By bike").locator(".bar-figure")).to_have_text("3")


def agree(room: Room) -> None:
    """One tap for all lines; adopted, they stay one tap away."""
    ana = room.phones[0]
    room.goes_on("Next", "open", "s03_agreement")
    for phone in room.phones:
        phone.press("I can live with all of them")
        phone.is_told("saved")
    room.console.offers("Close and show")
    room.console.space()
    room.are_at("revealed")
    room.goes_on("Adopt", "revealed")
    room.everywhere("This is our agreement.")
    room.goes_on("Next", "open", "s07_messages")
    ana.follow("Our agreement")
    agreed = ana.page.locator("#pinned")
    expect(agreed.get_by_text("We share the talking time.")).to_be_visible()
    room.found += barriers(ana.page)
    agreed.get_by_role("button", name="Back").click()
    expect(agreed).to_be_hidden()


def passes_by(room: Room, step: str) -> None:
    """On to this step, everybody passing on the way."""
    while room.step != step:
        before = room.console.desk.get_attribute("data-v") or ""
        if room.console.desk.get_attribute("data-state") == "open":
            for phone in room.phones:
                phone.press("Pass")
                phone.is_told("saved")
            room.console.press("Close at once")
            expect(room.console.desk).not_to_have_attribute("data-state", "open")
        else:
            room.console.space()
            expect(room.console.desk).not_to_have_attribute("data-v", before)
        room.are_at(room.console.desk.get_attribute("data-state") or "")


def tell(room: Room) -> None:
    """Three turns that the room votes on, an ending, the talk about it, and out of the story."""
    for onwards in ("Next scene", "Next scene", "The ending"):
        room.console.offers("Open the vote")
        room.console.space()
        room.are_at("open")
        for phone in room.phones:
            phone.stage.locator("label.choice").first.click()
            phone.press("Send")
            phone.is_told("saved")
        room.console.offers("Close and show")
        room.console.space()
        room.are_at("revealed")
        room.console.offers(onwards)
        room.console.space()
    for onwards in ("Talk about it", "Step out of the story"):
        room.console.offers(onwards)
        room.look()
        room.console.space()
    room.everywhere("That was Mika's story.")


def listen(room: Room) -> None:
    """Somebody takes a role, and only its card stays; everybody steps out of it before the talk about it."""
    ana = room.phones[0]
    roles = ana.stage.locator("details.role")
    roles.first.locator("summary").click()
    expect(ana.stage.get_by_text("Your role").filter(visible=True).first).to_be_visible()
    expect(roles.nth(1)).to_be_hidden()
    headings = [ana.heading.inner_text()]
    while room.console.primary.inner_text().startswith("Next stage"):
        room.console.primary.click()
        expect(ana.heading).not_to_have_text(headings[-1])
        expect(room.wall.locator("#stage h1")).to_have_text(ana.heading.inner_text())
        headings.append(ana.heading.inner_text())
        if headings[-1] != "Step out of your role" and "Step out of your role" not in headings:
            expect(ana.stage.get_by_text("Your role").filter(visible=True).first).to_be_visible()
        room.look()
    assert "Step out of your role" in headings[1:-1]
    expect(roles).to_have_count(0)


def write(room: Room) -> None:
    """Texts wait for the facilitator; one may show who somebody is, and the phone asks before it is sent."""
    ana, bo, omar = room.phones
    for phone, line in zip(room.phones, LINES, strict=True):
        phone.stage.get_by_role("textbox").first.fill(line)
        phone.press("Send")
    expect(bo.stage.get_by_text("This may show who you or someone else is.")).to_be_visible()
    room.found += barriers(bo.page)
    bo.press("Send anyway")
    for phone in (ana, bo, omar):
        phone.is_told("saved")
    room.console.press("Close at once")
    room.are_at("closed")
    moderate(room)
    room.console.offers("Show the room")
    room.console.space()
    expect(room.console.desk.get_by_role("alert")).to_contain_text("Some texts are unread")
    room.goes_on("Show the room", "revealed")
    room.everywhere(LINES[0])
    room.nowhere("0170")
    room.nowhere(LINES[2])


def moderate(room: Room) -> None:
    """What waits stands under a handle; one line is left off, what is unmarked goes, what is marked stays behind."""
    desk = room.console.desk
    last = desk.locator(".said").filter(has_text=LINES[2])
    expect(last.get_by_text(LINES[2]).first).to_be_hidden()
    last.get_by_role("button", name="Leave off").click()
    expect(last.get_by_text("left off")).to_be_visible()
    room.console.press("Show all unmarked")
    expect(desk.locator(".said").filter(has_text=LINES[0]).get_by_text("will be shown")).to_be_visible()
    expect(desk.locator(".said[data-marked]").get_by_text("waits", exact=True)).to_be_visible()
    room.found += barriers(room.console.page)
    room.nowhere(LINES[0])


def practise(room: Room) -> None:
    """After the warm-up, three cards to choose from; with one, a role."""
    ana = room.phones[0]
    expect(ana.stage.locator("details.role")).to_have_count(0)
    room.goes_on("Next stage", "reading")
    cards = ana.stage.locator("details[data-card]:visible")
    expect(cards).to_have_count(3)
    card = cards.first
    card.locator("summary").first.click()
    card = ana.stage.locator("details[data-card][open]")
    card.locator("details.role summary").first.click()
    expect(card.get_by_text("Your role").first).to_be_visible()
    room.found += barriers(room.phones[0].page)
    while room.console.primary.inner_text().startswith("Next stage"):
        before = room.console.desk.get_attribute("data-v")
        room.console.primary.click()
        expect(room.console.desk).not_to_have_attribute("data-v", before or "")


def end(room: Room) -> None:
    """It is asked for twice; then every phone is out, with nothing left on it."""
    room.console.offers("End the session")
    room.console.space()
    room.console.press("Yes, end it")
    room.console.is_at("ended")
    expect(room.wall.get_by_role("heading", name="The session is over. Thank you.")).to_be_visible()
    for phone in room.phones:
        expect(phone.page.get_by_role("heading", name="The session is over. Thank you.")).to_be_visible()
        expect(phone.page.locator("body.door")).to_be_attached()  # the page after the end, which takes the cookies
        assert phone.page.context.cookies() == []
    for page in (room.wall, room.console.page, room.phones[0].page):
        room.found += barriers(page)
    room.phones[0].follow("Leave")
    expect(room.phones[0].page).to_have_title("Notes")
    room.found += barriers(room.phones[0].page)


def take_home(room: Room) -> None:
    page = room.console.page
    page.get_by_role("link", name="Headcount and results").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    room.found += barriers(page)
    expect(page.get_by_text(LINES[0])).to_be_visible()
    for never in (LINES[2], "0170"):
        expect(page.get_by_text(never)).to_have_count(0)
    expect(page.locator(".bar-line").filter(has_text="By bike")).to_contain_text("3")
    page.goto(page.url.split("?")[0] + "/summary")
    room.found += barriers(page)
