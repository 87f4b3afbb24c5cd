"""Partners by chance, as phones and their facilitator live through it; what is a phone's own reaches no other."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from sessions import pairing
from sessions.limits import limits
from sessions.partners import partners
from sessions.presence import HEARD_SECONDS, presence
from tests.actors import Cast, Facilitator, Phone
from tests.browsers import FRAGMENT
from tests.raw_socket import RawSocket
from tests.serving import Server

QUIET = "Their phone has gone quiet"


@pytest.fixture
def talk(ada: Facilitator, room: str) -> Facilitator:
    """Ada at a role-play in which partners come by chance, before she has dealt."""
    limits.open()
    ada.opens(workshop=room).shows("talk")
    ada.presses("act", action="matched")
    return ada


def deals(ada: Facilitator) -> None:
    """As the space bar does."""
    verb, label, fields = ada.primary()
    assert label == "Deal partners"
    ada.presses(verb, **fields)


def herds(phones: Sequence[Phone]) -> list[int]:
    """How many phones show each name, the most first."""
    return sorted(Counter(phone.group for phone in phones).values(), reverse=True)


def partner_of(one: Phone, phones: Sequence[Phone]) -> Phone:
    (found,) = [phone for phone in phones if phone is not one and phone.group == one.group]
    return found


# ---------- dealing ----------


def test_everybody_who_is_there_gets_a_partner_by_the_next_press(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 6)
    assert {phone.group for phone in phones} == {""}
    deals(talk)
    assert herds(phones) == [2, 2, 2]
    for phone in phones:
        name = phone.group.split()
        assert f"Find {' '.join(name[:2])}." in phone.sees()
    assert talk.primary()[1] == "Next stage"


def test_of_two_one_begins_with_each_role_and_the_odd_one_watches(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 5)
    deals(talk)
    assert herds(phones) == [3, 2]
    said = [one for phone in phones for one in ("Asks", "Answers", "Watches") if f"role {one}" in phone.sees()]
    assert Counter(said) == {"Asks": 2, "Answers": 2, "Watches": 1}
    assert sum("There are three of you." in phone.sees() for phone in phones) == 3


def test_who_would_rather_not_is_not_dealt_and_can_join_after_all(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 5)
    mia = phones[0].wishes("alone")
    assert "Write for a minute." in mia.page().get("mine").text
    deals(talk)
    assert herds(phones[1:]) == [2, 2]
    assert mia.group == ""
    mia.wishes("in")
    assert herds(phones) == [3, 2]


def test_whoever_has_not_seen_the_consent_page_yet_and_whoever_watches_is_not_dealt(
    cast: Cast, talk: Facilitator
) -> None:
    phones = cast.phones(talk.join_url, 2)
    late = cast.phone().joins(talk.join_url)
    watcher = cast.phone().joins(talk.join_url).confirms("consent")
    assert watcher.browser.post("/w/ready", {"cover": "interruption", "as": "watch"}).status == 303
    deals(talk)
    assert herds(phones) == [2]
    assert (late.group, watcher.group) == ("", "")
    watcher.wishes("in")
    assert herds([*phones, watcher]) == [3]


def test_a_phone_that_passes_without_script_would_rather_be_alone(cast: Cast, talk: Facilitator) -> None:
    mia, _noor = cast.phones(talk.join_url, 2)
    assert mia.browser.post("/w/answer", {"pass": "1", "rev": "1"}).headers["location"] == "/w"
    assert "Write for a minute." in mia.sees()


def test_dealt_anew_nobody_meets_again(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 4)
    deals(talk)
    met = {frozenset((one.name, partner_of(one, phones).name)) for one in phones}
    for _ in range(2):
        talk.presses("act", action="deal")
        now = {frozenset((one.name, partner_of(one, phones).name)) for one in phones}
        assert not now & met
        met |= now
    assert len(met) == 6


def test_dealing_is_over_once_play_has_begun(cast: Cast, talk: Facilitator) -> None:
    cast.phones(talk.join_url, 2)
    deals(talk)
    talk.moves_on()
    for action in ("deal", "matched", "by_yourselves"):
        talk.refused("act", action=action)


def test_the_room_can_go_back_to_finding_each_other(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 2)
    deals(talk)
    talk.presses("act", action="by_yourselves")
    assert {phone.group for phone in phones} == {""}
    assert "Stay where you are if you like" in phones[0].sees()
    talk.presses("act", action="matched")
    assert {phone.group for phone in phones} == {""}, "a cookie brought an old group back"
    deals(talk)
    assert herds(phones) == [2]


# ---------- afterwards ----------


def test_a_latecomer_is_taken_in_at_once_and_those_they_join_are_told(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 2)
    deals(talk)
    talk.moves_on()
    late = cast.phone(talk.join_url, "Zoe")
    assert "Deal me a partner" in late.sees()
    late.wishes("in")
    assert herds([*phones, late]) == [3]
    assert all("There are three of you." in phone.sees() for phone in phones)
    later = cast.phone(talk.join_url, "Yan").wishes("in")
    assert herds([*phones, late, later]) == [2, 2]


def test_whoever_asks_for_another_gets_somebody_else_and_so_does_their_partner(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 6)
    deals(talk)
    mia = phones[0]
    noor = partner_of(mia, phones)
    mia.wishes("another")
    assert mia.group != noor.group
    assert set(herds(phones)) <= {2, 3}
    talk.presses("act", action="deal")
    assert mia.group != noor.group, "they were put together again"


def test_where_nobody_else_is_free_that_is_said(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 2)
    deals(talk)
    phones[0].wishes("another")
    assert all("Nobody is free just now." in phone.sees() for phone in phones)


def test_when_one_leaves_the_other_is_told_kindly_and_can_be_dealt_again(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 4)
    deals(talk)
    mia = phones[0]
    noor = partner_of(mia, phones)
    mia.leaves()
    assert "Your partner had to go." in noor.sees()
    noor.wishes("another")
    assert herds(phones[1:]) == [3]


def test_a_phone_out_of_reach_keeps_its_group_and_its_partner_hears_of_it(
    cast: Cast, talk: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = cast.phones(talk.join_url, 2)
    deals(talk)
    mia, noor = phones
    later = time.monotonic() + HEARD_SECONDS + 1
    monkeypatch.setattr(presence, "_clock", lambda: later)
    assert noor.group
    pairing.listen()
    assert QUIET in noor.sees()
    assert mia.group == noor.group
    pairing.listen()
    assert QUIET not in noor.sees()


def test_who_stays_where_they_are_has_a_partner_who_comes(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 4)
    mia, noor = phones[0].wishes("stay"), phones[1].wishes("stay")
    deals(talk)
    assert mia.group != noor.group
    for one in (mia, noor):
        assert "Stay where you are. Your partner comes to you." in one.sees()
        assert "please go to them" in partner_of(one, phones).sees()
    partner_of(mia, phones).wishes("stay")
    assert "You would both like to stay" in mia.sees()


def test_groups_are_forgotten_with_their_step_and_everything_with_the_session(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 4)
    deals(talk)
    talk.moves_on()
    assert partners.of(talk.live).deal is not None
    talk.presses("act", action="derole")
    assert partners.of(talk.live).deal is None
    assert {phone.group for phone in phones} == {""}
    assert partners.of(talk.live).met
    talk.ends()
    assert not partners.of(talk.live).met


def test_looking_back_at_an_earlier_step_loses_no_group(cast: Cast, talk: Facilitator) -> None:
    talk.shows("easy")
    talk.closes(now=True)
    talk.shows("talk")
    phones = cast.phones(talk.join_url, 4)
    deals(talk)
    before = [phone.group for phone in phones]
    talk.goes_back()
    assert talk.step == "easy"
    assert {phone.group for phone in phones} == {""}
    talk.shows("talk")
    assert [phone.group for phone in phones] == before
    assert talk.primary()[1] == "Next stage"


@pytest.mark.parametrize("what", ["", "dance", "in\x00", "IN"])
def test_an_unknown_wish_changes_nothing(cast: Cast, talk: Facilitator, what: str) -> None:
    phones = cast.phones(talk.join_url, 2)
    deals(talk)
    before = [phone.group for phone in phones]
    assert phones[0].browser.post("/w/partner", {"do": what}).status == 303
    assert [phone.group for phone in phones] == before


def test_where_nobody_is_dealt_a_wish_changes_nothing(cast: Cast, ada: Facilitator, room: str) -> None:
    limits.open()
    ada.opens(workshop=room).shows("talk")
    mia = cast.phone(ada.join_url)
    before = mia.page().get("main").text
    for what in pairing.WISHES:
        mia.wishes(what)
    assert mia.page().get("main").text == before
    assert partners.of(ada.live).deal is None
    assert "g" not in mia.browser.cookies


def test_somebody_who_cannot_stop_is_slowed_down(cast: Cast, talk: Facilitator) -> None:
    mia = cast.phone(talk.join_url)
    answers = [mia.browser.post("/w/partner", {"do": "another"}, **FRAGMENT) for _ in range(8)]
    assert [answer.status for answer in answers] == [200] * 6 + [429] * 2
    assert answers[-1].code == "slow_down"
    assert answers[-1].page.get("mine")


# ---------- what a phone keeps ----------


def test_a_phone_keeps_its_group_sealed_and_all_phones_keep_as_much(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 5)
    phones[0].wishes("alone")
    phones[1].wishes("stay")
    for _turn in range(2):
        assert len({len(phone.browser.cookies["g"]) for phone in phones if phone.page()}) == 1
        assert len({phone.browser.cookies["g"] for phone in phones}) == 5
        talk.presses("act", action="deal") if talk.primary()[1] != "Deal partners" else deals(talk)
    answer = phones[0].leaves()
    assert any(line.startswith("g=;") for line in answer.cookies)


def test_groups_outlive_a_server_that_forgets_them(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 7)
    deals(talk)
    phones[0].wishes("alone")
    before = [phone.group for phone in phones]
    partners.open()
    assert [phone.group for phone in phones] == before
    late = cast.phone(talk.join_url, "Zoe").wishes("in")
    assert set(herds([phone for phone in [*phones, late] if phone.group])) <= {2, 3}
    assert "Write for a minute." in phones[0].sees()


def test_somebody_elses_cookie_is_worth_nothing(cast: Cast, talk: Facilitator) -> None:
    phones = cast.phones(talk.join_url, 4)
    deals(talk)
    mia = phones[0]
    noor = next(phone for phone in phones if phone.group != mia.group)
    stolen, own = noor.browser.cookies["g"], mia.group
    for cookie in (stolen, stolen[:-1], "x", "A" * len(stolen), "ü"):
        mia.browser.cookies["g"] = cookie
        partners.over(talk.live)
        assert mia.group == ""
    assert own


def test_a_phone_that_asks_is_told_what_is_new_and_otherwise_nothing(cast: Cast, talk: Facilitator) -> None:
    mia, noor = cast.phones(talk.join_url, 2)
    deals(talk)
    v = talk.desk["version"]
    assert mia.browser.get(f"/w/mine?v={v}").status == 200
    assert mia.browser.get(f"/w/mine?v={v}").status == 304
    noor.wishes("another")
    answer = mia.browser.get(f"/w/mine?v={v}")
    assert answer.status == 200
    assert "Nobody is free just now." in answer.text


def test_nothing_of_groups_is_stored_or_logged(cast: Cast, talk: Facilitator, caplog: pytest.LogCaptureFixture) -> None:
    phones = cast.phones(talk.join_url, 4)
    deals(talk)
    phones[0].wishes("another")
    names = {" ".join(phone.group.split()[:2]) for phone in phones}
    app = phones[0].browser.app  # type: ignore[attr-defined]
    folder = app.extensions["attune"].data
    with sqlite3.connect(folder / "attune.db") as database:
        rows = "SELECT path FROM live_steps WHERE live_id = ? AND step_id = 'talk'"
        assert database.execute(rows, (talk.live,)).fetchall() == [('{"partners": "matched", "dealt": 1}',)]
    stored = b"".join(path.read_bytes() for path in _files(folder))
    assert not [name for name in names if name.encode() in stored]
    assert not [name for name in names if name in caplog.text]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


# ---------- over the socket ----------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("pairs"), {}).start()
    yield server
    server.stop()
    assert "Traceback" not in server.said()


def connects(server: Server, phone: Phone) -> RawSocket:
    cookie = "; ".join(f"{name}={value}" for name, value in phone.browser.cookies.items())
    socket = RawSocket(server.url, headers={"Cookie": cookie})
    socket.join("/phone", {})
    return socket


def hears(socket: RawSocket, wanted: Callable[[str], bool]) -> list[str]:
    """All regions of its own that a phone is sent, until one is wanted."""
    own: list[str] = []
    while not (own and wanted(own[-1])):
        name, data = socket.event()
        assert name == "swap"
        if data["target"] == "mine":
            own.append(data["html"])
    return own


@pytest.fixture(scope="module")
def far(served: Server) -> Cast:
    return Cast.at(served)


def opens(far: Cast) -> Facilitator:
    ada = far.facilitator("Ada").opens()
    ada.shows("s10_listening")
    ada.presses("act", action="matched")
    return ada


def test_each_phone_is_sent_its_own_group_and_nobody_elses(served: Server, far: Cast) -> None:
    ada = opens(far)
    phones = far.phones(ada.join_url, 6)
    sockets = [connects(served, phone) for phone in phones]
    deals(ada)
    told = [hears(socket, lambda html: "herd" in html) for socket in sockets]
    for phone, regions in zip(phones, told, strict=True):
        name = phone.group.split()
        assert sum("herd" in html for html in regions) == 1, "told more than once"
        assert f"{name[0]} <span" in regions[-1]
        assert f'data-group="{name[1]}"' in regions[-1]
    ada.moves_on()
    rest = _rest(sockets[0])
    assert not [data for data in rest if data["target"] == "mine"], "another phone's region came as well"
    for socket in sockets:
        socket.socket.close()


def _rest(socket: RawSocket) -> list[dict[str, str]]:
    """Whatever else comes, the next stage included."""
    found = []
    while not found or "First person talks" not in found[-1]["html"]:
        found.append(socket.event()[1])
    return found


def test_a_phone_that_connects_again_is_told_its_group_even_after_a_restart(served: Server, far: Cast) -> None:
    ada = opens(far)
    phones = far.phones(ada.join_url, 2)
    deals(ada)
    (name,) = {phone.group for phone in phones}
    served.kill()
    served.start()
    for phone in phones:
        with connects(served, phone) as socket:
            (html,) = hears(socket, lambda html: True)
            assert f"{name.split()[0]} <span" in html
    assert {phone.group for phone in phones} == {name}
